"""The result of a gate in words: for a person, a pull request, and the reports that CI systems read."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from xml.etree import ElementTree

from boilerbench.judgement import Check, GatedExtractor, GateResult
from boilerbench.reports.comparison_text import regression
from boilerbench.reports.formatting import counted, points, signed_points

MOST_DOCUMENTS = 10
"""The number of fallen documents that are shown; JSON has all."""

_XML_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def check_line(check: Check, gated: GatedExtractor) -> str:
    """Say what a check of an extractor found and what is allowed."""
    lines: dict[str, Callable[[], str]] = {
        "documents": lambda: _documents_line(check, gated),
        "failures": lambda: _failures_line(check, gated),
        "speed": lambda: _speed_line(check, gated),
    }
    if check.name in lines:
        return lines[check.name]()
    comparison = next(comparison for comparison in gated.comparisons if comparison.figure == check.name)
    return regression(comparison, check.limit)


def not_gated_lines(result: GateResult) -> list[str]:
    """Return a line for each extractor that was not compared."""
    return [f"not gated: {name} ({reason})" for name, reason in result.not_gated.items()]


def markdown(result: GateResult, documents: Sequence[str]) -> str:
    """Write a gate's result for a comment on a pull request; ids are as short as ``documents`` allows."""
    from boilerbench.reports.ids import short_id

    lines = [f"### boilerbench gate: {'passed' if result.passed else 'failed'}", ""]
    lines += [f"{_cell(result.corpus)}, `{_code(result.measure)}`, {result.average}", ""]
    lines += ["| extractor | check | result |  |", "| --- | --- | --- | --- |"]
    for gated in result.extractors:
        for check in gated.checks:
            mark = "ok" if check.passed else "**FAIL**"
            lines.append(
                f"| {_cell(gated.extractor)} | {check.name} | {_cell(check_line(check, gated))} | {mark} |"
            )
    for gated in result.extractors:
        if gated.fallen:
            lines += ["", f"Documents that fell, {_cell(gated.extractor)}:", ""]
            lines += ["| document | was | is | F1 |", "| --- | ---: | ---: | ---: |"]
            for fall in gated.fallen[:MOST_DOCUMENTS]:
                cells = (points(fall.second), points(fall.first), signed_points(fall.difference))
                lines.append(f"| {_cell(short_id(fall.document, documents))} | {' | '.join(cells)} |")
            lines += _more(gated)
    notes = [*result.remarks, *not_gated_lines(result)]
    lines += ["", *(f"- {_cell(line)}" for line in notes)] if notes else []
    return "\n".join(lines) + "\n"


def github(result: GateResult) -> str:
    """Write workflow commands, which GitHub Actions shows as annotations.

    Source: GitHub Docs, Workflow commands for GitHub Actions.
    """
    lines = []
    for gated in result.extractors:
        for check in gated.checks:
            kind = "notice" if check.passed else "error"
            title = _property(f"boilerbench gate: {gated.extractor}, {check.name}")
            lines.append(f"::{kind} title={title}::{_data(check_line(check, gated))}")
    lines += [
        f"::warning title=boilerbench gate::{_data(line)}"
        for line in (*result.remarks, *not_gated_lines(result))
    ]
    return "\n".join(lines) + "\n"


def junit(result: GateResult) -> str:
    """Write a JUnit XML report: a test suite per extractor, a test case per check."""
    root = ElementTree.Element("testsuites", name="boilerbench gate")
    failures = 0
    for gated in result.extractors:
        failed = sum(not check.passed for check in gated.checks)
        failures += failed
        suite = ElementTree.SubElement(
            root,
            "testsuite",
            name=_xml(gated.extractor),
            tests=str(len(gated.checks)),
            failures=str(failed),
        )
        for check in gated.checks:
            case = ElementTree.SubElement(
                suite, "testcase", classname=_xml(f"{result.corpus}.{gated.extractor}"), name=check.name
            )
            line = _xml(check_line(check, gated))
            if check.passed:
                ElementTree.SubElement(case, "system-out").text = line
            else:
                fallen = [f"{fall.document} {signed_points(fall.difference)}" for fall in gated.fallen]
                failure = ElementTree.SubElement(case, "failure", message=line)
                failure.text = _xml("\n".join([line, *fallen]))
    for name, reason in result.not_gated.items():
        suite = ElementTree.SubElement(root, "testsuite", name=_xml(name), tests="1", skipped="1")
        case = ElementTree.SubElement(suite, "testcase", classname=_xml(f"{result.corpus}.{name}"), name="f1")
        ElementTree.SubElement(case, "skipped", message=_xml(reason))
    tests = sum(len(gated.checks) for gated in result.extractors) + len(result.not_gated)
    root.set("tests", str(tests))
    root.set("failures", str(failures))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _documents_line(check: Check, gated: GatedExtractor) -> str:
    beyond = [fall for fall in gated.fallen if -100 * fall.difference > check.limit]
    if not beyond:
        return f"no document fell by more than {check.limit:g} points of F1"
    worst = f"{beyond[0].document} by {signed_points(beyond[0].difference)}"
    return f"{counted(len(beyond), 'document')} fell by more than {check.limit:g} points of F1, most {worst}"


def _failures_line(check: Check, gated: GatedExtractor) -> str:
    line = f"{counted(len(gated.new_failures), 'new failure')} (allowed {check.limit:g})"
    if not gated.new_failures:
        return line
    first = gated.new_failures[0]
    reason = f", {first.error}" if first.error else ""
    return f"{line}, as {first.document}: {first.status}{reason}"


def _speed_line(check: Check, gated: GatedExtractor) -> str:
    if math.isnan(gated.ms):
        return "no page was timed in both runs"
    times = f"{gated.ms / gated.baseline_ms:.2f} times as long" if gated.baseline_ms else "took no time"
    return (
        f"the median page takes {gated.ms:.1f} ms, took {gated.baseline_ms:.1f} ms: {times} "
        f"(allowed {check.limit:g})"
    )


def _more(gated: GatedExtractor) -> list[str]:
    more = len(gated.fallen) - MOST_DOCUMENTS
    return ["", f"And {more:,} more."] if more > 0 else []


def _cell(text: str) -> str:
    """A text as inert Markdown on one line: ids and messages come from pages and tools."""
    escaped = re.sub(r"([\\`*_{}\[\]<>#|~&!@])", r"\\\1", _CONTROL.sub(" ", text))
    return escaped.replace("://", ":\\//")


def _code(text: str) -> str:
    return _CONTROL.sub(" ", text).replace("`", "'").replace("|", "\\|")


def _data(text: str) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return _CONTROL.sub(" ", escaped)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _xml(text: str) -> str:
    return _XML_FORBIDDEN.sub("\ufffd", text)

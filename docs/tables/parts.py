"""Extractors, measures, corpora, plug-in groups and the public API, read from their registries."""

from __future__ import annotations

import ast
import importlib.metadata
import inspect
import re
import textwrap
from pathlib import Path
from typing import Any

import boilerbench
from boilerbench.corpora import FORMATS, corpus_format
from boilerbench.corpora.audit import Kind
from boilerbench.corpora.catalog import all_sources
from boilerbench.extractors import ADAPTERS, GROUPS, Adapter, open_extractor
from boilerbench.extractors.spec import ENVIRONMENT_OPTIONS
from boilerbench.measures import MEASURES, make_measure
from boilerbench.measures.edge_cases import CASE, edge_case_table, judges_whole_texts
from boilerbench.registry import Registry
from boilerbench.stats import AVERAGES
from tables.markdown import code, described, first_line, table

_PACKAGE = Path(boilerbench.__file__).parent
_GROUPS = {
    "default": "the tools that are installed in boilerbench's own environment, without variants; so is a run "
    "without `-e`",
    "python": "the light tools written for Python",
    "node": "the light tools written for Node",
    "all": "all light tools: each is made on demand in seconds",
    "heavy": "tools that take hundreds of megabytes",
    "cli": "programs of the operating system, at the version of Debian's package; never installed on demand",
}
_ENVIRONMENT_OPTIONS = {
    "as_of": "resolve the tool's dependencies as of this date, as `2025-01-01`; without, as of the release "
    "of the version",
    "python": "use this Python, as `3.12`, which must be installed",
}
_ADAPTER_CONSTANTS = {
    "PACKAGE": "the distribution whose version is printed beside every figure",
    "LICENCE": "the tool's licence (SPDX)",
    "HOME": "the tool's home page",
    "TAKES": '`"text"` for the decoded page, `"bytes"` for the page as it was served',
    "NEEDS": "other distributions that the tool wants beside it (Node: exact versions); may be left out",
    "OPTIONS": "of a Node adapter: its options by name, each with the values that it takes",
    "CAUTION": "a default of the tool that is known not to fit some corpora, in words that follow its name; "
    "shown below its tables; may be left out",
    "CAUTION_UNLESS": "the options of the tool that lift the caution; may be left out",
    "CAUTION_LANGUAGES": "the languages of documents that the caution is about, where it is about some; may "
    "be left out",
    "GIVEN": "parameters of the tool's function that are no options of a spec, since no text can give them",
    "PROGRAM": "the program of a tool that the operating system installs, as Debian's package `PACKAGE`; the "
    "tool is then in the group `cli`",
    "GROUP": '`"heavy"` for a tool that is large to install; may be left out',
    "VARIANT_OF": "the tool whose settings in another project these are; it is not in the group `default`",
    "STATUS": '`"abandoned"` where nobody has released or repaired the tool for years; may be left out',
    "PYTHON": "the Python that the tool wants, where it is another than boilerbench's; may be left out",
}
_AVERAGES = {
    "mean": "the mean of precision, of recall and of F1 over documents",
    "zyte": "precision over documents with an output, recall over documents with gold, F1 of these two means "
    "(article-extraction-benchmark)",
    "micro": "all counts of all documents together, with accuracy and specificity (trafilatura)",
    "wcxb": "as WCXB's `evaluate.py` averages its with and without rates, by document",
    "macro": "the mean over sources (the data sets of WCEB, the publishers of Fundus) of the means over "
    "their documents; for any measure, on request",
    "wer": "the mean over documents, with 1 − the mean word error rate as accuracy (Fundus)",
    "present": "the mean over those documents where gold or the output has what is compared, such as code "
    "(WebMainBench)",
}


def extractors() -> str:
    """Every tool that has an adapter."""
    rows = []
    included = _included()
    for adapter in _adapters():
        facts = adapter.facts
        where = "yes" if facts["PACKAGE"].lower().replace("_", "-") in included else ""
        rows.append(
            (
                f"[`{adapter.name}`]({facts['HOME']})" if facts["HOME"] else code(adapter.name),
                str(facts["SUMMARY"]),
                adapter.language,
                where,
                facts["TAKES"],
                facts["LICENCE"],
            )
        )
    return table(("extractor", "returns", "language", "installed", "gets", "licence"), rows)


def groups() -> str:
    """The names that stand for several extractors."""
    rows = [(code(name), why) for name, why in described(GROUPS, _GROUPS, "groups of extractors")]
    return table(("group", "stands for"), rows)


def environment_options() -> str:
    """The options of a spec that are about its environment."""
    rows = described(ENVIRONMENT_OPTIONS, _ENVIRONMENT_OPTIONS, "options of environments")
    return table(("option", "does"), [(code(name), why) for name, why in rows])


def adapter_constants() -> str:
    """The constants of an adapter."""
    used = {
        name
        for adapter in _adapters()
        for name in adapter.facts
        if name != "SUMMARY" and not name.startswith("_")
    }
    known = [name for name in _ADAPTER_CONSTANTS if name in used] + sorted(used - _ADAPTER_CONSTANTS.keys())
    rows = described(known, _ADAPTER_CONSTANTS, "constants of adapters")
    return table(("constant", "says"), [(code(name), why) for name, why in rows])


def measures() -> str:
    """Every measure with its signatures, averages and source."""
    rows = []
    for name in _built_in(MEASURES):
        made = [make_measure(name, tokenizer) for tokenizer in ("plain", "icu")]
        signatures = dict.fromkeys(code(_without_version(measure.signature)) for measure in made)
        first = made[0]
        averages = ", ".join(code(average) for average in first.averages)
        rows.append((code(name), first.summary, averages, ", ".join(signatures), first.source))
    return table(("measure", "counts", "averages", "signature", "source"), rows)


def averages() -> str:
    """The ways in which scores are averaged over documents."""
    rows = described(AVERAGES, _AVERAGES, "averages")
    rows.append(("median", "the median over documents, without a verdict; for any measure, on request"))
    return table(("average", "is"), [(code(name), why) for name, why in rows])


def edge_cases() -> str:
    """Precision and recall of every measure of texts in the cases that must be decided."""
    rows = edge_case_table(
        [name for name in _built_in(MEASURES) if judges_whole_texts(make_measure(name, "plain"))]
    )
    columns = [code(name) if name != CASE else name for name in rows[0]]
    return table(columns, [list(row.values()) for row in rows])


def formats() -> str:
    """Every layout that can be read."""
    rows = []
    for name in _built_in(FORMATS):
        kind = corpus_format(name)
        natives = ", ".join(code(measure) for measure in kind.native_measures)
        rows.append((code(name), kind.summary, natives, kind.tokenizer, kind.licence))
    return table(("format", "documents", "own measures", "tokenizer", "licence"), rows)


def layouts() -> str:
    """What a corpus in each layout looks like, what its gold includes, and what is odd about it."""
    parts = []
    for name in _built_in(FORMATS):
        kind = corpus_format(name)
        facts = [
            ("Layout", kind.layout),
            ("Gold", kind.includes),
            *(("Odd", trouble) for trouble in kind.troubles),
            ("Cite", kind.citation),
        ]
        parts.append("\n".join([f"**{name}**\n", *(_item(f"{what}: {text}") for what, text in facts)]))
    return "\n\n".join(parts)


def to_fetch() -> str:
    """Every corpus that can be fetched by its name."""
    rows = []
    for source in all_sources().values():
        for name, part in zip(source.names, source.parts, strict=True):
            number = "" if part.documents is None else f"{part.documents:,}"
            size = "" if source.bytes is None else f"{source.bytes / 1e6:,.0f} MB"
            rows.append((code(name), number, size, source.licence, source.citation))
    return table(("name", "documents", "download", "licence", "cite"), rows)


def audit_findings() -> str:
    """What ``boilerbench corpora check`` looks for."""
    return "\n".join(f"- {kind}" for kind in Kind)


def entry_points() -> str:
    """The entry point groups that plug-ins register in."""
    registries: tuple[tuple[Registry[Any], str], ...] = (
        (ADAPTERS, "the adapter's module, as `my_package.adapter`, or file, as `node:my_package.adapter`"),
        (MEASURES, "a function that makes the measure, as `my_package.measures:measure`"),
        (FORMATS, "a subclass of `Corpus`, as `my_package.corpora:MyCorpus`"),
    )
    rows = [
        (code(registry.group), f"{'an' if registry.kind[0] in 'aeiou' else 'a'} {registry.kind}", target)
        for registry, target in registries
    ]
    return table(("entry point group", "adds", "its value names"), rows)


def public_api() -> str:
    """What ``import boilerbench`` gives."""
    rows = []
    for name in sorted(boilerbench.__all__, key=str.lower):
        value = getattr(boilerbench, name)
        what = first_line(value) if callable(value) else "The version of boilerbench"
        rows.append((code(f"{name}()" if inspect.isfunction(value) else name), what))
    return table(("name", "is"), rows)


def modules() -> str:
    """The modules and packages of boilerbench, by the first line of their docstrings."""
    rows = []
    for item in sorted(_PACKAGE.iterdir(), key=lambda path: (path.is_file(), path.name)):
        source = item / "__init__.py" if item.is_dir() else item
        if source.suffix == ".py" and source.is_file() and not item.name.startswith("__"):
            documented = ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""
            summary = documented.split("\n\n")[0]
            rows.append((code(item.name + "/" * item.is_dir()), summary.rstrip(".").replace("``", "`")))
    return table(("`harness/boilerbench/`", "holds"), rows)


def _adapters() -> list[Adapter]:
    opened = [open_extractor(name) for name in _built_in(ADAPTERS)]
    return [extractor for extractor in opened if isinstance(extractor, Adapter)]


def _built_in(registry: Registry[Any]) -> list[str]:
    """The names that boilerbench itself registers, whatever plug-ins are installed here."""
    return [name for name in registry if not registry.origin(name)]


def _included() -> set[str]:
    """The distributions that are installed with boilerbench, whatever else this environment has."""
    required = importlib.metadata.requires("boilerbench") or []
    named = [re.match(r"[\w.-]+", each) for each in required if "extra ==" not in each]
    return {match[0].lower().replace("_", "-") for match in named if match}


def _without_version(signature: str) -> str:
    """A signature without the versions of ICU and NLTK, which are those of the machine."""
    return re.sub(r"(icu|nltk)-[\d.]+", r"\1-…", signature)


def _item(text: str) -> str:
    """An item of a list, in lines that are not too long."""
    return textwrap.fill(
        text, 116, initial_indent="- ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )

"""What CI systems read, where names and messages are hostile."""

from __future__ import annotations

import math
from xml.etree import ElementTree

from boilerbench.judgement import Check, GatedExtractor, GateLimits, GateResult, NewFailure
from boilerbench.reports.gate_text import github, junit, markdown
from boilerbench.stats import DocumentDifference
from tests.reports.test_comparison_text import BETTER

HOSTILE = "a|b<script>\n::error::x ]]> \x1b[31m @all [l](javascript:x) 100%"


def result() -> GateResult:
    gated = GatedExtractor(
        HOSTILE,
        HOSTILE,
        (BETTER,),
        (Check("f1", 0, True), Check("failures", 0, False)),
        (DocumentDifference(HOSTILE, 0.1, 0.2, -0.1),),
        (NewFailure(HOSTILE, "error", HOSTILE),),
        math.nan,
        math.nan,
    )
    return GateResult(HOSTILE, "words|v1", "mean", 0, GateLimits(), (HOSTILE,), (gated,), {HOSTILE: HOSTILE})


def test_no_name_breaks_out_of_an_annotation() -> None:
    lines = github(result()).splitlines()
    # Two checks, a remark, an extractor that was not gated.
    assert len(lines) == 4
    assert all(line.startswith(("::error title=", "::notice title=", "::warning title=")) for line in lines)
    assert "\x1b" not in github(result())


def test_no_name_breaks_xml() -> None:
    root = ElementTree.fromstring(junit(result()))
    assert root.get("failures") == "1"
    assert "\x1b" not in junit(result())


def test_no_name_breaks_a_table_or_becomes_markup() -> None:
    text = markdown(result(), [HOSTILE])
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert all(line.replace("\\|", "").count("|") == 5 for line in rows)
    assert "<script>" not in text
    assert "[l](" not in text
    assert "@all" not in text.replace("\\@", "")
    assert "\x1b" not in text

"""Verdicts in one sentence."""

from __future__ import annotations

import dataclasses
import math

from boilerbench.reports.comparison_text import detectable, regression, verdict
from boilerbench.stats import Comparison, Verdict

BETTER = Comparison(
    first="trafilatura 2.3.1",
    second="readability-lxml 0.9",
    figure="f1",
    documents=181,
    sites=126,
    first_figure=0.931,
    second_figure=0.9,
    difference=0.031,
    low=0.012,
    high=0.05,
    p=0.002,
    wins=100,
    ties=20,
    losses=61,
    detectable=0.028,
    verdict=Verdict.FIRST,
)


def test_the_better_one_is_named_first() -> None:
    sentence = (
        "trafilatura 2.3.1 is better than readability-lxml 0.9 by 3.1 points of F1 "
        "(95 % interval 1.2 to 5.0; p = 0.002) on 181 documents (126 sites) of aeb."
    )
    assert verdict(BETTER, "aeb") == sentence
    turned = dataclasses.replace(
        BETTER,
        first=BETTER.second,
        second=BETTER.first,
        difference=-0.031,
        low=-0.05,
        high=-0.012,
        verdict=Verdict.SECOND,
    )
    assert verdict(turned, "aeb") == sentence


def test_what_cannot_be_told_is_said() -> None:
    close = dataclasses.replace(
        BETTER, difference=0.004, low=-0.01, high=0.018, p=0.55, sites=181, verdict=Verdict.EQUAL
    )
    assert verdict(close, "aeb") == (
        "trafilatura 2.3.1 and readability-lxml 0.9 cannot be told apart: trafilatura 2.3.1 is 0.4 points of "
        "F1 ahead (95 % interval −1.0 to 1.8; p = 0.55) on 181 documents of aeb."
    )
    same = dataclasses.replace(close, difference=0.0001)
    assert "the same F1 to a tenth of a point" in verdict(same, "aeb")


def test_too_few_and_undecided_are_verdicts() -> None:
    few = dataclasses.replace(BETTER, documents=1, sites=1, verdict=Verdict.TOO_FEW)
    assert verdict(few, "aeb") == (
        "Too few to tell trafilatura 2.3.1 and readability-lxml 0.9 apart: trafilatura 2.3.1 is 3.1 points "
        "of F1 ahead on 1 document of aeb."
    )
    edge = dataclasses.replace(BETTER, p=0.05, verdict=Verdict.UNDECIDED)
    assert verdict(edge, "aeb").startswith("Undecided between trafilatura 2.3.1 and readability-lxml 0.9")


def test_a_regression_shows_interval_p_and_the_allowed_drop() -> None:
    fallen = dataclasses.replace(BETTER, difference=-0.031, low=-0.05, high=-0.012, verdict=Verdict.SECOND)
    assert regression(fallen, 0.5) == (
        "F1 93.1, was 90.0: −3.1 points, worse (95 % interval −5.0 to −1.2; p = 0.002; allowed drop 0.5) "
        "on 181 documents (126 sites)"
    )
    few = dataclasses.replace(fallen, documents=1, sites=1, verdict=Verdict.TOO_FEW)
    assert regression(few, 0) == (
        "F1 93.1, was 90.0: −3.1 points on 1 document, too few to tell (allowed drop 0)"
    )


def test_the_difference_that_a_corpus_shows() -> None:
    assert detectable(0.029, 181, 126) == (
        "Differences of 2.9 points of F1 and more are found with 80 % power."
    )
    assert detectable(math.nan, 3, 3).startswith("Too few to tell: 3 documents")

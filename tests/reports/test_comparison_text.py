"""Verdicts in one sentence."""

from __future__ import annotations

import dataclasses

from boilerbench.reports.comparison_text import regression, verdict
from boilerbench.stats import Comparison

LABELS = {"a": "trafilatura 2.3.1", "b": "readability-lxml 0.9"}
BETTER = Comparison(
    *("a", "b", 181, 0.931, 0.9, 0.031, 0.012, 0.05, 0.002),
    wins=100,
    ties=20,
    losses=61,
)


def test_the_better_one_is_named_first() -> None:
    sentence = (
        "trafilatura 2.3.1 is better than readability-lxml 0.9 by 3.1 points of F1 "
        "(95 % interval 1.2 to 5.0; p = 0.002) on 181 documents of aeb."
    )
    assert verdict(BETTER, LABELS, "aeb") == sentence
    turned = dataclasses.replace(
        BETTER, first="b", second="a", difference=-0.031, low=-0.05, high=-0.012, wins=61, losses=100
    )
    assert verdict(turned, LABELS, "aeb") == sentence


def test_what_cannot_be_told_is_said() -> None:
    close = dataclasses.replace(BETTER, difference=0.004, low=-0.01, high=0.018, p=0.55, documents=1)
    assert verdict(close, LABELS, "aeb") == (
        "trafilatura 2.3.1 and readability-lxml 0.9 cannot be told apart: trafilatura 2.3.1 is 0.4 points of "
        "F1 ahead (95 % interval −1.0 to 1.8; p = 0.55) on 1 document of aeb."
    )
    same = dataclasses.replace(close, difference=0.0001)
    assert "the same F1 to a tenth of a point" in verdict(same, LABELS, "aeb")


def test_p_below_5_percent_and_an_interval_over_zero_decide_nothing() -> None:
    assert not dataclasses.replace(BETTER, low=-0.001).decided
    assert not dataclasses.replace(BETTER, p=0.05).decided
    assert BETTER.decided


def test_a_regression_shows_interval_and_margin() -> None:
    fallen = dataclasses.replace(BETTER, difference=-0.031, low=-0.05, high=-0.012)
    assert regression(fallen, LABELS, 0.5) == (
        "trafilatura 2.3.1: F1 93.1, was 90.0: −3.1 points (95 % interval −5.0 to −1.2; margin 0.5) "
        "on 181 documents"
    )

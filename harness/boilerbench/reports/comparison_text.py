"""Comparisons in words: the verdict, a drop, and what a corpus can show."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from boilerbench.reports.formatting import counted, difference_interval, p_value, points, signed_points
from boilerbench.stats import Comparison, Verdict
from boilerbench.stats.significance import FEWEST_UNITS

if TYPE_CHECKING:
    import pandas as pd

FIGURE_NAMES = {"f1": "F1", "precision": "precision", "recall": "recall"}


def verdict(comparison: Comparison, corpus: str) -> str:
    """Say who is better and by how much, or that it cannot be told; the one that is ahead comes first."""
    ahead, low, high = comparison.difference, comparison.low, comparison.high
    first, second = comparison.first, comparison.second
    if ahead < 0:
        ahead, low, high = -ahead, -high, -low
        first, second = second, first
    chance = f"95 % interval {difference_interval(low, high)}; {p_value(comparison.p)}"
    basis = f"on {extent(comparison.documents, comparison.sites)} of {corpus}"
    figure = FIGURE_NAMES[comparison.figure]
    if comparison.decided:
        return f"{first} is better than {second} by {points(ahead)} points of {figure} ({chance}) {basis}."
    if points(ahead) == "0.0":
        lead = f"the same {figure} to a tenth of a point"
    else:
        lead = f"{first} is {points(ahead)} points of {figure} ahead"
    if comparison.verdict is Verdict.TOO_FEW:
        return f"Too few to tell {first} and {second} apart: {lead} {basis}."
    if comparison.verdict is Verdict.UNDECIDED:
        return f"Undecided between {first} and {second}, at the edge of chance: {lead} ({chance}) {basis}."
    return f"{first} and {second} cannot be told apart: {lead} ({chance}) {basis}."


def regression(comparison: Comparison, most: float) -> str:
    """Say how an extractor (first) stands against its baseline (second), with the allowed drop in points."""
    figure = FIGURE_NAMES[comparison.figure]
    change = (
        f"{figure} {points(comparison.first_figure)}, was {points(comparison.second_figure)}: "
        f"{signed_points(comparison.difference)} points"
    )
    extents = extent(comparison.documents, comparison.sites)
    if comparison.verdict is Verdict.TOO_FEW:
        return f"{change} on {extents}, too few to tell (allowed drop {most:g})"
    word = {Verdict.FIRST: "better", Verdict.SECOND: "worse", Verdict.UNDECIDED: "undecided"}.get(
        comparison.verdict, "within chance"
    )
    chance = f"95 % interval {difference_interval(comparison.low, comparison.high)}"
    return f"{change}, {word} ({chance}; {p_value(comparison.p)}; allowed drop {most:g}) on {extents}"


def extent(documents: int, sites: int) -> str:
    """Write ``181 documents``, or ``181 documents (126 sites)`` where sites have several."""
    number = counted(documents, "document")
    return number if sites in (documents, 0) else f"{number} ({counted(sites, 'site')})"


def detectable(difference: float, documents: int, sites: int) -> str:
    """Say which difference a corpus shows, or that it is too small to show any."""
    if math.isnan(difference):
        return (
            f"Too few to tell: {extent(documents, sites)}; a verdict needs {FEWEST_UNITS} independent ones."
        )
    return f"Differences of {points(difference)} points of F1 and more are found with 80 % power."


def detectable_lines(leaderboard: pd.DataFrame) -> list[str]:
    """Return a line for each measure about the difference that its documents show, under its own average."""
    scored = leaderboard[leaderboard["documents"] > 0]
    first = scored.drop_duplicates("measure")
    lines = [
        (str(row["measure"]), detectable(row["detectable"], row["documents"], row["sites"]))
        for row in first.to_dict("records")
        if (scored["measure"] == row["measure"]).sum() > 1
    ]
    return [line if len(lines) == 1 else f"{measure}: {line}" for measure, line in lines]

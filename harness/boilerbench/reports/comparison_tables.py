"""Comparisons as tables for a terminal of 80 columns."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.console import Group

from boilerbench.reports.formatting import difference_interval, p_value, points, signed_points
from boilerbench.reports.ids import short_id
from boilerbench.reports.terminal import figures_table
from boilerbench.stats import Comparison, DocumentDifference, Effect, Verdict

VERDICT_MARKS = {
    Verdict.FIRST: "",
    Verdict.SECOND: "",
    Verdict.EQUAL: "=",
    Verdict.UNDECIDED: "?",
    Verdict.TOO_FEW: "few",
}


def mark_meanings(comparisons: Sequence[Comparison]) -> list[str]:
    """Say what the marks of a table of pairs mean, those that it has."""
    verdicts = {comparison.verdict for comparison in comparisons}
    meanings = {
        Verdict.EQUAL: "= cannot be told apart.",
        Verdict.UNDECIDED: "? undecided, at the edge of chance.",
        Verdict.TOO_FEW: "few: too few to tell.",
    }
    return [meaning for verdict, meaning in meanings.items() if verdict in verdicts]


def pair_table(comparisons: Sequence[Comparison], title: str) -> Group:
    """One row per pair; a pair that is not told apart has a mark."""
    rows = [
        [
            comparison.first,
            comparison.second,
            signed_points(comparison.difference),
            difference_interval(comparison.low, comparison.high),
            p_value(comparison.p).removeprefix("p ").removeprefix("= "),
            f"{comparison.wins}/{comparison.ties}/{comparison.losses}",
            VERDICT_MARKS[comparison.verdict],
        ]
        for comparison in comparisons
    ]
    columns = ("First", "Second", "F1", "95 % interval", "p", "W/T/L", "")
    return figures_table(title, columns, rows, left=2)


def effect_table(effects: Sequence[Effect], by: str) -> Group:
    """The difference by kind of document; a kind with too few sites has no interval."""
    rows = [
        [
            effect.group,
            str(effect.documents),
            signed_points(effect.difference),
            "too few" if math.isnan(effect.low) else difference_interval(effect.low, effect.high),
        ]
        for effect in effects
    ]
    title = f"By {by.replace('_', ' ')}"
    return figures_table(title, (title[3:].capitalize(), "Docs", "F1", "95 % interval"), rows, left=1)


def document_table(
    differences: Sequence[DocumentDifference],
    title: str,
    columns: tuple[str, str],
    documents: Sequence[str],
) -> Group:
    """The F1 of two extractors on documents, whose ids are as short as ``documents`` allows."""
    rows = [
        [
            short_id(row.document, documents),
            points(row.first),
            points(row.second),
            signed_points(row.difference),
        ]
        for row in differences
    ]
    return figures_table(title, ("Document", *columns, "F1"), rows, left=1)

"""What comparisons look like in a terminal of 80 columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Group

from boilerbench.reports.formatting import difference_interval, p_value, points, signed_points
from boilerbench.reports.ids import short_id
from boilerbench.reports.terminal import figures_table
from boilerbench.stats import Comparison, Effect

if TYPE_CHECKING:
    import pandas as pd


def pair_table(found: Sequence[Comparison], labels: dict[str, str], title: str) -> Group:
    """One row per pair; pairs that cannot be told apart say so."""
    rows = [
        [
            labels[each.first],
            labels[each.second],
            signed_points(each.difference),
            difference_interval(each.low, each.high),
            p_value(each.p).removeprefix("p ").removeprefix("= "),
            f"{each.wins}/{each.ties}/{each.losses}",
            "" if each.decided else "=",
        ]
        for each in found
    ]
    columns = ("First", "Second", "F1", "95 % interval", "p", "W/T/L", "")
    return figures_table(title, columns, rows, left=2)


def effect_table(found: Sequence[Effect], by: str) -> Group:
    """The difference by kind of document."""
    rows = [
        [
            each.group,
            str(each.documents),
            signed_points(each.difference),
            difference_interval(each.low, each.high),
        ]
        for each in found
    ]
    title = f"By {by.replace('_', ' ')}"
    return figures_table(title, (title[3:].capitalize(), "Docs", "F1", "95 % interval"), rows, left=1)


def document_table(
    found: pd.DataFrame, title: str, columns: tuple[str, str], documents: Sequence[str]
) -> Group:
    """The documents that decide it, ready for ``show``."""
    rows = [
        [
            short_id(row["document"], documents),
            points(row["first_f1"]),
            points(row["second_f1"]),
            signed_points(row["difference"]),
        ]
        for row in found.to_dict("records")
    ]
    return figures_table(title, ("Document", *columns, "F1"), rows, left=1)

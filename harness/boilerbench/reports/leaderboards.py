"""Leaderboards as rows of text, for a terminal or for a paper."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from boilerbench.reports.formatting import distinct_points, points, points_interval
from boilerbench.results import MeasureInfo, Run
from boilerbench.stats import AmongBest, average_title
from boilerbench.stats.association import associated_grouping
from boilerbench.stats.significance import FEWEST_UNITS

if TYPE_CHECKING:
    import pandas as pd

EQUAL = "="
EARLIER = "*"
"""Marks times of an earlier run: the column where all are, else each."""
UNDECIDED = "?"
EQUAL_MEANS = f"{EQUAL} may be the best (95 % confidence, all extractors together), {UNDECIDED} undecided."

_MOST_NAMED = 8


@dataclass(frozen=True)
class Board:
    """One table: a measure and a way of averaging."""

    title: str
    columns: list[str]
    rows: list[list[str]]
    left: int
    """The number of columns, from the first, that are text; the others are figures."""
    measure: str = ""


def boards(leaderboard: pd.DataFrame, measures: Sequence[MeasureInfo]) -> Iterator[Board]:
    """One board per measure and way of averaging, best F1 first; measures without a scored document none."""
    signatures = {measure.name: measure.signature for measure in measures}
    chosen = leaderboard[leaderboard["documents"] > 0]
    for (name, average), rows in chosen.groupby(["measure", "average"], sort=False):
        own = average == next(iter(leaderboard.loc[leaderboard["measure"] == name, "average"]))
        title = f"{signatures[str(name)]}: {average_title(str(average))}"
        yield replace(_board(title, rows, outcomes=own), measure=str(name))


def grouped_boards(leaderboard: pd.DataFrame, measures: Sequence[MeasureInfo], by: str) -> Iterator[Board]:
    """One board per measure, with a row per group and extractor; a group is named on its first row only."""
    signatures = {measure.name: measure.signature for measure in measures}
    for (name, average), rows in leaderboard.groupby(["measure", "average"], sort=False):
        board = _board(f"{signatures[str(name)]}: {average_title(str(average))}", rows, outcomes=False)
        groups, documents = rows["group"].tolist(), rows["documents"].tolist()
        cells = []
        for index, (group, row) in enumerate(zip(groups, board.rows, strict=True)):
            first = index == 0 or groups[index - 1] != group
            cells.append([*((group, str(documents[index])) if first else ("", "")), *row])
        columns = [by.replace("_", " ").capitalize(), "Docs", *board.columns]
        yield Board(board.title, columns, cells, board.left + 2, str(name))


def best_mark(among_best: str) -> str:
    """The mark of an extractor that may be the best; empty for one that is not, or where nobody can tell."""
    return {AmongBest.YES: EQUAL, AmongBest.UNDECIDED: UNDECIDED}.get(AmongBest(among_best or "no"), "")


def marked(figure: str, mark: str) -> str:
    """Put a mark behind a figure, and the space that stands for its second decimal behind the mark."""
    bare = figure.rstrip()
    return bare + mark + figure[len(bare) :]


def grouping_notes(run: Run, leaderboard: pd.DataFrame, by: str) -> list[str]:
    """Lines about a table by kind of document: kinds too small for a mark, and another grouping beside it."""
    sizes = leaderboard.groupby("group", sort=False)[["documents", "sites"]].max()
    small = [str(group) for group, sites in sizes["sites"].items() if sites < FEWEST_UNITS]
    lines = []
    if small:
        shown = ", ".join(small[:_MOST_NAMED]) + (", …" if len(small) > _MOST_NAMED else "")
        lines.append(
            f"Too few to tell which is the best (fewer than {FEWEST_UNITS} independent documents): {shown}."
        )
    if associated := associated_grouping(run.documents, by):
        other, value = associated
        lines.append(
            f"Here {by.replace('_', ' ')} and {other.replace('_', ' ')} hang together (Cramér's V "
            f"{value:.2f}): a difference by one may be one by the other."
        )
    return lines


def unscored(run: Run) -> list[str]:
    """A line for each measure that left documents unscored, since their gold lacks what it needs."""
    lines = []
    for name, rows in run.leaderboard.groupby("measure", sort=False):
        number, total = int(rows["unscored"].iloc[0]), run.info.corpus.documents
        if number:
            lines.append(
                f"{name}: {number:,} of {total:,} documents unscored, since gold has none of what it needs"
            )
    return lines


def in_format(board: Board, name: str) -> str:
    """A board as Markdown or LaTeX."""
    from tabulate import tabulate

    align = ["left"] * board.left + ["right"] * (len(board.columns) - board.left)
    style = {"markdown": "github", "latex": "latex_booktabs"}[name]
    rows = board.rows
    if name == "markdown":
        # A bar would end the cell, and the names of programs have some.
        rows = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    table = tabulate(rows, board.columns, tablefmt=style, disable_numparse=True, colalign=align)
    comment = {"markdown": f"{board.title}\n", "latex": f"% {board.title}"}[name]
    return f"{comment}\n{table}\n"


def _board(title: str, rows: pd.DataFrame, *, outcomes: bool) -> Board:
    """``outcomes`` adds what does not depend on the way of averaging: failures and times."""
    records: list[dict[str, Any]] = rows.to_dict("records")  # type: ignore[assignment]
    all_earlier = outcomes and {row["timed"] for row in records} - {""} == {"earlier"}
    marks = [best_mark(row["among_best"]) for row in records]
    several = sum(map(bool, marks)) > 1
    f1 = distinct_points([row["f1"] for row in records], [row.get("group", "") for row in records])
    figures = [marked(figure, (mark or " ") * several) for figure, mark in zip(f1, marks, strict=True)]
    accuracy = any(not math.isnan(row["accuracy"]) for row in records)
    # Beside accuracy 80 columns have no room for it, nor for empty outputs; both are in leaderboard.csv.
    segments = not accuracy and any(not math.isnan(row["without_rate"]) for row in records)
    columns = [
        *("Extractor", "Version", "F1", "95 %", "Prec.", "Rec."),
        *(("Acc.",) if accuracy else ()),
        *(("Without",) if segments else ()),
        *(("Empty",) if outcomes and not accuracy else ()),
        *(("Failed", f"ms{EARLIER}" if all_earlier else "ms") if outcomes else ()),
    ]
    return Board(
        title,
        columns,
        [
            _cells(row, figure, accuracy, segments, outcomes, all_earlier)
            for row, figure in zip(records, figures, strict=True)
        ],
        2,
    )


def _cells(
    row: dict[str, Any], f1: str, accuracy: bool, segments: bool, outcomes: bool, all_earlier: bool
) -> list[str]:
    cells = [
        str(row["extractor"]),
        str(row["version"]),
        f1,
        points_interval(row["f1_low"], row["f1_high"]),
        points(row["precision"]),
        points(row["recall"]),
    ]
    cells += [points(row["accuracy"])] if accuracy else []
    cells += [points(row["without_rate"])] if segments else []
    if outcomes:
        earlier = "" if row["timed"] == "now" or all_earlier else EARLIER
        median = row["ms_median"]
        cells += [] if accuracy else [str(row["empty"])]
        cells += [
            str(row["failed"]),
            "-" if math.isnan(median) else f"{median:.1f}{earlier}",
        ]
    return cells

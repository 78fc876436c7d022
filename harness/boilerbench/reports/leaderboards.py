"""Leaderboards as rows of text, for a terminal or for a paper."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from boilerbench.reports.formatting import distinct_points, points, points_interval
from boilerbench.reports.leaderboard_columns import EARLIER, MEDIAN, cost_columns, size_columns_of
from boilerbench.results import MeasureInfo, Run
from boilerbench.stats import AmongBest, average_title
from boilerbench.stats.association import associated_grouping
from boilerbench.stats.significance import FEWEST_UNITS

if TYPE_CHECKING:
    import pandas as pd

EQUAL = "="
UNDECIDED = "?"
EQUAL_MEANS = f"{EQUAL} may be the best (95 % confidence, all extractors together), {UNDECIDED} undecided."

_MOST_NAMED = 8
_SPARE = (("Empty",), ("Prec.", "Rec."), ("95 %",), ("ms",))


@dataclass(frozen=True)
class Board:
    """One table: a measure and a way of averaging."""

    title: str
    columns: list[str]
    rows: list[list[str]]
    left: int
    """The number of columns, from the first, that are text; the others are figures."""
    measure: str = ""
    average: str = ""
    spare: tuple[tuple[str, ...], ...] = ()
    """Columns to leave out, the first first, where a terminal has no room for all."""


def boards(
    leaderboard: pd.DataFrame, measures: Sequence[MeasureInfo], more: Sequence[str] = ()
) -> Iterator[Board]:
    """One board per measure and way of averaging, best F1 first; measures without a scored document none.

    Args:
        leaderboard: the columns of leaderboard.csv, and those that ``more`` shows.
        measures: those of the run.
        more: names in ``leaderboard_columns`` of columns to add to each measure's first board.
    """
    signatures = {measure.name: measure.signature for measure in measures}
    chosen = leaderboard[leaderboard["documents"] > 0]
    for (name, average), rows in chosen.groupby(["measure", "average"], sort=False):
        own = average == next(iter(leaderboard.loc[leaderboard["measure"] == name, "average"]))
        title = f"{signatures[str(name)]}: {average_title(str(average))}"
        board = _board(title, rows, outcomes=own, more=more if own else ())
        yield replace(board, measure=str(name), average=str(average))


def grouped_boards(
    leaderboard: pd.DataFrame, measures: Sequence[MeasureInfo], by: str, more: Sequence[str] = ()
) -> Iterator[Board]:
    """One board per measure, with a row per group and extractor; a group is named on its first row only.

    ``more`` names columns of sizes to add.
    """
    signatures = {measure.name: measure.signature for measure in measures}
    for (name, average), rows in leaderboard.groupby(["measure", "average"], sort=False):
        board = _board(
            f"{signatures[str(name)]}: {average_title(str(average))}", rows, outcomes=False, more=more
        )
        groups, documents = rows["group"].tolist(), rows["documents"].tolist()
        cells = []
        for index, (group, row) in enumerate(zip(groups, board.rows, strict=True)):
            first = index == 0 or groups[index - 1] != group
            cells.append([*((group, str(documents[index])) if first else ("", "")), *row])
        columns = [by.replace("_", " ").capitalize(), "Docs", *board.columns]
        of = (str(name), str(average), board.spare)
        yield Board(board.title, columns, cells, board.left + 2, *of)


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


def unscorable(outputs: pd.DataFrame) -> list[str]:
    """A line for each measure and extractor with outputs too large to be judged: how many, and an example."""
    return [
        f"{measure}: {len(rows):,} of {extractor} unscorable, scored as empty, "
        f"as {rows['document'].iloc[0]}: {rows['reason'].iloc[0]}"
        for (measure, extractor), rows in outputs.groupby(["measure", "extractor"], sort=False)
    ]


def is_marked(board: Board) -> bool:
    """Whether a board has marks of what may be the best."""
    f1 = board.columns.index("F1")
    return any(mark in row[f1] for row in board.rows for mark in (EQUAL, UNDECIDED))


def cost_notes(leaderboard: pd.DataFrame, costs: Sequence[str] = ()) -> list[str]:
    """Return lines about the times of a leaderboard: what they are, and that they are of an earlier run.

    Args:
        leaderboard: the column ``timed`` of leaderboard.csv.
        costs: names of columns on request; it is said what those of times and memory are.
    """
    lines = [" ".join(cost.meaning for cost in (MEDIAN, *cost_columns(costs)))]
    timed = set(leaderboard["timed"]) - {""}
    what = "times and memory" if "memory" in costs else "times"
    if timed == {"earlier"}:
        lines.append(f"All {what} ({EARLIER}) are of an earlier run, not of this one.")
    elif timed - {"now"}:
        part = " in whole or in part" if "both" in timed else ""
        lines.append(f"{what.capitalize()} marked {EARLIER} are{part} of an earlier run, not of this one.")
    return lines


def as_markdown(board: Board) -> str:
    """Return a board as a Markdown table below its title."""
    from tabulate import tabulate

    align = ["left"] * board.left + ["right"] * (len(board.columns) - board.left)
    # A bar would end the cell, and the names of programs have some.
    rows = [[cell.replace("|", "\\|") for cell in row] for row in board.rows]
    table = tabulate(rows, board.columns, tablefmt="github", disable_numparse=True, colalign=align)
    return f"{board.title}\n\n{table}\n"


def _board(title: str, rows: pd.DataFrame, *, outcomes: bool, more: Sequence[str] = ()) -> Board:
    """``outcomes`` adds what does not depend on the way of averaging, ``more`` names columns on request."""
    records: list[dict[str, Any]] = rows.to_dict("records")  # type: ignore[assignment]
    all_earlier = {row["timed"] for row in records} - {""} == {"earlier"} if outcomes else False
    marks = [best_mark(row["among_best"]) for row in records]
    several = sum(map(bool, marks)) > 1
    f1 = distinct_points([row["f1"] for row in records], [row.get("group", "") for row in records])
    figures = [marked(figure, (mark or " ") * several) for figure, mark in zip(f1, marks, strict=True)]
    accuracy = any(not math.isnan(row["accuracy"]) for row in records)
    # Beside accuracy 80 columns have no room for it, nor for empty outputs; both are in leaderboard.csv.
    segments = not accuracy and any(not math.isnan(row["without_rate"]) for row in records)
    counts = ([] if accuracy else [("Empty", "empty")]) + [("Failed", "failed")] if outcomes else []
    if outcomes and any(row.get("unscorable") for row in records):
        counts.append(("Unscorable", "unscorable"))
    requested = [*([MEDIAN, *cost_columns(more)] if outcomes else []), *size_columns_of(more)]
    shares = [("Prec.", "precision"), ("Rec.", "recall")]
    shares += [("Acc.", "accuracy")] if accuracy else []
    shares += [("Without", "without_rate")] if segments else []
    columns = [
        *("Extractor", "Version", "F1", "95 %"),
        *(name for name, _ in (*shares, *counts)),
        *(column.title + EARLIER * (all_earlier and column.timed) for column in requested),
    ]
    cells = [
        [
            *(str(row["extractor"]), str(row["version"]), figure),
            points_interval(row["f1_low"], row["f1_high"]),
            *(points(row[share]) for _, share in shares),
            *(str(row[count]) for _, count in counts),
            *(column.cell(row, all_earlier) for column in requested),
        ]
        for row, figure in zip(records, figures, strict=True)
    ]
    return Board(title, columns, cells, 2, spare=_SPARE if more else ())

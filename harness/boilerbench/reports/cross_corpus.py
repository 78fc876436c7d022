"""Several runs in one table: each extractor's F1 on each corpus, by the corpus's own measure."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from boilerbench.reports.comparison_text import extent
from boilerbench.reports.formatting import distinct_points
from boilerbench.reports.leaderboard_columns import size_columns_of
from boilerbench.reports.leaderboards import Board, best_mark, marked
from boilerbench.results import Run
from boilerbench.stats import AVERAGES

if TYPE_CHECKING:
    import pandas as pd


SIZES_ARE = "Sizes are over the pages of all runs; - where one lacks it."
"""The line below a table of several runs with columns of sizes."""


def own_rows(run: Run) -> pd.DataFrame:
    """A run's extractors by its first measure and that measure's first way of averaging, references aside."""
    measure = run.info.measures[0]
    board = run.leaderboard
    chosen = (board["measure"] == measure.name) & (board["average"] == measure.averages[0])
    rows: pd.DataFrame = board[
        chosen & (board["documents"] > 0) & ~board["extractor"].isin(run.info.references)
    ]
    return rows


def summary(
    runs: Sequence[Run],
    best: int | None = None,
    sizes: pd.DataFrame | None = None,
    columns: Sequence[str] = (),
) -> Board:
    """A row per extractor, best mean over the runs first; one that is not in a run has a dash there.

    Args:
        runs: a column each.
        best: how many rows to keep, the first; all without.
        sizes: those of outputs over all runs, by extractor; one that lacks has dashes.
        columns: the names of the sizes to show.
    """
    tables = [{str(row["extractor"]): row for row in own_rows(run).to_dict("records")} for run in runs]
    names = list(dict.fromkeys(name for table in tables for name in table))
    several = [sum(bool(best_mark(row["among_best"])) for row in table.values()) > 1 for table in tables]

    def mean(name: str) -> float:
        return -math.fsum(float(table[name]["f1"]) if name in table else 0.0 for table in tables)

    names = sorted(names, key=lambda name: (mean(name), name))[:best]
    cells = [[name, _versions(tables, name)] for name in names]
    for table, equal in zip(tables, several, strict=True):
        f1 = distinct_points([float(table[name]["f1"]) if name in table else math.nan for name in names])
        for row, figure in zip(cells, f1, strict=True):
            mark = best_mark(table[row[0]]["among_best"]) if row[0] in table else ""
            row.append(marked(figure, (mark or " ") * equal))
    titles = ["Extractor", "Version", *(run.name for run in runs)]
    of_sizes = size_columns_of(columns) if sizes is not None else []
    for row in cells:
        known = {} if sizes is None or row[0] not in sizes.index else dict(sizes.loc[row[0]])
        row += [column.cell(known, False) if known else "-" for column in of_sizes]
    titles += [column.title for column in of_sizes]
    return Board("F1 on each corpus, by its own measure", titles, cells, 2)


def _versions(tables: Sequence[Mapping[str, Mapping[Hashable, Any]]], name: str) -> str:
    versions = [str(table[name]["version"]) for table in tables if name in table]
    return " ".join(dict.fromkeys(versions))


def what_it_shows(runs: Sequence[Run], best: int | None = None) -> list[str]:
    """A line per run: documents, version, digest, measure, average; before them, which rows of how many."""
    number = len({name for run in runs for name in own_rows(run)["extractor"]})
    lines = []
    if best is not None and best < number:
        lines.append(f"the best {best} of {number} by the mean over the corpora; one that lacks counts 0")
    for run in runs:
        corpus, measure = run.info.corpus, run.info.measures[0]
        sites = int(run.leaderboard["sites"].max())
        average = AVERAGES[measure.averages[0]].title
        lines.append(
            f"{run.name}: {extent(corpus.documents, sites)}, {corpus.short_identity}, "
            f"{measure.signature}, {average}"
        )
    return lines

"""Several runs in one table: each extractor's F1 on each corpus, by the corpus's own measure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from boilerbench.reports.formatting import points
from boilerbench.reports.leaderboards import Board, best_mark
from boilerbench.results import Run
from boilerbench.stats import AVERAGES

if TYPE_CHECKING:
    import pandas as pd


def own_rows(run: Run) -> pd.DataFrame:
    """A run's extractors by its first measure and that measure's first way of averaging, references aside."""
    measure = run.info.measures[0]
    board = run.leaderboard
    chosen = (board["measure"] == measure.name) & (board["average"] == measure.averages[0])
    rows: pd.DataFrame = board[
        chosen & (board["documents"] > 0) & ~board["extractor"].isin(run.info.references)
    ]
    return rows


def summary(runs: Sequence[Run]) -> Board:
    """A row per extractor, best mean over the runs first; one that is not in a run has a dash there."""
    tables = [{str(row["extractor"]): row for row in own_rows(run).to_dict("records")} for run in runs]
    names = list(dict.fromkeys(name for table in tables for name in table))
    several = [sum(bool(best_mark(row["among_best"])) for row in table.values()) > 1 for table in tables]

    def mean(name: str) -> float:
        return -math.fsum(float(table[name]["f1"]) if name in table else 0.0 for table in tables)

    rows = []
    for name in sorted(names, key=lambda name: (mean(name), name)):
        present = [table[name] for table in tables if name in table]
        versions = list(dict.fromkeys(str(row["version"]) for row in present))
        cells = []
        for table, marked in zip(tables, several, strict=True):
            row = table.get(name)
            equal = ((best_mark(row["among_best"]) if row else "") or " ") if marked else ""
            cells.append(points(float(row["f1"])) + equal if row else "-" + " " * marked)
        rows.append([name, " ".join(versions), *cells])
    columns = ["Extractor", "Version", *(run.name for run in runs)]
    return Board("F1 on each corpus, by its own measure", columns, rows, 2)


def what_it_shows(runs: Sequence[Run]) -> list[str]:
    """A line per run: documents, digest, measure and average."""
    lines = []
    for run in runs:
        corpus, measure = run.info.corpus, run.info.measures[0]
        average = AVERAGES[measure.averages[0]].title
        lines.append(
            f"{run.name}: {corpus.documents:,} documents, {corpus.digest[:19]}, "
            f"{measure.signature}, {average}"
        )
    return lines

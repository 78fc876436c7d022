"""Tables and texts of a run for a terminal of 80 columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from boilerbench.reports.comparison_text import detectable_lines, extent
from boilerbench.reports.figures_table import FiguresTable
from boilerbench.reports.formatting import points
from boilerbench.reports.ids import short_id
from boilerbench.reports.leaderboards import EQUAL_MEANS, Board, cost_notes
from boilerbench.reports.row_notes import row_notes
from boilerbench.results import Run
from boilerbench.stats import FAILED, AmongBest

if TYPE_CHECKING:
    import pandas as pd

_REASON_WIDTH = 60
_WIDE_HEADING = 8


def headline(run: Run) -> str:
    """Corpus, numbers of documents and sites, and digest in one line."""
    corpus = run.info.corpus
    sites = int(run.leaderboard["sites"].max())
    return f"{corpus.name}: {extent(corpus.documents, sites)}, {corpus.digest[:19]}"


def board_table(board: Board) -> Group:
    """A leaderboard; failures stand out."""
    failed = board.columns.index("Failed") if "Failed" in board.columns else -1
    rows = [
        [
            Text(cell, style="bold red") if column == failed and cell != "0" else cell
            for column, cell in enumerate(row)
        ]
        for row in board.rows
    ]
    columns = [_broken_heading(name) for name in board.columns]
    return figures_table(board.title, columns, rows, left=board.left, spare=board.spare)


def figures_table(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str | Text]],
    *,
    left: int,
    fold: Sequence[int] = (),
    spare: Sequence[Sequence[str]] = (),
) -> Group:
    """A table whose first ``left`` columns are texts, and those in ``fold``; the others are figures.

    Where there is not room enough, the columns in ``spare`` are left out first, a group at a time.
    """
    texts = frozenset((*range(left), *fold))
    return _titled(title, FiguresTable(columns, [list(row) for row in rows], texts, spare))


def disagreement_table(found: pd.DataFrame, documents: Sequence[str]) -> Group:
    """The documents on which the extractors disagree most."""
    table = _table()
    table.add_column("Document", overflow="fold")
    for name in ("Best", "Worst"):
        table.add_column(name, no_wrap=True, overflow="ellipsis")
    for row in found.to_dict("records"):
        table.add_row(
            short_id(row["document"], documents),
            f"{points(row['best_f1'])} {row['best']}",
            f"{points(row['worst_f1'])} {row['worst']}",
        )
    return _titled("Where the extractors disagree most (F1)", table)


def failures(extractions: pd.DataFrame, documents: Sequence[str]) -> list[str]:
    """A line per extractor and kind of failure: how many, why, and where to look."""
    failed = extractions[extractions["status"].isin(FAILED)]
    lines = []
    for (extractor, status), rows in failed.groupby(["extractor", "status"], sort=False):
        reason = rows["error"].value_counts().index[0]
        example = short_id(str(rows["document"].iloc[0]), documents)
        lines.append(f"{extractor}: {len(rows)} {status}, mostly {_cut(reason)}, as on {example}")
    return lines


def interval_note(run: Run) -> str:
    """Say what the intervals of a run's boards are."""
    units = "documents" if run.info.suffix_list is None else "sites"
    return f"95 %: bootstrap interval of F1 over {units}."


def conditions(run: Run, costs: Sequence[str] = ()) -> str:
    """Say what the marks in a run's tables mean, and under which protection the tools worked.

    Args:
        run: the run.
        costs: names of columns that its boards have on request.
    """
    protection = {
        "namespace": "Tools had no network: each worker in a namespace of its own.",
        "guard": "Tools had no network as far as they are Python: no namespaces here.",
    }
    network, _, allowed = (run.provenance.network if run.provenance else "").partition(", not for ")
    among = run.leaderboard["among_best"].isin([AmongBest.YES, AmongBest.UNDECIDED])
    equals = among.groupby([run.leaderboard["measure"], run.leaderboard["average"]]).sum().gt(1).any()
    times, *more = cost_notes(run.leaderboard, costs)
    return "\n".join(
        [
            f"{interval_note(run)} {times}",
            *more,
            *([EQUAL_MEANS] if equals else []),
            *detectable_lines(run.leaderboard),
            *row_notes(run),
            *([protection[network]] if network in protection else []),
            *([f"These could use the network: {allowed}."] if allowed else []),
        ]
    )


def listing(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Group:
    """A plain table of texts."""
    table = _table()
    for name in columns:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return _titled(title, table)


def _broken_heading(name: str) -> str:
    """Return a heading that is wider than its figures in two lines, as ``Words/page``."""
    return name.replace("/", "\n/") if len(name) > _WIDE_HEADING else name


def _cut(reason: str) -> str:
    reason = re.sub(r"([*=_#-])\1{3,} ?", "", reason)
    return reason if len(reason) <= _REASON_WIDTH else reason[: _REASON_WIDTH - 1] + "…"


def _table() -> Table:
    return Table(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True, show_edge=False)


def _titled(title: str, table: Table | FiguresTable) -> Group:
    """A title above a table, as wide as the terminal, not as the table."""
    return Group(Text(title, style="bold"), table, Text())

"""What a run says in a terminal of 80 columns."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from harness.reports.marks import Mark, Stretch
from harness.results import Run
from harness.stats import FAILED

if TYPE_CHECKING:
    import pandas as pd

AVERAGE_TITLES = {
    "mean": "mean over documents",
    "zyte": "as Zyte averages",
}
_STYLES = {Mark.KEPT: "", Mark.LOST: "bold red", Mark.LEAKED: "bold yellow"}
_BRACKETS = {Mark.KEPT: ("", ""), Mark.LOST: ("[-", "-]"), Mark.LEAKED: ("{+", "+}")}
_SHORT_ID = 28
_REASON_WIDTH = 60


def headline(run: Run) -> str:
    """Corpus, number of documents and digest in one line."""
    corpus = run.info["corpus"]
    return f"{corpus['name']}: {corpus['documents']:,} documents, {corpus['digest'][:19]}"


def leaderboards(run: Run) -> list[Group]:
    """One table per measure and way of averaging, best F1 first."""
    signatures = {each["name"]: each["signature"] for each in run.info["measures"]}
    return [
        _leaderboard(
            rows, f"{signatures[str(measure)]}: {AVERAGE_TITLES[str(average)]}", whole=average == "mean"
        )
        for (measure, average), rows in run.leaderboard.groupby(["measure", "average"], sort=False)
    ]


def disagreement_table(found: pd.DataFrame, documents: Sequence[str]) -> Group:
    """The documents on which the extractors disagree most."""
    table = _table()
    table.add_column("Document", overflow="fold")
    for name in ("Best", "Worst"):
        table.add_column(name, no_wrap=True, overflow="ellipsis")
    for row in found.to_dict("records"):
        table.add_row(
            short_id(row["document"], documents),
            f"{row['best_f1']:.3f} {row['best']}",
            f"{row['worst_f1']:.3f} {row['worst']}",
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


def conditions(run: Run) -> str:
    """Under what protection the tools worked, and which times are not of this run."""
    protection = {
        "namespace": "Tools had no network: each worker in a namespace of its own.",
        "guard": "Tools had no network as far as they are Python: no namespaces here.",
    }
    earlier = " * measured in an earlier run." if run.extractions["timed"].eq("earlier").any() else ""
    return protection[run.info["network"]] + earlier


def marked_text(pieces: Iterable[Stretch]) -> Text:
    """Text with lost words as [-…-] and leaked words as {+…+}, coloured where colours are."""
    text = Text()
    for piece in pieces:
        opening, closing = _BRACKETS[piece.mark]
        text.append(f"{opening}{piece.text}{closing}", style=_STYLES[piece.mark])
    return text


def listing(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Group:
    """A plain table of texts."""
    table = _table()
    for name in columns:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return _titled(title, table)


def short_id(document: str, documents: Sequence[str]) -> str:
    """An id, cut to its shortest beginning that is its own where it is long."""
    if len(document) <= _SHORT_ID:
        return document
    return next(
        document[:length]
        for length in range(12, len(document) + 1)
        if sum(other.startswith(document[:length]) for other in documents) == 1 or length == len(document)
    )


def _leaderboard(rows: pd.DataFrame, title: str, *, whole: bool) -> Group:
    """``whole`` adds what does not hang on the way of averaging: outcomes and times."""
    table = _table()
    table.add_column("Extractor", overflow="fold")
    table.add_column("Version", overflow="fold")
    for name in ("F1", "Precision", "Recall", *(("Empty", "Failed", "ms/page") if whole else ())):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows.to_dict("records"):
        figures = [f"{row[name]:.3f}" for name in ("f1", "precision", "recall")]
        table.add_row(
            str(row["extractor"]), str(row["version"]), *figures, *(_outcomes(row) if whole else ())
        )
    return _titled(title, table)


def _cut(reason: str) -> str:
    reason = re.sub(r"([*=_#-])\1{3,} ?", "", reason)
    return reason if len(reason) <= _REASON_WIDTH else reason[: _REASON_WIDTH - 1] + "…"


def _outcomes(row: dict[Any, Any]) -> tuple[str, str | Text, str]:
    failed: str | Text = Text(str(row["failed"]), style="bold red") if row["failed"] else "0"
    median = row["ms_median"]
    earlier = "" if row["timed"] == "now" else "*"
    return str(row["empty"]), failed, "-" if math.isnan(median) else f"{median:.1f}{earlier}"


def _table() -> Table:
    return Table(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True)


def _titled(title: str, table: Table) -> Group:
    """A title above a table, as wide as the terminal, not as the table."""
    return Group(Text(title, style="bold"), table)

"""Tables of a run that somebody has edited or damaged: one line that says where."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from boilerbench.errors import InputError
from boilerbench.results.files import SCORE_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

LEADERBOARD_COLUMNS = (
    *("extractor", "version", "measure", "average", "documents", "sites", "unscored", "empty", "failed"),
    *("precision", "recall", "f1", "f1_low", "f1_high", "accuracy", "without_rate", "among_best"),
    *("detectable", "ms_median", "ms_p95", "timed"),
)
"""The columns of leaderboard.csv that commands read."""

NEEDED_DOCUMENT_COLUMNS = ("document", "content", "page_type", "language", "traps")
"""Those of documents.csv; without the others nothing can be grouped by them, or drawn by site."""

_SHARES = ("precision", "recall", "f1")
_COUNTS = ("tp", "fp", "fn", "tn")
_KEY = ("measure", "extractor", "document")


def with_columns(table: pd.DataFrame, columns: Collection[str], file: Path) -> pd.DataFrame:
    """Return a table as it is, if it has the columns.

    Raises:
        InputError: it lacks one.
    """
    missing = sorted(set(columns) - set(table.columns))
    if missing:
        raise InputError(f"{file}: has no column {missing[0]}", remedy="score-again", run=str(file.parent))
    return table


def checked_scores(table: pd.DataFrame, file: Path) -> pd.DataFrame:
    """Return a table of scores as it is, if it holds together.

    Raises:
        InputError: a column is missing, a figure is missing, not a number or out of range, a row stands
            twice, or the extractors are not scored on the same documents.
    """
    with_columns(table, SCORE_COLUMNS, file)
    for columns, highest in ((_SHARES, 1.0), (_COUNTS, float("inf"))):
        for column in columns:
            _check_numbers(table, column, highest, file)
    twice = table[table.duplicated(list(_KEY))]
    if len(twice):
        measure, extractor, document = (twice.iloc[0][name] for name in _KEY)
        raise _damaged(file, f"{document} stands twice for {extractor} by {measure}")
    for measure, rows in table.groupby(table["measure"].astype(str), sort=False):
        scored = {str(name): set(mine["document"]) for name, mine in rows.groupby("extractor", sort=False)}
        first, documents = next(iter(scored.items()))
        for name, others in scored.items():
            if others != documents:
                document = min(others ^ documents)
                has, lacks = (name, first) if document in others else (first, name)
                raise _damaged(file, f"{measure!s}: {document} is scored for {has} and not for {lacks}")
    return table


def _check_numbers(table: pd.DataFrame, column: str, highest: float, file: Path) -> None:
    import pandas as pd

    numbers = pd.to_numeric(table[column], errors="coerce")
    wrong = ~((numbers >= 0) & (numbers <= highest) & (numbers < float("inf")))
    if wrong.any():
        # The first line of the file holds the names of the columns.
        line, value = int(wrong.to_numpy().argmax()) + 2, table[column][wrong].iloc[0]
        missing = pd.isna(value) or value == ""
        raise _damaged(
            file, f"line {line}: {column} is missing" if missing else f"line {line}: {column} is {value!r}"
        )


def _damaged(file: Path, what: str) -> InputError:
    return InputError(f"{file}: {what}", remedy="score-again", run=str(file.parent))

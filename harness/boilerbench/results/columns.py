"""Columns of a table that somebody has edited or damaged: one line that says where."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from boilerbench.errors import InputError
from boilerbench.results.files import EXTRACTIONS_FILE

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

INFINITE = float("inf")


def with_columns(table: pd.DataFrame, columns: Collection[str], file: Path) -> pd.DataFrame:
    """Return a table as it is, if it has the columns.

    Raises:
        InputError: it lacks one.
    """
    missing = sorted(set(columns) - set(table.columns))
    if missing:
        raise damaged(file, f"has no column {missing[0]}")
    return table


def check_documents(table: pd.DataFrame, documents: Collection[str] | None, file: Path) -> None:
    """Check that a table has no documents but these, where they are known.

    Raises:
        InputError: it has another.
    """
    if documents is not None:
        check_names(table, "document", documents, file)


def check_once(table: pd.DataFrame, key: Sequence[str], file: Path) -> None:
    """Check that no two rows have the same values in the columns of a key.

    Raises:
        InputError: two have.
    """
    twice = table[table.duplicated(list(key))]
    if len(twice):
        document, *rest = (str(twice.iloc[0][name]) for name in key)
        beside = f" for {' by '.join(rest)}" if rest else ""
        raise damaged(file, f"{document} stands twice{beside}")


def check_texts(table: pd.DataFrame, columns: Sequence[str], file: Path) -> None:
    """Check that columns have a text in every row.

    Raises:
        InputError: one is missing.
    """
    for column in columns:
        missing = (table[column].isna() | (table[column].astype(str) == "")).to_numpy()
        if missing.any():
            raise damaged(file, f"line {line_of(missing)}: {column} is missing")


def check_names(table: pd.DataFrame, column: str, names: Collection[str], file: Path) -> None:
    """Check that a column has no values but these.

    Raises:
        InputError: it has another, or none in a row.
    """
    wrong = (~table[column].isin(list(names))).to_numpy()
    if wrong.any():
        value = table[column][wrong].iloc[0]
        what = f"{value!r}, which the run does not have" if value == value else "missing"  # noqa: PLR0124 - NaN
        raise damaged(file, f"line {line_of(wrong)}: {column} is {what}")


def check_numbers(
    table: pd.DataFrame,
    column: str,
    highest: float,
    file: Path,
    *,
    least: float = 0,
    optional: bool = False,
    whole: bool = False,
) -> None:
    """Check that a column has a number within bounds in every row, or none where it is optional.

    Raises:
        InputError: it has something else.
    """
    import pandas as pd

    numbers = pd.to_numeric(table[column], errors="coerce")
    wrong = ~((numbers >= least) & (numbers <= highest) & (numbers.abs() < INFINITE))
    if whole:
        wrong |= numbers % 1 != 0
    if optional:
        wrong &= ~table[column].isna()
    if wrong.any():
        value = table[column][wrong].iloc[0]
        missing = pd.isna(value) or value == ""
        shown = repr(value) if isinstance(value, str) else str(value)
        what = f"{column} is missing" if missing else f"{column} is {shown}"
        raise damaged(file, f"line {line_of(wrong.to_numpy())}: {what}")


def line_of(wrong: NDArray[np.bool_]) -> int:
    """Return the line of the first wrong row; the first line of the file holds the names of the columns."""
    return int(wrong.argmax()) + 2


def damaged(file: Path, what: str) -> InputError:
    """Make the error about a damaged table of a run, with what puts it right."""
    if file.name == EXTRACTIONS_FILE:
        return InputError(f"{file}: {what}; run the benchmark again")
    return InputError(f"{file}: {what}", remedy="score-again", run=str(file.parent))

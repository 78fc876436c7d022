"""Reading of a run's tables, whole or piece by piece, from one file each or packed."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boilerbench.errors import InputError
from boilerbench.results.checks import check_form
from boilerbench.results.columns import with_columns
from boilerbench.results.files import (
    DOCUMENT_COLUMNS,
    DOCUMENTS_FILE,
    EXTRACTION_COLUMNS,
    EXTRACTIONS_FILE,
)
from boilerbench.results.packed import is_packed, packed_pieces, packed_table
from boilerbench.results.texts import read_references

if TYPE_CHECKING:
    import pandas as pd

_NUMBERS = (
    *("seconds", "peak_mb", "ms_median", "ms_p95", "precision", "recall", "f1", "accuracy", "specificity"),
    "without_rate",
    "detectable",
    *(f"{figure}_{end}" for figure in ("precision", "recall", "f1") for end in ("low", "high")),
)
_TEXTS = (
    "document",
    "extractor",
    "version",
    "status",
    "error",
    "label",
    "aspect",
    "reason",
    *DOCUMENT_COLUMNS,
)
PIECE = 100_000
"""Rows of a table that are read at once."""


def read_extractions(folder: Path) -> pd.DataFrame:
    """Read extractions.csv, with a line for each text of a reference row, which nothing extracted.

    Raises:
        InputError: a file is not there or damaged.
    """
    file = folder / EXTRACTIONS_FILE
    table = with_columns(read_table(file), EXTRACTION_COLUMNS, file)
    return with_references(table, list(reference_rows(folder)))


def read_extraction_pieces(folder: Path) -> Iterator[pd.DataFrame]:
    """Read the same piece by piece, those of reference rows last.

    Raises:
        InputError: a file is not there or damaged.
    """
    import pandas as pd

    file = folder / EXTRACTIONS_FILE
    for piece in read_pieces(file):
        yield with_columns(piece, EXTRACTION_COLUMNS, file)
    references = iter(reference_rows(folder))
    while some := list(itertools.islice(references, PIECE)):
        yield pd.DataFrame(some).assign(version="", timed="", error="", seconds=float("nan"))


def read_sites(folder: Path) -> Iterator[tuple[str, str]]:
    """Read the site of each document, one at a time.

    Raises:
        InputError: documents.csv is not there or damaged.
    """
    file = folder / DOCUMENTS_FILE
    if is_packed(file):
        for piece in packed_pieces(file):
            yield from zip(piece["document"], piece["site"], strict=True)
        return
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                yield row["document"], row["site"]
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise InputError(f"{file}: cannot be read ({error}); run the benchmark again") from None


def reference_rows(folder: Path) -> Iterator[dict[str, object]]:
    """Yield a row of extractions.csv for each text of a reference row, as far as it has anything to say."""
    return (
        {
            "document": stored.document,
            "extractor": stored.extractor,
            "status": str(stored.status),
            "characters": len(stored.text),
        }
        for stored in read_references(folder)
    )


def with_references(table: pd.DataFrame, references: list[dict[str, object]]) -> pd.DataFrame:
    """Return a table of extractions with a line for each text of a reference row, by document."""
    import pandas as pd

    if not references:
        return table
    texts = dict.fromkeys(("version", "timed", "error"), "")
    rows = pd.DataFrame(references).assign(**texts).reindex(columns=table.columns)
    rows = rows.astype(table.dtypes.to_dict())
    return pd.concat([table, rows]).sort_values("document", kind="stable", ignore_index=True)


def read_table(file: Path) -> pd.DataFrame:
    """Read a table of a run.

    Raises:
        InputError: it is not there, or damaged as a file; what its rows say is not looked at.
    """
    import pandas as pd

    if is_packed(file):
        return packed_table(file)
    try:
        check_form(file)
        table: pd.DataFrame = pd.read_csv(file, **_options())
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from None
    if not isinstance(table.index, pd.RangeIndex):
        # Where the first row has more fields than the header, pandas takes the first of them for an index.
        raise InputError(f"{file}: line 2 has more fields than the first; run the benchmark again")
    return table


def read_pieces(file: Path) -> Iterator[pd.DataFrame]:
    """Read the rows of a table, so many at a time.

    Raises:
        InputError: it is not there, or damaged as a file.
    """
    import pandas as pd

    if is_packed(file):
        yield from packed_pieces(file)
        return
    try:
        with pd.read_csv(file, chunksize=PIECE, **_options()) as pieces:
            yield from pieces
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from None


def _options() -> dict[str, Any]:
    # Only an empty field is missing: a document may well be called NA.
    return {
        "dtype": dict.fromkeys(_TEXTS, str),
        "keep_default_na": False,
        "na_values": {name: [""] for name in _NUMBERS},
    }


def _unreadable(file: Path, error: OSError | ValueError) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError(f"run {file.parent}: {file.name} is not there; run the benchmark again")
    reason = (isinstance(error, OSError) and error.strerror) or " ".join(str(error).split())
    return InputError(f"{file}: cannot be read ({reason}); run the benchmark again")

"""The tables and texts of a large run as they are packed: Parquet files in place of a single file each.

``scores.csv`` is then ``shards/scores-00000.parquet`` and so on, ``extractions.jsonl.gz``
``shards/texts-00000.parquet``.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boilerbench.errors import InputError
from boilerbench.results.files import PACKED_FOLDER, TEXTS_FILE

if TYPE_CHECKING:
    import pandas as pd

_TEXTS = "texts"


def _cost(form: str) -> Callable[[float | None], str]:
    return lambda value: "" if value is None else format(value, form)


_FORMATS: dict[str, Callable[[Any], str]] = {
    "seconds": _cost(".6f"),
    "peak_mb": _cost(".1f"),
    **dict.fromkeys(("precision", "recall", "f1", "tp", "fp", "fn", "tn"), "{:.12g}".format),
}
"""How tables have numbers, as ``writing.py`` writes them."""


def packed_file(file: Path, number: int) -> Path:
    """Return the path of a packed part of what would be a file of a run."""
    stem = _TEXTS if file.name == TEXTS_FILE else file.stem
    return file.parent / PACKED_FOLDER / f"{stem}-{number:05}.parquet"


def is_packed(file: Path) -> bool:
    """Tell whether a file of a run is not there, and packed."""
    return not file.exists() and packed_file(file, 0).exists()


def has_table(file: Path) -> bool:
    """Tell whether a run has a table, as a file or packed."""
    return file.exists() or is_packed(file)


def packed_files(file: Path) -> list[Path]:
    """Return the packed parts of a file of a run, in order."""
    first = packed_file(file, 0)
    return sorted(first.parent.glob(f"{first.name.rpartition('-')[0]}-*.parquet"))


def packed_pieces(file: Path) -> Iterator[pd.DataFrame]:
    """Read a packed table part by part.

    Raises:
        InputError: a part cannot be read, or pyarrow is not installed.
    """
    for part in packed_files(file):
        with reading(part) as parquet:
            table = parquet.ParquetFile(part).read().to_pandas()
        yield table


def packed_table(file: Path) -> pd.DataFrame:
    """Read a packed table whole.

    Raises:
        InputError: a part cannot be read, or pyarrow is not installed.
    """
    import pandas as pd

    return pd.concat(packed_pieces(file), ignore_index=True)


def packed_rows(file: Path) -> Iterator[list[str]]:
    """Read a packed table row by row, as its single file would have it; its header comes first.

    Raises:
        InputError: a part cannot be read, or pyarrow is not installed.
    """
    for number, part in enumerate(packed_files(file)):
        with reading(part) as parquet:
            columns = parquet.ParquetFile(part).read().to_pydict()
        if number == 0:
            yield list(columns)
        written = [map(_FORMATS.get(name, str), values) for name, values in columns.items()]
        yield from map(list, zip(*written, strict=True))


def packed_texts(file: Path) -> Iterator[dict[str, Any]]:
    """Read packed texts, one at a time, as the lines of extractions.jsonl.gz have them.

    Raises:
        InputError: a part cannot be read, or pyarrow is not installed.
    """
    for part in packed_files(file):
        with reading(part) as parquet:
            groups = parquet.ParquetFile(part)
        for index in range(groups.num_row_groups):
            with reading(part):
                rows = groups.read_row_group(index).to_pylist()
            for row in rows:
                yield row if row["format"] else {key: row[key] for key in list(row)[:4]}


def packed_digest(file: Path) -> str:
    """Return ``sha256:…`` over the packed parts of a file."""
    content = hashlib.sha256()
    for part in packed_files(file):
        with part.open("rb") as packed:
            content.update(hashlib.file_digest(packed, "sha256").digest())
    return f"sha256:{content.hexdigest()}"


@contextlib.contextmanager
def reading(part: Path) -> Iterator[Any]:
    """Give pyarrow's module for Parquet; what goes wrong with a file is said in one line.

    Raises:
        InputError: it cannot be read, or pyarrow is not installed.
    """
    try:
        from pyarrow import parquet
    except ImportError:
        what = "is in Parquet, which needs pyarrow; install boilerbench[parquet]"
        raise InputError(f"run {part.parents[1]}: {what}") from None
    try:
        yield parquet
    except (OSError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise InputError(f"{part}: cannot be read ({reason}); run the benchmark again") from None

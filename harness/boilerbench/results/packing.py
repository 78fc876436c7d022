"""Packing of a large run: its long tables and its texts as Parquet files of so many rows each."""

from __future__ import annotations

import gzip
import importlib.util
import itertools
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boilerbench.results.files import (
    DOCUMENTS_FILE,
    EXTRACTIONS_FILE,
    LABELS_FILE,
    PACKED_FOLDER,
    SCORES_FILE,
    STRUCTURE_FILE,
    TEXTS_FILE,
    UNSCORABLE_FILE,
)
from boilerbench.results.info import RunInfo
from boilerbench.results.packed import packed_file
from boilerbench.results.tables import PIECE, read_pieces
from boilerbench.tokenizers import storable

if TYPE_CHECKING:
    import pandas as pd

LARGE_OUTPUTS = 100_000
"""From so many outputs on a run is made in shards, read in pieces and packed."""

_TABLES = (
    *(DOCUMENTS_FILE, EXTRACTIONS_FILE, SCORES_FILE),
    *(LABELS_FILE, STRUCTURE_FILE, UNSCORABLE_FILE),
)
_WHOLE_NUMBERS = (
    *("characters", "blocks", "blocks_found", "words", "words_found"),
    *("kept", "lost", "invented", "unjudged"),
)
_NUMBERS = ("seconds", "peak_mb", "precision", "recall", "f1", "tp", "fp", "fn", "tn")
_TEXT_COLUMNS = ("document", "extractor", "status", "text", "markup", "format")
_GROUP = 5_000
"""Texts that are packed, and read, at once."""


def is_large(info: RunInfo) -> bool:
    """Tell whether a run has so many outputs that no table of it should be held."""
    return info.corpus.documents * len(info.rows) >= LARGE_OUTPUTS


def can_pack() -> bool:
    """Tell whether what packing needs is installed."""
    return importlib.util.find_spec("pyarrow") is not None


def pack(folder: Path) -> None:
    """Put Parquet files in the place of the long tables and the texts that a folder has as single files.

    The same rows make the same bytes, as far as pyarrow is the same.

    Raises:
        InputError: a table cannot be read.
    """
    (folder / PACKED_FOLDER).mkdir(exist_ok=True)
    for name in _TABLES:
        file = folder / name
        if file.exists():
            for number, piece in enumerate(read_pieces(file)):
                _write_table(packed_file(file, number), piece)
            file.unlink()
    file = folder / TEXTS_FILE
    if file.exists():
        texts = _texts(file)
        for number in itertools.count():
            if not (first := list(itertools.islice(texts, _GROUP))):
                break
            groups = itertools.takewhile(
                bool, (list(itertools.islice(texts, _GROUP)) for _ in range(PIECE // _GROUP - 1))
            )
            _write_texts(packed_file(file, number), itertools.chain([first], groups))
        file.unlink()


def _write_table(file: Path, piece: pd.DataFrame) -> None:
    import pyarrow
    from pyarrow import parquet

    fields = [(str(name), _kind(str(name))) for name in piece.columns]
    table = pyarrow.Table.from_pandas(piece, pyarrow.schema(fields), preserve_index=False)
    # Not the version of pandas.
    parquet.write_table(table.replace_schema_metadata(None), file, compression="zstd")


def _write_texts(file: Path, groups: Iterable[list[dict[str, Any]]]) -> None:
    import pyarrow
    from pyarrow import parquet

    schema = pyarrow.schema([(name, pyarrow.string()) for name in _TEXT_COLUMNS])
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for group in groups:
            writer.write_table(pyarrow.Table.from_pylist(group, schema))


def _texts(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            # Parquet stores no lone surrogates.
            yield {**row, "text": storable(row["text"]), "markup": storable(row.get("markup", ""))}


def _kind(column: str) -> Any:
    import pyarrow

    if column in _WHOLE_NUMBERS:
        return pyarrow.int64()
    return pyarrow.float64() if column in _NUMBERS else pyarrow.string()

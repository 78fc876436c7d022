"""Tables of pages in Parquet files."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qsl

from boilerbench.corpora.base import UNREADABLE
from boilerbench.corpora.reading import problem, utf8_page
from boilerbench.corpora.without_gold import (
    DAMAGED_FILE,
    EMPTY,
    LARGEST_PAGE,
    TOO_LARGE,
    PagesWithoutGold,
    files_at,
)
from boilerbench.errors import InputError
from boilerbench.records import Page
from boilerbench.tokenizers import storable

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

_ROWS = 64
"""Rows that are held at a time."""
_COLUMNS = {"html": "html", "url": "url", "charset": "charset"}
"""What is read, by the name of the column that has it unless the spec names another."""
_MISSING = "corpus parquet: pyarrow, which reads it, is not installed; pip install 'boilerbench[parquet]'"


class ParquetFiles(PagesWithoutGold):
    """Parquet files with a page in each row: ``parquet:PATH?html=COLUMN&url=COLUMN&charset=COLUMN``.

    The column of pages holds bytes as they were served, or text. An id is a file and the number of a row in
    it, from 0.
    """

    summary = "Parquet files with a page in each row, without gold; the spec names the columns"
    layout = (
        "a file, folder or pattern of .parquet, and where its columns are not html and url, ?html=…&url=…"
    )

    def __init__(self, path: str, files: dict[str, Path], columns: dict[str, str]) -> None:
        first = next(iter(files.values()))
        self.name = (first.stem if len(files) == 1 else first.parent.resolve().name) or "parquet"
        self.spec = f"parquet:{path}"
        self._files = files
        self._columns = columns

    @classmethod
    def open(cls, path: str) -> Self:
        place, columns = _columns_named(path)
        files = files_at("parquet", place, (".parquet",), cls.layout)
        asked = _COLUMNS | columns
        with _opened(next(iter(files.values()))) as file:
            present = set(file.schema_arrow.names)
        for what in ("html", *columns):
            if asked[what] not in present:
                known = ", ".join(sorted(present))
                line = f"no column {asked[what]!r} in it; there are {known}; name one with ?{what}=COLUMN"
                raise InputError(f"corpus parquet:{path}: {line}")
        return cls(path, files, {what: name for what, name in asked.items() if name in present})

    def pages(self, skipped: Callable[[str], None] = lambda reason: None) -> Iterator[tuple[str, Page]]:
        for name, path in self._files.items():
            try:
                with _opened(path) as file:
                    for number, row in self._rows(file):
                        page = self._page(row)
                        if page is None:
                            skipped(UNREADABLE)
                        elif not page.content.strip():
                            skipped(EMPTY)
                        elif len(page.content) > LARGEST_PAGE:
                            skipped(TOO_LARGE)
                        else:
                            yield f"{name}@{number:012}", page
            except InputError:
                skipped(DAMAGED_FILE)

    def page(self, document: str) -> Page:
        name, _, place = document.rpartition("@")
        if name not in self._files or not place.isdecimal():
            raise problem(document, document, "no such row")
        with _opened(self._files[name]) as file:
            number = begin = int(place)
            for group in range(file.metadata.num_row_groups):
                size = file.metadata.row_group(group).num_rows
                if begin < size:
                    for at, row in self._rows(file, group):
                        if at == begin and (page := self._page(row)) is not None:
                            return page
                begin -= size
                if begin < 0:
                    break
        raise problem(document, name, f"row {number} has no page")

    def _rows(self, file: pq.ParquetFile, group: int | None = None) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield rows with their numbers, of one group or of all."""
        groups = None if group is None else [group]
        number = 0
        for batch in file.iter_batches(_ROWS, row_groups=groups, columns=list(self._columns.values())):
            for row in _values(batch):
                yield number, row
                number += 1

    def _page(self, row: dict[str, Any]) -> Page | None:
        values = {what: row.get(column) for what, column in self._columns.items()}
        content = utf8_page(values["html"]) if isinstance(values["html"], str) else values["html"]
        url, charset = (
            value if isinstance(value := values.get(what), str) else None for what in ("url", "charset")
        )
        if not isinstance(content, bytes):
            return None
        return Page(content, storable(url) if url else None, charset or None)


def _columns_named(path: str) -> tuple[str, dict[str, str]]:
    """Return a path and the columns that are named behind it.

    Raises:
        InputError: something else is named.
    """
    place, mark, query = path.rpartition("?")
    # A question mark may be of a pattern.
    if not mark or "=" not in query:
        return path, {}
    named = dict(parse_qsl(query, keep_blank_values=True))
    for key in named:
        if key not in _COLUMNS:
            raise InputError(f"corpus parquet:{path}: {key!r} is none of {', '.join(_COLUMNS)}")
    return place, named


def _values(batch: pa.RecordBatch) -> list[dict[str, Any]]:
    """Return rows as plain values; one with a text that is not UTF-8 has none."""
    try:
        rows: list[dict[str, Any]] = batch.to_pylist()
    except UnicodeDecodeError:
        if batch.num_rows == 1:
            return [{}]
        return [row for at in range(batch.num_rows) for row in _values(batch.slice(at, 1))]
    return rows


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[pq.ParquetFile]:
    """Open a file.

    Raises:
        InputError: pyarrow is not there, or the file is damaged, be it while it is read.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise InputError(_MISSING) from None
    try:
        with pq.ParquetFile(path) as file:
            yield file
    except (OSError, pa.ArrowException) as error:
        reason = str(error).partition("\n")[0][:200]
        raise InputError(f"corpus parquet: {path}: cannot be read ({reason}); fetch it again") from None

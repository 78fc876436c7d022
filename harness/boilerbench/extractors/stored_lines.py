"""Stored outputs in a file of JSON Lines, which stay there: one is in memory at a time."""

from __future__ import annotations

import functools
import gzip
import weakref
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from boilerbench.extractors.stored_values import LayoutError, document_of, is_markup, markup_of, text_in
from boilerbench.line_index import Line, LineIndex, open_lines, read_line
from boilerbench.named_files import UnreadableFileError, check_regular, reason_of
from boilerbench.parsing import ParseError, parse_json
from boilerbench.records import MarkupFormat


class OutputLines:
    """The rows of a file by the ids of their documents; opening reads all of it once.

    ``version`` is the first that a line carries, ``markup`` whether any has markup.
    """

    def __init__(self, path: str, file: Path) -> None:
        """Index a file, which the spec names as ``path``.

        Raises:
            LayoutError: a line is none of an output, or one is given twice.
            InputError: the value of a line is in no known form.
            FileNotFoundError, UnreadableFileError: it cannot be read.
        EOFError, zlib.error, gzip.BadGzipFile: it is damaged.
        """
        self.path = path
        self.version = ""
        self.markup = False
        check_regular(file)
        try:
            self._file = open_lines(file)
        except (FileNotFoundError, gzip.BadGzipFile):
            raise
        # ValueError: a NUL in the name.
        except (OSError, ValueError) as error:
            raise UnreadableFileError(reason_of(error)) from None
        weakref.finalize(self, self._file.close)
        self.index = LineIndex(self._rows())
        if twice := self.index.twice:
            document, (_, second) = min(twice.items(), key=lambda lines: lines[1][1].number)
            raise LayoutError(f"line {second.number} gives {document} a second time")
        # The text of an output and its markup are asked for one after the other.
        self.value = functools.lru_cache(maxsize=4)(self._value)

    def _rows(self) -> Iterator[tuple[str, Line]]:
        begin = 0
        for number, content in enumerate(self._file, 1):
            if content.strip():
                row = _row(content, number)
                self.version = self.version or str(row.get("version") or "")
                if "id" in row:
                    value = _value_of(row)
                    self.markup = self.markup or is_markup(value)
                    document = document_of(str(row["id"]), value)
                    text_in(self.path, document, value)
                    yield document, Line(begin, len(content), number)
            begin += len(content)

    def _value(self, document: str) -> Any:
        line = self.index.find(document)
        if line is None:
            raise KeyError(document)
        return _value_of(_row(read_line(self._file, line), line.number))


class Texts(Mapping[str, str]):
    """The texts in a file of outputs, by document."""

    def __init__(self, lines: OutputLines) -> None:
        self._lines = lines

    def __getitem__(self, document: str) -> str:
        return text_in(self._lines.path, document, self._lines.value(document))

    def __contains__(self, document: object) -> bool:
        return isinstance(document, str) and document in self._lines.index

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines.index)

    def __len__(self) -> int:
        return len(self._lines.index)


class Markups(Mapping[str, tuple[str, MarkupFormat]]):
    """The markup in a file of outputs and its format, by document, of those that have any."""

    def __init__(self, lines: OutputLines) -> None:
        self._lines = lines

    def __getitem__(self, document: str) -> tuple[str, MarkupFormat]:
        value = self._lines.value(document) if self._lines.markup else None
        if value is None or not is_markup(value):
            raise KeyError(document)
        return markup_of(self._lines.path, document, value)

    def __iter__(self) -> Iterator[str]:
        documents = self._lines.index if self._lines.markup else ()
        return (document for document in documents if is_markup(self._lines.value(document)))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _value_of(row: dict[str, Any]) -> Any:
    return row if is_markup(row) else row.get("text", row.get("articleBody"))


def _row(content: bytes, number: int) -> dict[str, Any]:
    try:
        row = parse_json(content.rstrip())
    except ParseError as error:
        raise LayoutError(f"line {number}: {str(error).replace(' in line 1', '')}") from None
    if not isinstance(row, dict):
        raise LayoutError(f"line {number} is not an object")
    return row

"""The texts of a run, one line of compressed JSON each: what extractors returned, and reference rows."""

from __future__ import annotations

import contextlib
import csv
import gzip
import heapq
import io
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from boilerbench.errors import InputError
from boilerbench.records import MarkupFormat, Status
from boilerbench.results.files import EXTRACTIONS_FILE, REFERENCES_FILE, TEXTS_FILE
from boilerbench.results.packed import has_table, is_packed, packed_pieces, packed_texts
from boilerbench.results.schema import SchemaError, decode, parse

_OF_TEXT = ("document", "extractor", "status", "text")
_OF_MARKUP = (*_OF_TEXT, "markup", "format")


@dataclass(frozen=True, slots=True)
class StoredText:
    """A text that a run keeps: what an extractor returned for a document, or a reference row has for it."""

    document: str
    extractor: str
    """Or the name of the reference row."""
    status: Status
    text: str
    markup: str = ""
    """The markup that the text is of, where the extractor returned any."""
    format: MarkupFormat | None = None


@contextlib.contextmanager
def text_writer(file: Path) -> Iterator[Callable[[StoredText], object]]:
    """Open a file of texts for writing; the function takes one text at a time, by document.

    The same texts make the same bytes.
    """
    with gzip_lines(file) as lines:
        yield lambda stored: lines.write(json.dumps(_fields(stored)) + "\n")


@contextlib.contextmanager
def gzip_lines(file: Path) -> Iterator[io.TextIOWrapper]:
    """Open a gzip file for writing lines; the same lines make the same bytes."""
    with (
        file.open("wb") as packed,
        # No file name and no time.
        gzip.GzipFile(filename="", mode="wb", fileobj=packed, compresslevel=1, mtime=0) as zipped,
        io.TextIOWrapper(zipped, encoding="utf-8", newline="\n") as lines,
    ):
        yield lines


def _fields(stored: StoredText) -> dict[str, object]:
    """Return a text as plain values that ``decode`` reads again, without what it has not."""
    names = _OF_MARKUP if stored.format else _OF_TEXT
    return {name: getattr(stored, name) for name in names}


def read_texts(folder: Path) -> Iterator[StoredText]:
    """Read a run's texts one at a time, by document: those of the extractors, then those of reference rows.

    Raises:
        InputError: the texts are not there (they are not committed) or damaged.
    """
    extracted, references = _extracted(folder), read_references(folder)
    return heapq.merge(extracted, references, key=lambda stored: stored.document)


def read_references(folder: Path) -> Iterator[StoredText]:
    """Read the texts of a run's reference rows, by document; none where it has no such rows.

    Raises:
        InputError: the texts are damaged.
    """
    file = folder / REFERENCES_FILE
    return _read(file) if file.exists() else iter(())


def _extracted(folder: Path) -> Iterator[StoredText]:
    """Read the texts of extractors, each held against its row of extractions.csv where that is there."""
    if not has_table(folder / EXTRACTIONS_FILE):
        yield from _read(folder / TEXTS_FILE)
        return
    rows = _rows(folder / EXTRACTIONS_FILE)
    for number, stored in enumerate(_read(folder / TEXTS_FILE), 1):
        if next(rows, None) != (stored.document, stored.extractor, stored.status, str(len(stored.text))):
            what = f"{TEXTS_FILE}: line {number} is not what {EXTRACTIONS_FILE} has there"
            raise InputError(f"run {folder}: {what}; run the benchmark again")
        yield stored
    if row := next(rows, None):
        what = f"{TEXTS_FILE} has no text of {row[1]} for {row[0]}"
        raise InputError(f"run {folder}: {what}; run the benchmark again")


def _rows(file: Path) -> Iterator[tuple[str, ...]]:
    """Read document, extractor, status and characters of each extraction, in the order of the texts."""
    names = ("document", "extractor", "status", "characters")
    if is_packed(file):
        for piece in packed_pieces(file):
            yield from zip(*(piece[name].astype(str) for name in names), strict=True)
        return
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            table = csv.reader(lines)
            header = next(table, [])
            if missing := [name for name in names if name not in header]:
                raise InputError(f"{file}: has no column {missing[0]}; run the benchmark again")
            columns = [header.index(name) for name in names]
            for row in table:
                yield tuple(row[index] for index in columns)
    except FileNotFoundError:
        raise InputError(f"run {file.parent}: {file.name} is not there; run the benchmark again") from None
    except (OSError, ValueError, IndexError, csv.Error) as error:
        raise InputError(f"{file}: cannot be read ({error}); run the benchmark again") from None


def _read(file: Path) -> Iterator[StoredText]:
    number = 0
    if is_packed(file):
        for row in packed_texts(file):
            yield decode(StoredText, row)
        return
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                number += 1
                yield decode(StoredText, parse(line))
    except FileNotFoundError:
        raise InputError(f"run {file.parent}: {file.name} is not there; run the benchmark again") from None
    except SchemaError as error:
        raise InputError(
            f"run {file.parent}: {file.name}: line {number}: {error}; run the benchmark again"
        ) from None
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise InputError(
            f"run {file.parent}: {file.name} is damaged ({error}); run the benchmark again"
        ) from None

"""The tables and texts of runs of parts of a corpus, put together as a run of all of it writes them."""

from __future__ import annotations

import csv
import functools
import gzip
import heapq
import json
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain, pairwise
from pathlib import Path
from typing import Any, TypeVar

from boilerbench.errors import InputError
from boilerbench.results.files import (
    DOCUMENTS_FILE,
    ERRORS_FILE,
    EXTRACTIONS_FILE,
    LABELS_FILE,
    REFERENCES_FILE,
    SCORES_FILE,
    SHARD_FILE,
    STRUCTURE_FILE,
    TEXTS_FILE,
    UNSCORABLE_FILE,
)
from boilerbench.results.packed import has_table, is_packed, packed_rows, packed_texts
from boilerbench.results.texts import gzip_lines

_TABLES = (
    *(DOCUMENTS_FILE, SHARD_FILE, EXTRACTIONS_FILE, SCORES_FILE),
    *(LABELS_FILE, STRUCTURE_FILE, UNSCORABLE_FILE),
)
Item = TypeVar("Item")
Reader = Callable[[Path], Iterator[Item]]


def merge_files(parts: Sequence[Path], folder: Path, rows: Collection[str], dropped: Collection[str]) -> None:
    """Write the tables and texts of several runs as those of one, by document.

    Args:
        parts: the folders of the runs.
        folder: where to write.
        rows: the reference rows that all of them have.
        dropped: those that only some have, which are left out.

    Raises:
        InputError: a file is not there or damaged, or a document is in two of the runs.
    """
    spans = {part: _span(part / DOCUMENTS_FILE) for part in parts}
    parts = sorted(parts, key=lambda part: spans[part])
    # Parts that follow each other are read one after the other, however many there are.
    apart = all(spans[one][1] < spans[two][0] for one, two in pairwise(parts))
    for name in _TABLES:
        if files := [part / name for part in parts if has_table(part / name)]:
            _write_table(folder / name, files, dropped, apart=apart)
    for name in (TEXTS_FILE, REFERENCES_FILE) if rows else (TEXTS_FILE,):
        files = [part / name for part in parts]
        read = functools.partial(_lines, open_file=_unpacked, dropped=dropped)
        with gzip_lines(folder / name) as lines:
            lines.writelines(line for _, line in _joined(files, read, apart=apart))
    if files := [part / ERRORS_FILE for part in parts if (part / ERRORS_FILE).exists()]:
        with (folder / ERRORS_FILE).open("w", encoding="utf-8") as lines:
            lines.writelines(line for _, line in _joined(files, _lines, apart=apart))


def _write_table(file: Path, files: Sequence[Path], dropped: Collection[str], *, apart: bool) -> None:
    header = _header(files[0])
    last = ""
    with file.open("w", encoding="utf-8", newline="") as table:
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(header)
        for row in _joined(files, functools.partial(_rows, header=header), apart=apart):
            if file.name == DOCUMENTS_FILE and row[0] == last:
                raise InputError(f"{row[0]} is in two of the runs; merge runs of different documents")
            last = row[0]
            if len(row) < 2 or row[1] not in dropped or file.name in (DOCUMENTS_FILE, SHARD_FILE):
                writer.writerow(row)


def _joined(files: Sequence[Path], read: Reader[Item], *, apart: bool) -> Iterator[Item]:
    """Read what several files have by document; the first of each item is its document."""
    if apart:
        return chain.from_iterable(map(read, files))
    return heapq.merge(*map(read, files), key=_document)


def _document(item: Any) -> str:
    document: str = item[0]
    return document


def _span(file: Path) -> tuple[str, str]:
    """Return the first and the last document of a run."""
    first = last = ""
    for row in _rows(file, _header(file)):
        first, last = first or row[0], row[0]
    return first, last


def _header(file: Path) -> list[str]:
    return next(_read(file), [])


def _rows(file: Path, header: list[str]) -> Iterator[list[str]]:
    rows = _read(file)
    if next(rows, []) != header:
        raise InputError(f"{file}: has other columns than the other runs; run the benchmark again")
    return rows


def _read(file: Path) -> Iterator[list[str]]:
    if is_packed(file):
        yield from packed_rows(file)
        return
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            yield from csv.reader(lines)
    except FileNotFoundError:
        raise InputError(f"run {file.parent}: {file.name} is not there; run the benchmark again") from None
    except (OSError, ValueError, csv.Error) as error:
        raise InputError(f"{file}: cannot be read ({error}); run the benchmark again") from None


def _unpacked(file: Path) -> Iterable[str]:
    if is_packed(file):
        yield from (json.dumps(row) + "\n" for row in packed_texts(file))
        return
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from lines


def _plain(file: Path) -> Iterable[str]:
    with file.open(encoding="utf-8") as lines:
        yield from lines


def _lines(
    file: Path, *, open_file: Callable[[Path], Iterable[str]] = _plain, dropped: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """Yield each line of a file of JSON objects with its document."""
    try:
        for line in open_file(file):
            record = json.loads(line)
            if record["extractor"] not in dropped:
                yield record["document"], line
    except FileNotFoundError:
        raise InputError(f"run {file.parent}: {file.name} is not there; run the benchmark again") from None
    except (OSError, EOFError, ValueError, LookupError, TypeError, zlib.error) as error:
        what = f"{file.name} is damaged ({error}); run the benchmark again"
        raise InputError(f"run {file.parent}: {what}") from None

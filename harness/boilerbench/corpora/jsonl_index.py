"""An index of a file of JSON Lines, of which one row at a time is in memory."""

from __future__ import annotations

import errno
import functools
import gzip
import itertools
import weakref
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, cast

from boilerbench.corpora.base import expanded
from boilerbench.corpora.listing import Listing, is_id
from boilerbench.corpora.reading import problem
from boilerbench.errors import InputError
from boilerbench.line_index import Line, LineIndex, open_lines, read_line
from boilerbench.parsing import ParseError, keys_given_twice, parse_json

SUFFIXES = (".jsonl", ".jsonl.gz")


class JsonLines:
    """The rows of a file by their ids, each read again from where it begins when it is asked for.

    Opening reads the file once. A row that is no object with an id of its own is a document with a fault: it
    has the id of its line, as in ``line-7``, and asking for it raises what is wrong with it. Rows may be
    asked for by threads and forked processes at the same time.
    """

    def __init__(self, path: Path, key: str, prefix: str = "") -> None:
        """Index a file; ``key`` names the id in a row, and ``prefix`` stands before each id.

        Raises:
            InputError: the file cannot be read, or no line of several is a row with an id.
        """
        self.path = path
        self._file = _open(path)
        weakref.finalize(self, self._file.close)
        self._faulty: Listing[Line] = Listing()
        self._lines = LineIndex(self._rows(key, prefix))
        for document, (first, second) in self._lines.twice.items():
            # That leaves open what is meant by either.
            what = f"duplicate id, as in line {first.number}"
            where = _where(path, second.number)
            self._faulty.refuse(document, problem(document, where, what, "give every document its own"))
        if self._faulty and not self._lines:
            document, fault = next(iter(self._faulty.faults.items()))
            raise InputError(f"corpus: {str(fault).removeprefix(f'{document}: ')}")
        # Page, gold and metadata of a document are asked for one after the other.
        self.row = functools.lru_cache(maxsize=4)(self._row)
        self._line = functools.lru_cache(maxsize=4)(self._find)
        self.where = functools.lru_cache(maxsize=4)(self._place)

    def ids(self) -> list[str]:
        """Return all ids, sorted."""
        ids = list(self._lines)
        return sorted({*ids, *self._faulty.ids()}) if self._faulty else ids

    def _place(self, document: str) -> str:
        """Name the file and the line of a document; ``where`` remembers the last ones.

        Raises:
            InputError: the row has a fault.
        """
        return _where(self.path, self._line(document).number)

    def fault(self, document: str) -> InputError | None:
        """Return why a document has no row, if that is so."""
        return self._faulty.fault(document)

    def _rows(self, key: str, prefix: str) -> Iterator[tuple[str, Line]]:
        """Yield each row that has an id, and take up the faults of those that have none."""
        begin = 0
        for number, content in enumerate(self._file, 1):
            if not content.isspace():
                document = f"{prefix}line-{number}"
                where = _where(self.path, number)
                try:
                    named = prefix + _id(document, where, key, _parse(document, where, content))
                except InputError as error:
                    self._faulty.refuse(document, error)
                else:
                    yield named, Line(begin, len(content), number)
            begin += len(content)

    def _find(self, document: str) -> Line:
        if document in self._faulty:
            return self._faulty[document]
        line = self._lines.find(document)
        if line is None:
            raise KeyError(document)
        return line

    def _row(self, document: str) -> dict[str, Any]:
        line = self._line(document)
        return _parse(document, _where(self.path, line.number), read_line(self._file, line))


def _where(path: Path, number: int) -> str:
    return f"{path.name}, line {number}"


def _parse(document: str, where: str, content: bytes) -> dict[str, Any]:
    """Parse a line.

    Raises:
        InputError: it is no JSON object, or has a key twice.
    """
    try:
        row = parse_json(content.rstrip())
    except ParseError as error:
        # A line has but one line.
        what = str(error).replace(" in line 1", "")
        advice = "save it as UTF-8" if "UTF-8" in what else "correct it or fetch it again"
        raise problem(document, where, what, advice) from None
    if not isinstance(row, dict):
        raise problem(document, where, "not an object", 'write {"…": …} in each line')
    if twice := keys_given_twice(row):
        raise problem(document, where, f"{twice[0]!r} is there twice", "keep one")
    return row


def _id(document: str, where: str, key: str, row: dict[str, Any]) -> str:
    value = row.get(key)
    if type(value) is int:
        value = str(value)
    if not isinstance(value, str) or not value:
        what = f"no {key}" if key not in row else f"{key} is not a text, or empty"
        raise problem(document, where, what, f'write {{"{key}": "…", …}}')
    if not is_id(value):
        raise problem(document, where, f"{key} {value!r} is no id", "use visible characters only")
    return value


def stream_rows(
    path: Path, key: str, skipped: Callable[[str], None], lines: int | None = None
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield each row of a file with its id and its place, in the order of the file, without an index.

    Rows with one id are not found so.

    Args:
        path: of the file, plain or gzipped.
        key: the name of the id in a row.
        skipped: told, in a few words, of each line that is no row with an id, and of a file that breaks off.
        lines: how many lines to read; by default all.
    """
    try:
        with _unpacking(path) as file:
            for number, content in enumerate(itertools.islice(file, lines), 1):
                if not content.isspace():
                    where = _where(path, number)
                    try:
                        row = _parse("corpus", where, content)
                        found = _id("corpus", where, key, row), where, row
                    except InputError:
                        skipped("a line that is no row with an id")
                    else:
                        yield found
    except (EOFError, zlib.error, OSError):
        skipped("a file that cannot be read to its end")


def _unpacking(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return cast(IO[bytes], gzip.open(path)) if packed else path.open("rb")


def rows_file(corpus: str, path: str, layout: str) -> Path:
    """Return the file of rows at a path: the file itself, or the only one in a folder.

    Raises:
        InputError: there is none, or there are several.
    """
    file = expanded(path)
    if not file.is_dir():
        if path and file.is_file():
            return file
        if path and file.exists():
            # A pipe or a device may never end, and cannot be read from where a row begins.
            raise InputError(f"corpus {corpus}:{path}: no regular file; give {layout}")
        raise InputError(f"corpus {corpus}:{path or '(no path)'}: does not exist; give {layout}")
    files = sorted(entry for entry in file.iterdir() if entry.name.endswith(SUFFIXES))
    if len(files) != 1:
        what = (
            f"{len(files)} files of JSON Lines, such as {files[0].name}" if files else "no JSON Lines in it"
        )
        raise InputError(f"corpus {corpus}:{path}: {what}; name {layout}")
    return files[0]


def _open(path: Path) -> IO[bytes]:
    try:
        return open_lines(path)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        advice = "fetch the file again"
        raise problem("corpus", path.name, f"truncated or damaged gzip ({error})", advice) from None
    except OSError as error:
        advice = "make room" if error.errno == errno.ENOSPC else "make it readable"
        raise problem("corpus", path, error.strerror or str(error), advice) from None

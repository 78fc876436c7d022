"""An index of a file of JSON Lines, of which one row at a time is in memory."""

from __future__ import annotations

import functools
import gzip
import io
import itertools
import os
import shutil
import tempfile
import weakref
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from boilerbench.corpora.base import expanded
from boilerbench.corpora.listing import Listing, is_id
from boilerbench.corpora.reading import problem
from boilerbench.errors import InputError
from boilerbench.parsing import ParseError, keys_given_twice, parse_json

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

SUFFIXES = (".jsonl", ".jsonl.gz")


class _Line(NamedTuple):
    """Where a row is in its file."""

    begin: int
    length: int
    number: int


class JsonLines:
    """The rows of a file by their ids, each read again from where it begins when it is asked for.

    The first question about ids reads the file once. A row that is no object with an id of its own is a
    document with a fault: it has the id of its line, as in ``line-7``, and asking for it raises what is wrong
    with it. A gzip file is unpacked into a temporary file without a name, since in it no row could be found
    without unpacking all before it. Rows may be asked for by threads and forked processes at the same time.
    """

    def __init__(self, path: Path, key: str, prefix: str = "") -> None:
        """Open a file; ``key`` names the id in a row, and ``prefix`` stands before each id.

        Raises:
            InputError: the file cannot be read.
        """
        self.path = path
        self._key, self._prefix = key, prefix
        self._file = _open(path)
        weakref.finalize(self, self._file.close)
        # Page, gold and metadata of a document are asked for one after the other.
        self.row = functools.lru_cache(maxsize=4)(self._row)

    def ids(self) -> list[str]:
        """Return all ids, sorted.

        Raises:
            InputError: no line of several is a row with an id.
        """
        return self._lines.ids()

    def where(self, document: str) -> str:
        """Name the file and the line of a document.

        Raises:
            InputError: the row has a fault.
        """
        return _where(self.path, self._lines[document].number)

    def fault(self, document: str) -> InputError | None:
        """Return why a document has no row, if that is so."""
        return self._lines.fault(document)

    def first(self) -> dict[str, Any] | None:
        """Return the first row; None where the first line is no row with an id, or there is none."""
        return next((row for _, _, row in self.stream(lambda reason: None, lines=1)), None)

    def stream(
        self, skipped: Callable[[str], None], lines: int | None = None
    ) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Yield each row with its id and its place, in the order of the file, without an index.

        Rows with one id are not found so.

        Args:
            skipped: told, in a few words, of each line that is no row with an id.
            lines: how many lines to read; by default all.
        """
        for content, line in itertools.islice(self._contents(), lines):
            where = _where(self.path, line.number)
            try:
                row = _parse("corpus", where, content)
                yield self._prefix + _id("corpus", where, self._key, row), where, row
            except InputError:
                skipped("a line that is no row with an id")

    @functools.cached_property
    def _lines(self) -> Listing[_Line]:
        listing: Listing[_Line] = Listing()
        rows = 0
        for content, line in self._contents():
            rows += self._take(listing, content, line)
        if listing and not rows:
            document, fault = next(iter(listing.faults.items()))
            raise InputError(f"corpus: {str(fault).removeprefix(f'{document}: ')}")
        return listing

    def _contents(self) -> Iterator[tuple[bytes, _Line]]:
        """Yield each line that is not blank, with its place."""
        begin = 0
        with io.BufferedReader(_OwnPosition(self._file), 1 << 20) as lines:
            for number, content in enumerate(lines, 1):
                if not content.isspace():
                    yield content, _Line(begin, len(content), number)
                begin += len(content)

    def _take(self, listing: Listing[_Line], content: bytes, line: _Line) -> bool:
        """Take up a line, and tell whether it is a row with an id."""
        document = f"{self._prefix}line-{line.number}"
        where = _where(self.path, line.number)
        try:
            row = _parse(document, where, content)
            document = self._prefix + _id(document, where, self._key, row)
        except InputError as error:
            listing.refuse(document, error)
            return False
        if document not in listing:
            listing.add(document, line)
        elif not listing.fault(document):
            # That leaves open what is meant by either.
            what = f"duplicate id, as in line {listing[document].number}"
            listing.refuse(document, problem(document, where, what, "give every document its own"))
        return True

    def _row(self, document: str) -> dict[str, Any]:
        line = self._lines[document]
        # Not seek and read: threads and forked processes share the file's position.
        content = os.pread(self._file.fileno(), line.length, line.begin)
        return _parse(document, _where(self.path, line.number), content)


class _OwnPosition(io.RawIOBase):
    """A file read from its beginning: threads and forked processes share the position of the file itself."""

    def __init__(self, file: IO[bytes]) -> None:
        self._descriptor = file.fileno()
        self._at = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        read = os.preadv(self._descriptor, [buffer], self._at)
        self._at += read
        return read


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
        file: IO[bytes] = path.open("rb")
        if file.read(2) != b"\x1f\x8b":
            file.seek(0)
            return file
        file.close()
        unpacked: IO[bytes] = tempfile.TemporaryFile(prefix="boilerbench-")  # noqa: SIM115 - closed by its user
    except OSError as error:
        raise problem("corpus", path, error.strerror or str(error), "make it readable") from None
    try:
        with gzip.open(path) as packed:
            shutil.copyfileobj(packed, unpacked, 1 << 20)
    except (EOFError, zlib.error, gzip.BadGzipFile, OSError) as error:
        unpacked.close()
        if isinstance(error, OSError) and error.errno:
            raise problem(
                "corpus", path.name, f"cannot be unpacked ({error.strerror})", "make room"
            ) from None
        raise problem(
            "corpus", path.name, f"truncated or damaged gzip ({error})", "fetch the file again"
        ) from None
    unpacked.seek(0)
    return unpacked

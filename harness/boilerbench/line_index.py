"""Where the rows of a file of lines are, by id: in few bytes, so that there may be millions of them."""

from __future__ import annotations

import errno
import gzip
import os
import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice
from operator import lt
from pathlib import Path
from typing import IO, NamedTuple

LARGEST_UNPACKED = 64 << 30
"""Bytes to which a packed file may unpack; a few megabytes can stand for all of a disk."""


class Line(NamedTuple):
    """Where a row is in its file."""

    begin: int
    length: int
    number: int


class LineIndex:
    """Lines by the ids of their rows: about 32 bytes a row beside its id, whatever the rows hold."""

    def __init__(self, rows: Iterable[tuple[str, Line]]) -> None:
        """Index rows; of those that share an id the first is kept, and ``twice`` has the second."""
        self.twice: dict[str, tuple[Line, Line]] = {}
        """The first and the second line of each id that several rows have."""
        names: list[bytes] = []
        begins, lengths, numbers = array("Q"), array("Q"), array("Q")
        for name, (begin, length, number) in rows:
            names.append(_written(name))
            begins.append(begin)
            lengths.append(length)
            numbers.append(number)
        if all(map(lt, names, islice(names, 1, None))):
            order: Iterable[int] = range(len(names))
        else:
            order = self._without_repeated(names, begins, lengths, numbers)
            names, begins, lengths, numbers = (
                [names[place] for place in order],
                *(array("Q", (column[place] for place in order)) for column in (begins, lengths, numbers)),
            )
        self._begins, self._lengths, self._numbers = begins, lengths, numbers
        self._names = b"".join(names)
        self._ends = array("Q", accumulate(map(len, names), initial=0))
        self._last = -1

    def __len__(self) -> int:
        return len(self._begins)

    def __contains__(self, name: str) -> bool:
        return self.find(name) is not None

    def __iter__(self) -> Iterator[str]:
        """Yield all ids, sorted."""
        return (self._name(place).decode("utf-8", "surrogatepass") for place in range(len(self)))

    def find(self, name: str) -> Line | None:
        """Return the line of an id; None where no row has it."""
        written = _written(name)
        # Rows are mostly asked for in order.
        place = self._last + 1
        if place >= len(self) or self._name(place) != written:
            place = bisect_left(range(len(self)), written, key=self._name)
            if place == len(self) or self._name(place) != written:
                return None
        self._last = place
        return Line(self._begins[place], self._lengths[place], self._numbers[place])

    def _name(self, place: int) -> bytes:
        return self._names[self._ends[place] : self._ends[place + 1]]

    def _without_repeated(self, names: list[bytes], *columns: array[int]) -> list[int]:
        """Return the places of names in order, each name's first one only."""
        order: list[int] = []
        for place in sorted(range(len(names)), key=names.__getitem__):
            if order and names[order[-1]] == names[place]:
                lines = (Line(*(column[each] for column in columns)) for each in (order[-1], place))
                self.twice.setdefault(
                    names[place].decode("utf-8", "surrogatepass"), (next(lines), next(lines))
                )
            else:
                order.append(place)
        return order


def open_lines(path: Path) -> IO[bytes]:
    """Open a file of lines; a gzip file is unpacked into a temporary file without a name.

    In that no row could be found without unpacking all before it.

    Raises:
        OSError: it cannot be read, or there is no room for what it unpacks to.
        EOFError, zlib.error, gzip.BadGzipFile: it is damaged.
    """
    file: IO[bytes] = path.open("rb")
    if file.read(2) != b"\x1f\x8b":
        file.seek(0)
        return file
    file.close()
    unpacked: IO[bytes] = tempfile.TemporaryFile(prefix="boilerbench-")  # noqa: SIM115 - closed by its user
    try:
        with gzip.open(path) as packed:
            while content := packed.read(1 << 20):
                if unpacked.tell() > LARGEST_UNPACKED:
                    raise OSError(errno.EFBIG, f"unpacks to more than {LARGEST_UNPACKED >> 30} GB")
                unpacked.write(content)
    except BaseException:
        unpacked.close()
        raise
    unpacked.seek(0)
    return unpacked


def read_line(file: IO[bytes], line: Line) -> bytes:
    """Read a line, whatever else is read by threads and forked processes that share the file."""
    return os.pread(file.fileno(), line.length, line.begin)


def _written(name: str) -> bytes:
    return name.encode("utf-8", "surrogatepass")

"""Indexes of WARC files, CDX and CDXJ: which record lies where."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from boilerbench.parsing import ParseError, parse_json

SUFFIXES = (".cdx", ".cdxj", ".cdx.gz", ".cdxj.gz")
UNREADABLE_LINE = "a line of the index that cannot be read"
_LONGEST_LINE = 1 << 20
_FIELDS = 11


class Place(NamedTuple):
    """Where a record lies."""

    file: str
    """As the index names it."""
    offset: int


def read_cdx(path: Path, skipped: Callable[[str], None]) -> Iterator[Place]:
    """Yield the places that an index names, one line at a time.

    CDXJ has a JSON object with ``filename`` and ``offset`` behind key and time stamp. CDX has eleven fields
    between spaces (header `` CDX N b a m s k r M S V g``), of which the last two are offset and file.

    Args:
        path: of the index, plain or gzipped.
        skipped: told of each line that says neither.
    """
    with gzip.open(path) if path.name.endswith(".gz") else path.open("rb") as file:
        while line := file.readline(_LONGEST_LINE):
            text = line.decode("utf-8", "replace").strip()
            if not text or text.startswith(("CDX ", "!")):
                continue
            if place := _place(text):
                yield place
            else:
                skipped(UNREADABLE_LINE)


def _place(line: str) -> Place | None:
    file: object
    offset: object
    start = line.find("{")
    if start >= 0:
        try:
            facts = parse_json(line[start:])
        except ParseError:
            return None
        file, offset = facts.get("filename"), facts.get("offset")
    else:
        fields = line.split()
        if len(fields) != _FIELDS:
            return None
        offset, file = fields[-2:]
    number = str(offset)
    known = isinstance(file, str) and file and number.isdecimal() and len(number) <= 18
    return Place(str(file), int(number)) if known else None

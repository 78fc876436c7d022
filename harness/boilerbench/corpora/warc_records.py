"""The records of a WARC file, one after the other, past whatever is damaged."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from boilerbench.http_client import charset_of
from boilerbench.records import Page

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

DAMAGED = "a damaged stretch"
WRONG_LENGTH = "a record whose length is wrong"
TRUNCATED = "a record that is cut off"
_GZIP, _ZSTD, _PLAIN = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"WARC/1."
_FAULTS = (OSError, ValueError, RuntimeError, EOFError, zlib.error)
_NO_HEADER = "Invalid WARC header"
"""What FastWARC says where no record begins."""
_PIECE = 1 << 20
_HEADERS = 64 << 10
"""Bytes of a record beside its page: HTTP headers."""
_HTML = ("text/html", "application/xhtml+xml")
_SNIFFED = re.compile(rb"<!doctype html|<html|<head|<body", re.IGNORECASE)
_KINDS = ("warcinfo", "request", "metadata", "revisit", "conversion", "continuation")
_FAMILIES = ("application", "audio", "font", "image", "message", "model", "multipart", "text", "video")
_MOST = (64 << 20) + 1
"""Bytes of a body that are unpacked at most, more than a page may have."""
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,18})[ \t\r]*$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it was read."""

    offset: int
    """Of its beginning; in a file that is one gzip member as a whole, within what that unpacks to."""
    kind: str
    """Its WARC-Type."""
    url: str
    content_type: str
    length: int
    """As its header states it."""
    block: bytes
    """All of it, or its beginning where it is longer than what was asked for."""


class WarcFile:
    """A WARC file: plain, of gzip members or zstd frames by record, or one gzip member.

    Args:
        path: of the file.
        largest: bytes of a page beyond which it is not read.
    """

    def __init__(self, path: Path, largest: int) -> None:
        self.path = path
        self._largest = largest + _HEADERS
        with path.open("rb") as file:
            beginning = file.read(4)
            self._is_one_member = beginning.startswith(_GZIP) and _is_one_member(file)
        frames = not self._is_one_member and beginning.startswith((_GZIP, _ZSTD))
        self._mark = (
            beginning[:3] if frames and beginning.startswith(_GZIP) else beginning if frames else _PLAIN
        )

    def records(self, skipped: Callable[[str], None]) -> Iterator[Record]:
        """Yield the records that are whole; ``skipped`` is told of the others.

        Where reading fails, it goes on at the next place where a record may begin. A record behind which no
        other begins is taken only if the HTTP header in it agrees about its length.

        Raises:
            OSError: the file cannot be opened.
        """
        with self._open() as file:
            start: int | None = 0
            told: list[str] = []
            while start is not None:
                # What is met again and again before the next record is one fault.
                faults: list[str] = []
                read = 0
                for record in (reading := _Reading(self._until_fault(file, start, faults.append))):
                    read += 1
                    yield record
                if faults and (read or not told):
                    skipped(faults[0])
                told = faults
                start = reading.result

    def record(self, offset: int) -> Record | None:
        """Return the record that begins at an offset; None where none does."""
        with self._open() as file:
            try:
                return next(self._read(file, offset), None)
            except _FAULTS:
                return None

    def _until_fault(
        self, file: IO[bytes], start: int, skipped: Callable[[str], None]
    ) -> Generator[Record, None, int | None]:
        """Yield records from an offset on; return where to go on after a fault, None at the end."""
        held: Record | None = None
        suspect = start
        try:
            for record in self._read(file, start):
                if held is not None:
                    yield held
                held, suspect = record, record.offset
                if len(record.block) < min(record.length, self._largest):
                    # It runs past the end, or its length takes in what follows.
                    held = None
                    skipped(TRUNCATED)
                    return self._next_mark(file, suspect + 1)
        except _FAULTS as error:
            if held is None:
                skipped(DAMAGED)
            elif _NO_HEADER in str(error) and not _ends_where_it_says(held):
                skipped(WRONG_LENGTH)
            else:
                yield held
                skipped(DAMAGED)
            return self._next_mark(file, suspect + 1)
        if held is not None:
            yield held
        return None

    def _read(self, file: IO[bytes], start: int) -> Iterator[Record]:
        from fastwarc.warc import ArchiveIterator

        file.seek(start)
        for record in ArchiveIterator(file, parse_http=False):
            yield Record(
                offset=record.stream_pos,
                kind=str(record.headers.get("WARC-Type") or ""),
                url=str(record.headers.get("WARC-Target-URI") or "").strip("<> \t"),
                content_type=str(record.headers.get("Content-Type") or ""),
                length=record.content_length,
                block=record.reader.read(min(record.content_length, self._largest)),
            )

    def _next_mark(self, file: IO[bytes], start: int) -> int | None:
        """Return the next place from an offset on where a record may begin."""
        overlap = len(self._mark) - 1
        position = start
        try:
            while True:
                file.seek(position)
                piece = file.read(_PIECE)
                found = piece.find(self._mark)
                if found >= 0:
                    return position + found
                if len(piece) <= overlap:
                    return None
                position += len(piece) - overlap
        except _FAULTS:
            return None

    def _open(self) -> IO[bytes]:
        return gzip.open(self.path) if self._is_one_member else self.path.open("rb")  # type: ignore[return-value]


class _Reading:
    """A generator, and what it returned once it has ended."""

    def __init__(self, generator: Generator[Record, None, int | None]) -> None:
        self._generator = generator
        self.result: int | None = None

    def __iter__(self) -> Iterator[Record]:
        self.result = yield from self._generator


def _ends_where_it_says(record: Record) -> bool:
    headers, _, body = record.block.partition(b"\r\n\r\n")
    length = _LENGTH.search(headers)
    return length is not None and int(length[1]) == len(body)


def page_of(record: Record, largest: int) -> Page | str:
    """Return the page that a record holds, or in a few words why it holds none."""
    if record.kind not in ("response", "resource"):
        return f"a record of type {record.kind}" if record.kind in _KINDS else "a record of another type"
    if record.length > largest + _HEADERS:
        return f"larger than {largest >> 20} MB"
    if record.kind == "resource":
        content, header = record.block, record.content_type
    else:
        answer = _answer(record)
        if isinstance(answer, str):
            return answer
        content, header = answer
    if not content.strip() or len(content) > largest:
        return f"larger than {largest >> 20} MB" if content.strip() else "empty"
    kind = header.partition(";")[0].strip().lower()
    if kind not in _HTML and (kind or not _SNIFFED.search(content[:1024])):
        family = kind.partition("/")[0]
        return f"not HTML ({family if family in _FAMILIES else 'unknown'})"
    return Page(content, record.url or None, charset_of(header))


def _answer(record: Record) -> tuple[bytes, str] | str:
    """Return body and Content-Type of a response, or why it is none with a page."""
    if not record.content_type.lower().startswith("application/http"):
        return "not HTTP"
    try:
        http = _parsed(record.block, "all")
        status = http.http_headers.status_code
        if status != 200:
            return f"status {status}" if status and 100 <= status < 600 else DAMAGED
        header = str(http.http_headers.get("Content-Type") or "")
        return http.reader.read(_MOST), header
    except _FAULTS:
        pass
    try:
        # Crawlers leave headers of an encoding on bodies that they have decoded.
        http = _parsed(record.block, "none")
        return http.reader.read(_MOST), str(http.http_headers.get("Content-Type") or "")
    except _FAULTS:
        return DAMAGED


def _parsed(block: bytes, decoding: str) -> WarcRecord:
    from fastwarc.warc import WarcRecord

    record = WarcRecord()
    record.set_bytes_content(block)
    record.is_http = True
    record.parse_http(auto_decode=decoding, strict_mode=False)  # type: ignore[arg-type]
    return record


def _is_one_member(file: IO[bytes]) -> bool:
    """Tell whether the first gzip member of a file holds more than the first record.

    It may be taken for such where the length of that is wrong; then all is read as one, which does no harm.
    """
    file.seek(0)
    unpacking = zlib.decompressobj(31)
    unpacked = b""
    try:
        while not unpacking.eof and len(unpacked) < _PIECE and (piece := file.read(_HEADERS)):
            unpacked += unpacking.decompress(piece, _PIECE - len(unpacked))
    except zlib.error:
        return False
    headers = unpacked.partition(b"\r\n\r\n")[0]
    length = _LENGTH.search(headers)
    end = len(headers) + 4 + int(length[1]) if length else 0
    return bool(end and unpacked[end:].strip(b"\r\n"))

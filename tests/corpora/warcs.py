"""WARC files as tests write them, record by record."""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Iterable
from pathlib import Path

from fastwarc.stream_io import ZstdWriter

HTML = "text/html; charset=utf-8"


def answer(
    body: bytes, status: str = "200 OK", content_type: str | None = HTML, headers: Iterable[str] = ()
) -> bytes:
    """An HTTP response as a server sends it."""
    kind = [f"Content-Type: {content_type}"] if content_type else []
    lines = [f"HTTP/1.1 {status}", *kind, f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def record(
    block: bytes, url: str = "https://site.example/", kind: str = "response", length: int | None = None
) -> bytes:
    """A record of a WARC file; ``length`` is stated instead of the right one."""
    content_type = "application/http; msgtype=response" if kind == "response" else "text/html"
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>",
        "WARC-Date: 2026-01-01T00:00:00Z",
        f"Content-Type: {content_type}",
        f"Content-Length: {len(block) if length is None else length}",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + block + b"\r\n\r\n"


def page(text: str, url: str = "https://site.example/", **facts: str) -> bytes:
    """The record of a page with a paragraph."""
    return record(answer(f"<html><body><p>{text}</p></body></html>".encode(), **facts), url)


def packed(records: Iterable[bytes], kind: str) -> bytes:
    """Records as a file has them: ``plain``, ``gz`` or ``zst`` by record, ``one`` gzip member."""
    records = list(records)
    if kind == "plain":
        return b"".join(records)
    if kind == "one":
        return gzip.compress(b"".join(records), mtime=0)
    if kind == "gz":
        return b"".join(gzip.compress(each, mtime=0) for each in records)
    return b"".join(map(_zstd, records))


SUFFIX = {"plain": ".warc", "gz": ".warc.gz", "zst": ".warc.zst", "one": ".warc.gz"}


def write_warc(folder: Path, records: Iterable[bytes], kind: str = "gz", name: str = "crawl") -> Path:
    """Write a WARC file into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}{SUFFIX[kind]}"
    file.write_bytes(packed(records, kind))
    return file


def _zstd(content: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "frame"
        # What is written in memory is flushed by no call.
        with file.open("wb") as written, ZstdWriter(written) as writer:
            writer.write(content)
        return file.read_bytes()

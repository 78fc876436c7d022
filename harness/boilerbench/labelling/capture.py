"""A page's bytes as they are served."""

from __future__ import annotations

import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from boilerbench.errors import InputError
from boilerbench.http_client import CHUNK_BYTES, TransferError, charset_of, get
from boilerbench.labelling.warc_page import LARGEST_BYTES, page_from_warc, warc_source
from boilerbench.named_files import reason_of
from boilerbench.records import Page

if TYPE_CHECKING:
    import requests

TIMEOUT_SECONDS = 30.0
TOTAL_SECONDS = 120.0
"""Seconds that a page may take in all, however slowly it trickles in."""
REDIRECTS = 20
_HTML = ("text/html", "application/xhtml+xml")
_ENCODINGS = ("identity", "gzip", "x-gzip", "deflate")
"""The content encodings that a server may use unasked; requests decodes them."""


def capture(source: str, *, any_status: bool = False) -> Page:
    """Return a page with, from an http(s) address, the address that answered in the end and its charset.

    Args:
        source: a file, an http(s) address, or a page in a WARC file, as ``crawl.warc.gz@https://…``.
        any_status: whether the page of an error, as of a 404, is taken like another.

    Raises:
        InputError: there is no such page, it is no HTML, or it is larger than ``LARGEST_BYTES``.
    """
    if archived := warc_source(source):
        return page_from_warc(*archived)
    if "://" not in source:
        return Page(_from_file(source))
    if _scheme(source) not in ("http", "https"):
        raise InputError(
            f"{source}: only http and https addresses are captured; save the page and give the file"
        )
    accept = "text/html,*/*;q=0.5"
    seconds = TIMEOUT_SECONDS
    try:
        with get(
            source, seconds=seconds, redirects=REDIRECTS, accept=accept, any_status=any_status
        ) as response:
            _check_kind(source, response)
            charset = charset_of(response.headers.get("Content-Type", ""))
            return Page(_content(source, response), response.url, charset)
    except TransferError as error:
        raise InputError(f"{source}: cannot be fetched ({error}); save the page and give the file") from None


def _scheme(source: str) -> str:
    try:
        return urlsplit(source).scheme
    except ValueError as error:
        raise InputError(f"{source}: no address ({error}); give an HTML file or an http(s) address") from None


def _from_file(source: str) -> bytes:
    try:
        file = Path(source).expanduser()
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            what = "a folder" if stat.S_ISDIR(status.st_mode) else "no regular file"
            raise InputError(f"{source}: {what}; give an HTML file or an http(s) address")
        if status.st_size > LARGEST_BYTES:
            raise _too_large(source)
        return file.read_bytes()
    # RuntimeError: the home folder of a user that is not known. ValueError: a NUL in the name.
    except (OSError, RuntimeError, ValueError) as error:
        raise InputError(f"{source}: {reason_of(error)}; give an HTML file or an http(s) address") from None


def _check_kind(source: str, response: requests.Response) -> None:
    kind = response.headers.get("Content-Type", "text/plain").partition(";")[0].strip().lower()
    if kind not in _HTML:
        raise InputError(f"{source}: {kind}, not a page; give the address of an HTML page")
    encoding = response.headers.get("Content-Encoding", "identity").lower()
    if encoding not in _ENCODINGS:
        raise InputError(
            f"{source}: encoded as {encoding}, which was not asked for; save the page and give the file"
        )


def _content(source: str, response: requests.Response) -> bytes:
    content = bytearray()
    end = time.monotonic() + TOTAL_SECONDS
    for chunk in response.iter_content(CHUNK_BYTES):
        content += chunk
        if time.monotonic() > end:
            raise InputError(
                f"{source}: not all there after {TOTAL_SECONDS:g} seconds; save it and give the file"
            )
        if len(content) > LARGEST_BYTES:
            raise _too_large(source)
    return bytes(content)


def _too_large(source: str) -> InputError:
    return InputError(f"{source}: more than {LARGEST_BYTES >> 20} MB; that is no page to label")

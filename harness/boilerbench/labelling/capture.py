"""A page's bytes as they are served."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from boilerbench.errors import InputError
from boilerbench.http_client import CHUNK_BYTES, TransferError, get

if TYPE_CHECKING:
    import requests

LARGEST_BYTES = 10 << 20
TIMEOUT_SECONDS = 30.0
REDIRECTS = 5
_HTML = ("text/html", "application/xhtml+xml")
_ENCODINGS = ("identity", "gzip", "x-gzip", "deflate")
"""The content encodings that a server may use unasked; requests decodes them."""


def capture(source: str) -> tuple[bytes, str | None]:
    """Return the bytes of a page and, for an http(s) address, the address that answered in the end.

    Raises:
        InputError: there is no such page, it is no HTML, or it is larger than ``LARGEST_BYTES``.
    """
    if "://" not in source:
        return _from_file(Path(source).expanduser()), None
    if urlsplit(source).scheme not in ("http", "https"):
        raise InputError(
            f"{source}: only http and https addresses are captured; save the page and give the file"
        )
    accept = "text/html,*/*;q=0.5"
    try:
        with get(source, seconds=TIMEOUT_SECONDS, redirects=REDIRECTS, accept=accept) as response:
            _check_kind(source, response)
            return _content(source, response), response.url
    except TransferError as error:
        raise InputError(f"{source}: cannot be fetched ({error}); save the page and give the file") from None


def _from_file(file: Path) -> bytes:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}; give an HTML file or an http(s) address") from None
    if len(content) > LARGEST_BYTES:
        raise _too_large(str(file))
    return content


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
    for chunk in response.iter_content(CHUNK_BYTES):
        content += chunk
        if len(content) > LARGEST_BYTES:
            raise _too_large(source)
    return bytes(content)


def _too_large(source: str) -> InputError:
    return InputError(f"{source}: more than {LARGEST_BYTES >> 20} MB; that is no page to label")

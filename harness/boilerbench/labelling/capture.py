"""A page's bytes as they are served."""

from __future__ import annotations

import gzip
import io
import urllib.error
import urllib.request
import zlib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from boilerbench.errors import InputError

LARGEST_BYTES = 10 << 20
SECONDS = 30.0
REDIRECTS = 5


def capture(source: str) -> tuple[bytes, str | None]:
    """The bytes of a page and the address it came from in the end, from a file or an http(s) address.

    Raises:
        InputError: there is no such page, it is no HTML, or it is larger than ``LARGEST_BYTES``.
    """
    if "://" not in source:
        return _from_file(Path(source).expanduser()), None
    if urlsplit(source).scheme not in ("http", "https"):
        raise InputError(
            f"{source}: only http and https addresses are captured; save the page and give the file"
        )
    request = urllib.request.Request(
        source, headers={"User-Agent": "boilerbench", "Accept": "text/html,*/*;q=0.5"}
    )
    try:
        with urllib.request.build_opener(_Redirects).open(request, timeout=SECONDS) as answer:
            kind = answer.headers.get_content_type()
            if kind not in ("text/html", "application/xhtml+xml"):
                raise InputError(f"{source}: {kind}, not a page; give the address of an HTML page")
            content = answer.read(LARGEST_BYTES + 1)
            encoding = answer.headers.get("Content-Encoding", "identity")
            announced = int(answer.headers.get("Content-Length") or 0)
            address: str = answer.url
    except urllib.error.HTTPError as error:
        answered = " ".join(str(error.reason).split())
        raise InputError(
            f"{source}: the server answered {error.code} {answered}; open it in a browser"
        ) from None
    except (OSError, ValueError) as error:
        reason = str(error.reason if isinstance(error, urllib.error.URLError) else error)
        raise InputError(f"{source}: cannot be fetched ({reason}); save the page and give the file") from None
    if len(content) < min(announced, LARGEST_BYTES):
        raise InputError(
            f"{source}: damaged on its way ({len(content)} of {announced} bytes came); try again"
        )
    return _small(source, _unpacked(source, content, encoding)), address


def _from_file(file: Path) -> bytes:
    try:
        return _small(str(file), file.read_bytes())
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}; give an HTML file or an http(s) address") from None


def _small(source: str, content: bytes) -> bytes:
    if len(content) > LARGEST_BYTES:
        raise InputError(f"{source}: more than {LARGEST_BYTES >> 20} MB; that is no page to label")
    return content


def _unpacked(source: str, content: bytes, encoding: str) -> bytes:
    if encoding == "identity":
        return content
    if encoding != "gzip" or len(content) > LARGEST_BYTES:
        raise InputError(
            f"{source}: encoded as {encoding}, which was not asked for; save the page and give the file"
        )
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            return packed.read(LARGEST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{source}: damaged on its way ({error}); try again") from None


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_redirections = REDIRECTS

    def redirect_request(self, req: Any, fp: Any, code: Any, msg: Any, headers: Any, newurl: str) -> Any:
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise urllib.error.URLError(f"redirected to {newurl}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)

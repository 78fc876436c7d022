"""Downloading one file: with retries where that helps, and with one line where nothing does."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from urllib3.exceptions import NameResolutionError, NewConnectionError

from boilerbench.corpora.catalog import Source
from boilerbench.errors import InputError

if TYPE_CHECKING:
    import requests

TIMEOUT_SECONDS = 30.0
_CHUNK = 1 << 16
_TRANSIENT = (408, 425, 429)
_REMEDY = "try again later, or give a copy with --from"


class Bar(Protocol):
    """A progress bar in bytes, in the form that pooch drives."""

    total: int
    """Zero where the server does not say."""

    def update(self, number: int, /) -> None:
        """So many bytes more have come."""

    def reset(self) -> None:
        """Begin again from nothing."""

    def close(self) -> None:
        """The download is done."""


def download(source: Source, file: Path, bar: Bar | None = None, retries: int = 2) -> None:
    """Download what a source's address names; what is transient is tried again after a second, then two.

    Raises:
        InputError: it cannot be had, or its size or checksum is another.
        OSError: the file cannot be written.
    """
    import pooch
    import requests

    # It would say on stderr what the bar says.
    pooch.get_logger().setLevel(logging.WARNING)
    fetcher = pooch.create(
        path=file.parent,
        base_url="",
        registry={file.name: None},
        urls={file.name: source.address},
        retry_if_failed=retries,
    )
    try:
        fetcher.fetch(file.name, downloader=_Downloader(source, bar))
    except requests.exceptions.RequestException as error:
        raise InputError(f"corpus {source.name}: {source.address}: {_reason(error)}; {_REMEDY}") from None


class _Downloader:
    """Pooch's own, which knows at once what no repetition can mend."""

    def __init__(self, source: Source, bar: Bar | None) -> None:
        import pooch

        self._source = source
        # Without this a server may pack what is packed already, and the size would say nothing.
        headers = {"Accept-Encoding": "identity", "User-Agent": "boilerbench"}
        self._http = pooch.HTTPDownloader(
            progressbar=bar or False, chunk_size=_CHUNK, timeout=TIMEOUT_SECONDS, headers=headers
        )

    def __call__(self, url: str, output_file: str, fetcher: Any, check_only: bool = False) -> None:
        import requests

        source = self._source
        if self._http.progressbar:
            self._http.progressbar.reset()
        try:
            self._http(url, output_file, fetcher)
        except requests.exceptions.RequestException as error:
            if _lasting(error):
                raise InputError(f"corpus {source.name}: {url}: {_reason(error)}; {_REMEDY}") from None
            raise
        size = Path(output_file).stat().st_size
        if source.bytes is not None and size < source.bytes:
            raise requests.exceptions.ConnectionError(f"{size:,} of {source.bytes:,} bytes came")
        if source.sha256:
            with Path(output_file).open("rb") as content:
                seen = hashlib.file_digest(content, "sha256").hexdigest()
            if seen != source.sha256:
                raise InputError(
                    f"corpus {source.name}: {url} has SHA-256 {seen}, not {source.sha256}; "
                    "it has changed or somebody is in between"
                )


def _lasting(error: requests.exceptions.RequestException) -> bool:
    """Whether a repetition would fail alike: a refusal, an unknown host, an answer that means no."""
    if error.response is not None:
        code = error.response.status_code
        return 400 <= code < 500 and code not in _TRANSIENT
    return _unreachable(error) is not None


def _unreachable(error: Exception) -> str | None:
    """Why there is no connection at all, if that is the trouble."""
    inner = getattr(error.args[0] if error.args else None, "reason", None)
    if isinstance(inner, NameResolutionError):
        return "its host is not known; is there a network?"
    if isinstance(inner, NewConnectionError):
        return "no connection; is there a network?"
    return None


def _reason(error: requests.exceptions.RequestException) -> str:
    import requests

    if error.response is not None:
        return f"the server answers {error.response.status_code} {error.response.reason or ''}".rstrip()
    if isinstance(error, requests.exceptions.Timeout):
        return f"no answer within {TIMEOUT_SECONDS:g} seconds"
    if unreachable := _unreachable(error):
        return unreachable
    said = str(error)
    return f"the transfer broke off ({said})" if said.endswith("came") else "the transfer broke off"

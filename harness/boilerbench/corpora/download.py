"""Downloading a published corpus: with retries where they help, and with one line where nothing does."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path
from typing import Protocol

from boilerbench.corpora.catalog import Source
from boilerbench.errors import InputError
from boilerbench.http_client import CHUNK_BYTES, TransferError, get

TIMEOUT_SECONDS = 30.0


class Bar(Protocol):
    """A progress bar in bytes."""

    total: int
    """Zero where the server does not say."""

    def update(self, number: int, /) -> None:
        """Count so many bytes more."""

    def reset(self) -> None:
        """Begin again from nothing."""

    def close(self) -> None:
        """End: the download is done."""


def download(source: Source, file: Path, bar: Bar | None = None, retries: int = 2) -> None:
    """Download what a source's address names; a transient failure is retried after a second, then two.

    Raises:
        InputError: there is nothing to be had, or its size or checksum differs.
        OSError: the file cannot be written.
    """
    for attempt in range(1, retries + 2):
        try:
            _transfer(source, file, bar)
        except TransferError as error:
            if error.lasting or attempt > retries:
                line = f"corpus {source.name}: {source.address}: {error}"
                raise InputError(line, remedy="copy") from None
            time.sleep(attempt)
        else:
            break
    _check_sum(source, file)


def _transfer(source: Source, file: Path, bar: Bar | None) -> None:
    if bar:
        bar.reset()
    size = 0
    with get(source.address, seconds=TIMEOUT_SECONDS) as response, file.open("wb") as output:
        if bar:
            length = response.headers.get("Content-Length", "")
            bar.total = int(length) if length.isascii() and length.isdigit() else 0
        for chunk in response.iter_content(CHUNK_BYTES):
            output.write(chunk)
            size += len(chunk)
            if bar:
                bar.update(len(chunk))
    if source.bytes is not None and size < source.bytes:
        raise TransferError(f"the transfer broke off ({size:,} of {source.bytes:,} bytes came)")
    if bar:
        bar.close()


def _check_sum(source: Source, file: Path) -> None:
    if not source.sha256:
        return
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    if digest != source.sha256:
        raise InputError(
            f"corpus {source.name}: {source.address} has SHA-256 {digest}, not {source.sha256}; "
            "it has changed or somebody is in between"
        )

"""Files that survive the death of the process that writes them."""

from __future__ import annotations

import os
from pathlib import Path


def write_durably(file: Path, text: str) -> None:
    """Write a file in UTF-8, whole or not at all; the death of this process does not lose it then.

    Raises:
        OSError: it cannot be written; what was there before is there still.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.new")
    with fresh.open("w", encoding="utf-8", newline="\n") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    fresh.replace(file)
    _sync_folder(file.parent)


def append_durably(file: Path, line: str) -> None:
    """Append a line to a file in UTF-8; once this returns, the death of this process does not lose it.

    A line that an earlier writer left unfinished is ended first.

    Raises:
        OSError: it cannot be written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("ab+") as handle:
        begun = handle.tell() > 0
        if begun:
            handle.seek(-1, os.SEEK_END)
            begun = handle.read(1) != b"\n"
        handle.write(("\n" if begun else "").encode() + line.encode() + b"\n")
        handle.flush()
        os.fsync(handle.fileno())


def _sync_folder(folder: Path) -> None:
    """Make a renaming in a folder last."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

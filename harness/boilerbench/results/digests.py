"""Digests of a run's tables, which run.json keeps, so that a table that was edited or damaged is known."""

from __future__ import annotations

import csv
import gzip
import hashlib
from pathlib import Path

from boilerbench.errors import InputError
from boilerbench.results.files import (
    DOCUMENTS_FILE,
    LABELS_FILE,
    LEADERBOARD_FILE,
    REFERENCES_FILE,
    SCORES_FILE,
    STRUCTURE_FILE,
    UNSCORABLE_FILE,
)
from boilerbench.results.info import RunInfo
from boilerbench.results.packed import has_table, is_packed, packed_digest

TABLES = (
    LEADERBOARD_FILE,
    SCORES_FILE,
    DOCUMENTS_FILE,
    LABELS_FILE,
    STRUCTURE_FILE,
    REFERENCES_FILE,
    UNSCORABLE_FILE,
)
"""Those that follow from the extractions; their own table has times in every row."""
_TIMES = ("ms_median", "ms_p95", "timed")


def table_digests(folder: Path) -> dict[str, str]:
    """Return the digest of each table in a folder, by the name of its file."""
    return {name: _digest(folder / name) for name in TABLES if has_table(folder / name)}


def check_digest(file: Path, info: RunInfo) -> None:
    """Check that a table is the one that was written with run.json, where that says which it was.

    Raises:
        InputError: it is another one.
    """
    expected = info.tables.get(file.name)
    if expected and _digest(file) != expected:
        what = "is not as it was written; it has been edited or damaged"
        raise InputError(f"{file}: {what}", remedy="score-again", run=str(file.parent))


def _digest(file: Path) -> str:
    """Return ``sha256:…`` over a table without times, whatever ends its lines."""
    if is_packed(file):
        return packed_digest(file)
    if file.name == LEADERBOARD_FILE:
        with file.open(encoding="utf-8", newline="") as lines:
            header, *rows = list(csv.reader(lines))
        kept = [index for index, name in enumerate(header) if name not in _TIMES]
        content = repr([[row[index] for index in kept] for row in (header, *rows)]).encode()
    elif file.name == REFERENCES_FILE:
        # What packed it may be of another version.
        with gzip.open(file) as unpacked:
            return f"sha256:{hashlib.file_digest(unpacked, 'sha256').hexdigest()}"
    else:
        digest = hashlib.sha256()
        with file.open("rb") as table:
            # Git may write other line ends than it read.
            for line in table:
                digest.update(line.replace(b"\r\n", b"\n"))
        return f"sha256:{digest.hexdigest()}"
    return f"sha256:{hashlib.sha256(content).hexdigest()}"

"""Extractions that were made before, kept in one SQLite file and found by all that decides them."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import threading
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Self

from boilerbench.records import Extraction, Status

VERSION = 1
_WAIT_SECONDS = 30.0
_TABLE = """
CREATE TABLE IF NOT EXISTS extractions (
    key BLOB PRIMARY KEY,
    limits TEXT NOT NULL,
    made TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    version TEXT NOT NULL,
    status TEXT NOT NULL,
    packed_text BLOB NOT NULL,
    seconds REAL,
    peak_mb REAL,
    error TEXT NOT NULL
)
"""
_FIND = """
SELECT limits, version, status, packed_text, seconds, peak_mb, error FROM extractions WHERE key = ?
"""
_KEEP = """
INSERT OR REPLACE INTO extractions (key, limits, version, status, packed_text, seconds, peak_mb, error)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_ENDED_BY_A_LIMIT = (Status.TIMEOUT, Status.MEMORY, Status.CRASH)


class Cache:
    """A store of extractions that any number of runs may use at once.

    Whatever is wrong with the file is told once to ``remark`` and ends its use; a run goes on without it.
    """

    def __init__(self, file: Path, remark: Callable[[str], None]) -> None:
        self._file = file
        self._remark = remark
        self._lock = threading.Lock()
        self._database: sqlite3.Connection | None = None
        try:
            self._database = _opened(file)
        except (sqlite3.Error, OSError, _UnknownVersionError) as error:
            self._give_up(error)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._database is not None:
            with contextlib.suppress(sqlite3.Error):
                self._database.close()
            self._database = None

    def find(self, key: bytes, limits: str, document: str, extractor: str) -> Extraction | None:
        """The extraction stored under a key, as one of this document and extractor.

        What a limit ended is found only under the same limits: with others it might end well.
        """
        with self._lock:
            if self._database is None:
                return None
            try:
                row = self._database.execute(_FIND, (key,)).fetchone()
            except sqlite3.Error as error:
                self._give_up(error)
                return None
        if row is None:
            return None
        kept_under, version, status, packed, seconds, peak_mb, said = row
        if status in _ENDED_BY_A_LIMIT and kept_under != limits:
            return None
        try:
            text = zlib.decompress(packed).decode("utf-8", "surrogatepass")
        except (zlib.error, UnicodeDecodeError):
            return None
        return Extraction(
            document, extractor, version, Status(status), text, seconds, peak_mb, said, timed="earlier"
        )

    def keep(self, key: bytes, limits: str, extraction: Extraction) -> None:
        """Store an extraction; once this returns, the death of this process does not lose it."""
        each = extraction
        packed = zlib.compress(each.text.encode("utf-8", "surrogatepass"), 1)
        error = each.error.encode("utf-8", "replace").decode()
        row = (key, limits, each.version, each.status, packed, each.seconds, each.peak_mb, error)
        with self._lock:
            if self._database is None:
                return
            try:
                self._database.execute(_KEEP, row)
            except sqlite3.Error as problem:
                self._give_up(problem)

    def _give_up(self, error: Exception) -> None:
        self._remark(f"cache {self._file}: {error}; going on without it, what it holds is left as it is")
        if self._database is not None:
            with contextlib.suppress(sqlite3.Error):
                self._database.close()
        self._database = None


class _UnknownVersionError(Exception):
    pass


def extraction_key(**parts: object) -> bytes:
    """A key from everything that decides an extraction."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).digest()


def _opened(file: Path) -> sqlite3.Connection:
    file.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(file, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version not in (0, VERSION):
        database.close()
        raise _UnknownVersionError(
            f"made by another boilerbench (version {version} of the file, here {VERSION})"
        )
    # Commits survive the death of the process; only the death of the machine may cost the last few.
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute(_TABLE)
    database.execute(f"PRAGMA user_version = {VERSION}")
    return database

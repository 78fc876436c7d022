"""Extractions that were made before, kept in one SQLite file and found by all that decides them."""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
import sqlite3
import threading
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Self

from boilerbench.errors import InputError
from boilerbench.markup import text_of, text_rule
from boilerbench.records import Extraction, MarkupFormat, Status

VERSION = 3
_WAIT_SECONDS = 30.0
_LARGEST_TEXT = 256 << 20
"""Bytes; no worker may answer so much."""
_SHARED = ""
_TABLES = """
CREATE TABLE IF NOT EXISTS inputs (id BLOB PRIMARY KEY, parent BLOB, facts TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS extractions (
    key BLOB NOT NULL,
    run TEXT NOT NULL,
    inputs BLOB NOT NULL,
    limits TEXT NOT NULL,
    made TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
    version TEXT NOT NULL,
    status TEXT NOT NULL,
    packed_text BLOB NOT NULL,
    seconds REAL,
    peak_mb REAL,
    error TEXT NOT NULL,
    traceback TEXT NOT NULL,
    packed_markup BLOB,
    format TEXT,
    text_rule TEXT,
    PRIMARY KEY (key, run)
);
CREATE INDEX IF NOT EXISTS of_runs ON extractions (run) WHERE run != '';
"""
_FIND = """
SELECT inputs, limits, status, packed_text,
version, seconds, peak_mb, error, traceback, packed_markup, format, text_rule
FROM extractions WHERE key = ? AND run IN (?, '') ORDER BY run DESC
"""
_KEEP = """
INSERT OR REPLACE INTO extractions
(key, run, inputs, limits, version, status, packed_text, seconds, peak_mb, error, traceback, packed_markup,
format, text_rule) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_COLUMNS_OF_MARKUP = ("packed_markup BLOB", "format TEXT", "text_rule TEXT")
_WITHOUT_INPUTS, _WITHOUT_MARKUP = 1, 2
"""Earlier versions of the file."""
_SHARE = "UPDATE OR REPLACE extractions SET run = '' WHERE run = ? AND inputs = ?"
# What a run left that nobody took up again.
_SWEEP = "DELETE FROM extractions WHERE run != '' AND made < datetime('now', '-30 days')"
_ENDED_BY_A_LIMIT = (Status.TIMEOUT, Status.MEMORY, Status.CRASH)


class Cache:
    """A store of extractions that any number of runs may use at once.

    An extraction is first kept for its run alone, and shared with other runs once it is known what it was
    made from. Whatever is wrong with the file is told once to ``remark`` and ends its use; a run goes on
    without it.
    """

    def __init__(self, file: Path, remark: Callable[[str], None]) -> None:
        self._file = file
        self._remark = remark
        self._lock = threading.Lock()
        self._database: sqlite3.Connection | None = None
        self._told = False
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

    def find(
        self,
        key: bytes,
        limits: str,
        document: str,
        extractor: str,
        *,
        run: str = _SHARED,
        valid: Callable[[bytes], bool] = lambda inputs: True,
    ) -> Extraction | None:
        """Return the extraction stored under a key, as one of this document and extractor.

        What a limit ended is found only under the same limits: with others it might end well.

        Args:
            key: of everything that is known to decide it before it is made.
            limits: under which a tool would run now.
            document: its id.
            extractor: its name.
            run: the token of a run that may take up what was kept for it alone.
            valid: whether inputs, by their id, are still what they were.
        """
        for inputs, kept_under, status, packed, *facts in self._rows(_FIND, (key, run)):
            if (status in _ENDED_BY_A_LIMIT and kept_under != limits) or not valid(inputs):
                continue
            version, seconds, peak_mb, error, traceback, packed_markup, format_, rule = facts
            try:
                text = _unpacked(packed)
                # Entries of earlier versions of the file have no markup.
                markup = "" if packed_markup is None else _unpacked(packed_markup)
                kind = MarkupFormat(format_) if format_ else None
                if kind and markup and rule != text_rule():
                    text = text_of(markup, kind)
                return Extraction(
                    document,
                    extractor,
                    _text(version),
                    Status(status),
                    text,
                    _cost(seconds),
                    _cost(peak_mb),
                    _text(error),
                    timed="earlier",
                    traceback=_text(traceback),
                    markup=markup,
                    format=kind,
                )
            except (InputError, TypeError, ValueError, zlib.error) as fault:
                self._tell(f"an entry is damaged ({fault}); it is made again")
        return None

    def keep(
        self, key: bytes, limits: str, extraction: Extraction, *, run: str = _SHARED, inputs: bytes = b""
    ) -> None:
        """Store an extraction; once this returns, the death of this process does not lose it.

        Without a run's token it is shared at once.
        """
        packed, packed_markup = _packed(extraction.text), _packed(extraction.markup)
        rule = text_rule() if extraction.format else None
        error, traceback = (
            text.encode("utf-8", "replace").decode() for text in (extraction.error, extraction.traceback)
        )
        row = (key, run, inputs, limits, extraction.version, extraction.status, packed)
        measured = (extraction.seconds, extraction.peak_mb, error, traceback)
        of_markup = (packed_markup, extraction.format, rule) if extraction.format else (None, None, None)
        self._execute(_KEEP, (*row, *measured, *of_markup))

    def keep_inputs(self, inputs: bytes, parent: bytes | None, facts: dict[str, Any]) -> None:
        """Store what extractions are made from, as a link of a chain, under its id."""
        row = (inputs, parent, json.dumps(facts))
        self._execute("INSERT OR IGNORE INTO inputs (id, parent, facts) VALUES (?, ?, ?)", row)

    def inputs(self, inputs: bytes) -> tuple[bytes | None, dict[str, Any]] | None:
        """Return the parent and the facts that are stored under an id, or None."""
        for parent, facts in self._rows("SELECT parent, facts FROM inputs WHERE id = ?", (inputs,)):
            try:
                stored = json.loads(_text(facts))
                marks = stored["marks"]
                if parent is not None and not isinstance(parent, bytes):
                    raise ValueError("a parent that is no id")
                for value in (stored["unknown"], stored["fingerprint"], *marks, *marks.values()):
                    _text(value)
            except (AttributeError, LookupError, TypeError, ValueError, RecursionError) as fault:
                self._tell(f"an entry is damaged ({fault}); what it was for is made again")
                return None
            return parent, stored
        return None

    def share(self, run: str, inputs: Sequence[bytes]) -> None:
        """Let all runs find what was kept for one run and made from some inputs."""
        for one in inputs:
            self._execute(_SHARE, (run, one))

    def forget(self, run: str) -> None:
        """Remove what is kept for one run alone."""
        self._execute("DELETE FROM extractions WHERE run = ?", (run,))
        self._execute(_SWEEP, ())

    def _tell(self, fault: str) -> None:
        """Say what is wrong with an entry, the first time that one is."""
        if not self._told:
            self._told = True
            self._remark(f"cache {self._file}: {fault}")

    def _rows(self, statement: str, values: tuple[object, ...]) -> list[Any]:
        with self._lock:
            if self._database is None:
                return []
            try:
                return self._database.execute(statement, values).fetchall()
            except sqlite3.Error as error:
                self._give_up(error)
                return []

    def _execute(self, statement: str, values: tuple[object, ...]) -> None:
        with self._lock:
            if self._database is None:
                return
            try:
                self._database.execute(statement, values)
            except sqlite3.Error as problem:
                self._give_up(problem)

    def _give_up(self, error: Exception) -> None:
        self._remark(f"cache {self._file}: {error}; going on without it, what it holds is left as it is")
        if self._database is not None:
            with contextlib.suppress(sqlite3.Error):
                self._database.close()
        self._database = None


def _text(value: object) -> str:
    """Return a text of an entry.

    Raises:
        TypeError: it is something else.
    """
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} where a text should be")
    return value


def _cost(value: object) -> float | None:
    """Return seconds or megabytes of an entry; None where they are not known.

    Raises:
        ValueError: it is no number that a cost can be.
    """
    if value is None:
        return None
    if not isinstance(value, int | float) or not 0 <= value < math.inf:
        raise ValueError("a cost that is no number")
    return float(value)


def _unpacked(packed: object) -> str:
    """Return the text of an entry.

    Raises:
        TypeError: it is not packed.
        ValueError: it is larger than any output, or no UTF-8.
        zlib.error: it is damaged.
    """
    if not isinstance(packed, bytes):
        raise TypeError(f"{type(packed).__name__} where a packed text should be")
    unpacking = zlib.decompressobj()
    text = unpacking.decompress(packed, _LARGEST_TEXT)
    if not unpacking.eof:
        raise ValueError("a text that does not end")
    return text.decode("utf-8", "surrogatepass")


def extraction_key(**parts: object) -> bytes:
    """Return a key from everything that decides an extraction."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).digest()


def _add_markup(database: sqlite3.Connection) -> None:
    """Add the columns of markup to a file that has none, unless another process has done so meanwhile."""
    database.execute("BEGIN IMMEDIATE")
    if database.execute("PRAGMA user_version").fetchone()[0] == _WITHOUT_MARKUP:
        for column in _COLUMNS_OF_MARKUP:
            database.execute(f"ALTER TABLE extractions ADD COLUMN {column}")
        database.execute(f"PRAGMA user_version = {VERSION}")
    database.execute("COMMIT")


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


class _UnknownVersionError(Exception):
    pass


def _opened(file: Path) -> sqlite3.Connection:
    file.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(file, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        database.close()
        raise _UnknownVersionError(
            f"made by another boilerbench (version {version} of the file, here {VERSION})"
        )
    # Commits survive the death of the process; only the death of the machine may cost the last few.
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    if version == _WITHOUT_INPUTS:
        # It does not say what its extractions were made from.
        database.execute("DROP TABLE IF EXISTS extractions")
    if version == _WITHOUT_MARKUP:
        _add_markup(database)
    database.executescript(_TABLES)
    database.execute(f"PRAGMA user_version = {VERSION}")
    return database

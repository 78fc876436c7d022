"""Runs that were killed: the token beside a folder, by which the next run takes up what was extracted."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from boilerbench.cache import Cache
from boilerbench.errors import InputError
from boilerbench.folders import lock_file


@dataclass(slots=True)
class Session:
    """A run that can be taken up again: extractions may be kept for it alone, under its token."""

    token: str
    used: bool = False


@contextlib.contextmanager
def resumable(target: Path, cache: Cache) -> Iterator[Session]:
    """Give a run its token, or that of the run that was killed when it made the same folder.

    The token lies beside the folder from the first to the last moment of the run. When the run is complete it
    goes, and with it what was kept for this run alone. Where the run fails or is killed after something was
    kept, it stays for the next one.

    Raises:
        InputError: another process is making the same folder.
    """
    journal = target.with_name(f".{target.name}.unfinished")
    with held(journal, target):
        session = Session(_token(journal))
        try:
            yield session
        except BaseException:
            if not session.used:
                journal.unlink(missing_ok=True)
            raise
        cache.forget(session.token)
        journal.unlink(missing_ok=True)


@contextlib.contextmanager
def held(journal: Path, target: Path) -> Iterator[None]:
    """Hold the file beside a folder while that is made; the lock ends with its holder, however that ends.

    The file is made if it is not there. It lacks only where nothing can be written.

    Raises:
        InputError: another process is making the same folder.
    """
    descriptor = -1
    while descriptor < 0:
        try:
            descriptor = os.open(journal, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError:
            # Whoever cannot write here will be told so by who writes the run.
            break
        if not lock_file(descriptor):
            os.close(descriptor)
            raise InputError(f"another boilerbench is writing {target}; wait for it", remedy="out")
        if not _is_still(descriptor, journal):
            # The run that held it has ended, and taken it away.
            os.close(descriptor)
            descriptor = -1
    try:
        yield
    finally:
        if descriptor >= 0:
            os.close(descriptor)


def _is_still(descriptor: int, file: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), file.stat())
    except OSError:
        return False


def _token(journal: Path) -> str:
    try:
        token = journal.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        token = ""
    if not token:
        token = secrets.token_hex(16)
        with contextlib.suppress(OSError):
            journal.write_text(token + "\n", encoding="ascii")
    return token

"""Folders that take their place whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from boilerbench.errors import InputError
from boilerbench.results.files import RUN_FILE


def check_target(folder: Path, mark: str = RUN_FILE, what: str = "a run") -> None:
    """Check that a run may be written to a folder: it is free, or holds a run that may be replaced.

    Args:
        folder: where to write.
        mark: the file by which a folder of this kind is known.
        what: the kind of folder, for the error.

    Raises:
        InputError: something else is there, or nothing can be written.
    """
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if folder.exists() and not (folder / mark).is_file():
        raise InputError(f"{folder} is there and is not {what}", remedy="out")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent)).rmdir()
    except OSError as error:
        raise InputError(f"{folder.parent} cannot be written to ({error.strerror})", remedy="out") from None


@contextlib.contextmanager
def replacing(folder: Path, mark: str = RUN_FILE, what: str = "a run") -> Iterator[Path]:
    """Make a new folder to fill, which takes the place of ``folder`` when all went well and else vanishes.

    Args:
        folder: what is replaced.
        mark: the file by which a folder of this kind is known.
        what: the kind of folder, for the error.

    Yields:
        The new folder, beside the old one and under the user's own mask of permissions.

    Raises:
        InputError: ``folder`` may not be replaced, see ``check_target``.
    """
    check_target(folder, mark, what)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    fresh.chmod(0o777 & ~_umask())
    try:
        yield fresh
        stale = fresh.with_name(fresh.name + ".stale")
        if folder.exists():
            folder.rename(stale)
        fresh.rename(folder)
        shutil.rmtree(stale, ignore_errors=True)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

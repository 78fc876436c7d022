"""Folders of results that take their place whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

from boilerbench.errors import InputError
from boilerbench.folders import OwnedFolder, put_in_place
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
        OwnedFolder(folder.parent, f".{folder.name}-").remove()
    except OSError as error:
        raise InputError(f"{folder.parent} cannot be written to ({error.strerror})", remedy="out") from None


@contextlib.contextmanager
def replacing(
    folder: Path, mark: str = RUN_FILE, what: str = "a run", *, made: Collection[str] | None = None
) -> Iterator[Path]:
    """Make a new folder to fill, which takes the place of ``folder`` when all went well and else vanishes.

    Args:
        folder: what is replaced.
        mark: the file by which a folder of this kind is known.
        what: the kind of folder, for the error.
        made: the names that the new folder replaces; all else that lies in ``folder`` is carried over. By
            default the folder is replaced as a whole.

    Yields:
        The new folder, beside the old one and under the user's own mask of permissions.

    Raises:
        InputError: ``folder`` may not be replaced, see ``check_target``.
    """
    check_target(folder, mark, what)
    with OwnedFolder(folder.parent, f".{folder.name}-") as fresh:
        fresh.path.chmod(0o777 & ~_umask())
        yield fresh.path
        if folder.exists() and made is not None:
            _carry_over(folder, fresh.path, made)
        put_in_place(fresh.path, folder)


def _carry_over(folder: Path, fresh: Path, made: Collection[str]) -> None:
    """Put what a folder holds besides ``made`` into another, without a second copy where the disk allows."""
    for entry in folder.iterdir():
        target = fresh / entry.name
        if entry.name in made or target.exists():
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.copytree(entry, target, symlinks=True, copy_function=_link)
        else:
            _link(str(entry), str(target))


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

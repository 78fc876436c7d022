"""Folders and files of gold that appear whole or not at all."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

from boilerbench.errors import InputError
from boilerbench.folders import OwnedFolder


@contextlib.contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Make a folder to fill, which takes its name when all is written and else vanishes.

    Raises:
        InputError: the name has been taken meanwhile, or the disk is full.
    """
    made = [parent for parent in folder.parents if not parent.exists()]
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with OwnedFolder(folder.parent, ".new-") as fresh:
            fresh.path.chmod(folder.parent.stat().st_mode & 0o777)
            yield fresh.path
            fresh.path.rename(folder)
    except OSError as error:
        for parent in made:
            with contextlib.suppress(OSError):
                parent.rmdir()
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST):
            raise InputError(f"{folder} is there already", remedy="id") from None
        raise InputError(f"{folder} cannot be written ({error.strerror}); nothing was kept") from None


def replace_file(file: Path, text: str) -> None:
    """Write a file whole or not at all.

    Raises:
        InputError: it cannot be written; what was there stays.
    """
    fresh = file.with_name(f".{file.name}")
    try:
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(file)
    except OSError as error:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise InputError(f"{file} cannot be written ({error.strerror}); it is as it was") from None

"""Folders that appear whole or not at all, and vanish with whoever made them, however that ends."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import os
import re
import stat
import sys
import tempfile
import time
from pathlib import Path
from typing import Self

import platformdirs

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_YOUNG_SECONDS = 60.0
_NO_EXCHANGE = (errno.ENOSYS, errno.EINVAL, errno.EPERM, errno.ENOTSUP)


class OwnedFolder:
    """A new folder that belongs to this process while it lives: ``PREFIX`` with its number and a random end.

    Whoever makes another with that prefix there sweeps away those that no living process owns.

    Args:
        parent: where to make it.
        prefix: what its name begins with.
    """

    def __init__(self, parent: Path, prefix: str) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=f"{prefix}{os.getpid()}-", dir=parent))
        self._lock = os.open(self.path, _FOLDER)
        lock_file(self._lock)
        sweep_folders(parent, prefix)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()

    def remove(self) -> None:
        """Remove what is at its path, if anything is; what cannot be removed stays, and nothing raises."""
        remove_folder(self.path)
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1


def temporary_folder() -> OwnedFolder:
    """Make an owned folder among the system's temporary files."""
    return OwnedFolder(Path(tempfile.gettempdir()), "boilerbench-")


def sweep_folders(parent: Path, prefix: str) -> None:
    """Remove each ``OwnedFolder`` that no living process owns, as one that was killed leaves it."""
    named = re.compile(re.escape(prefix) + r"(\d+)-[^/]+")
    try:
        entries = [(entry, match) for entry in os.scandir(parent) if (match := named.fullmatch(entry.name))]
    except OSError:
        return
    for entry, match in entries:
        with contextlib.suppress(OSError):
            descriptor = os.open(entry.path, _FOLDER)
            try:
                # It is locked a moment after it is made.
                young = time.time() - os.fstat(descriptor).st_mtime < _YOUNG_SECONDS
                if lock_file(descriptor) and not (young and _lives(int(match[1]))):
                    remove_folder(Path(entry.path))
            finally:
                os.close(descriptor)


def put_in_place(fresh: Path, target: Path) -> None:
    """Move a folder to where another may be; what was there is then at ``fresh``, to be removed.

    Where the system can exchange two folders, whoever looks sees the one or the other at every moment.

    Raises:
        OSError: it cannot be moved; all is as it was.
    """
    if not target.exists():
        fresh.rename(target)
        return
    if _exchange(fresh, target):
        return
    stale = fresh.with_name(fresh.name + ".stale")
    target.rename(stale)
    try:
        fresh.rename(target)
    except BaseException:
        stale.rename(target)
        raise
    with contextlib.suppress(OSError):
        stale.rename(fresh)


def remove_folder(folder: Path) -> None:
    """Remove a folder with all that lies in it, however deep; what cannot be removed stays.

    Folders are emptied upwards: each is moved to the top before it is opened, so that neither the depth of
    the tree nor the length of a path matters, and no link is followed.
    """
    try:
        top = os.open(folder, _FOLDER)
    except OSError:
        return
    try:
        # Bounded: each round moves folders up by a level, and a tool's process may still be writing.
        waiting, moved = [""], 0
        while waiting:
            name = waiting.pop()
            moved = _empty(top, name, waiting, moved)
            if name:
                with contextlib.suppress(OSError):
                    os.rmdir(name, dir_fd=top)
    finally:
        os.close(top)
    with contextlib.suppress(OSError):
        folder.rmdir()


def _empty(top: int, name: str, waiting: list[str], moved: int) -> int:
    """Remove the files of a folder in ``top`` and move its folders there, which then wait."""
    with contextlib.suppress(OSError):
        os.chmod(name or ".", stat.S_IRWXU, dir_fd=top)
    try:
        inside = os.open(name or ".", _FOLDER, dir_fd=top)
    except OSError:
        return moved
    try:
        with os.scandir(inside) as listed:
            entries = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in listed]
        for entry, is_folder in entries:
            with contextlib.suppress(OSError):
                if not is_folder:
                    os.unlink(entry, dir_fd=inside)
                    continue
                # A folder that may not be written to cannot be moved.
                with contextlib.suppress(OSError):
                    os.chmod(entry, stat.S_IRWXU, dir_fd=inside)
                moved += 1
                target = f".boilerbench-removed-{moved}"
                os.rename(entry, target, src_dir_fd=inside, dst_dir_fd=top)
                waiting.append(target)
    except OSError:
        return moved
    finally:
        os.close(inside)
    return moved


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders at once; return False where the system or the file system cannot."""
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    names = (os.fsencode(one), os.fsencode(other))
    if rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NO_EXCHANGE:
        return False
    raise OSError(number, os.strerror(number), str(other))


def lock_file(descriptor: int) -> bool:
    """Lock an open folder or file for this process; return False where another holds it, or none can."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def user_cache_path() -> Path:
    """Return the user's folder of environments, extractions and corpora.

    Where there is no home folder, neither in the environment nor for the user, it is a path at which nothing
    can be, so that there is no cache.
    """
    try:
        return platformdirs.user_cache_path("boilerbench")
    except RuntimeError:
        return Path(os.devnull, "boilerbench")

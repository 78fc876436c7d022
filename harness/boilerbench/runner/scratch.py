"""Temporary folders that a tool has written to: made, and removed whatever it has left in them."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW


@contextlib.contextmanager
def scratch_folder(prefix: str) -> Iterator[Path]:
    """Make a temporary folder, removed at the end; what cannot be removed stays, and nothing raises."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    try:
        yield folder
    finally:
        remove_folder(folder)


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

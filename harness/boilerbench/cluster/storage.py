"""The shards of a run on a path that all machines see, a file each: there whole or not at all."""

from __future__ import annotations

import contextlib
import io
import os
import platform
import uuid
import zipfile
from pathlib import Path
from typing import Any

from boilerbench.errors import InputError


class Storage:
    """A folder, or whatever else fsspec knows by a URL, that holds the shards of one run.

    Args:
        url: of the folder of all runs' shards.
        name: of the run.

    Raises:
        InputError: fsspec does not know such a URL, or what it needs for it is not installed.
    """

    def __init__(self, url: str, name: str) -> None:
        import fsspec

        try:
            self._files: Any
            self._files, folder = fsspec.core.url_to_fs(url)
            self._folder = f"{folder.rstrip('/')}/{name}"
            self._files.makedirs(self._folder, exist_ok=True)
        except (ImportError, OSError, ValueError) as error:
            raise InputError(
                f"{url}: cannot hold shards ({error}); name a path that all machines see"
            ) from None

    def numbers(self) -> set[int]:
        """Return the numbers of the shards that are there."""
        self._files.invalidate_cache()
        names = (str(path).rpartition("/")[2] for path in self._files.ls(self._folder, detail=False))
        return {int(name.removesuffix(".zip")) for name in names if name.endswith(".zip")}

    def put(self, number: int, folder: Path) -> None:
        """Store the files of a folder as a shard; one of this number is replaced."""
        packed = io.BytesIO()
        # Texts are packed already.
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for file in sorted(folder.iterdir()):
                archive.write(file, file.name)
        target = self._path(number)
        part = f"{target}.{platform.node()}-{os.getpid()}-{uuid.uuid4().hex}"
        self._files.pipe_file(part, packed.getvalue())
        self._files.mv(part, target)

    def get(self, number: int, folder: Path) -> bool:
        """Write a shard's files into a new folder; tell whether there was such a shard."""
        try:
            packed = self._files.cat_file(self._path(number))
            with zipfile.ZipFile(io.BytesIO(packed)) as archive:
                folder.mkdir()
                for name in archive.namelist():
                    (folder / Path(name).name).write_bytes(archive.read(name))
        except (FileNotFoundError, zipfile.BadZipFile):
            return False
        return True

    def remove(self) -> None:
        """Remove all shards of the run."""
        with contextlib.suppress(OSError):
            self._files.rm(self._folder, recursive=True)

    def _path(self, number: int) -> str:
        return f"{self._folder}/{number:07}.zip"

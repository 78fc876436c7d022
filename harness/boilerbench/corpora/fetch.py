"""Fetching published corpora: a download or a copy, verified, and put in place whole or not at all."""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from boilerbench.corpora.archives import ArchiveLimits, copy, matches, unpack
from boilerbench.corpora.catalog import Part, Source, corpora_folder, find
from boilerbench.corpora.download import Bar, download
from boilerbench.errors import InputError
from boilerbench.folders import OwnedFolder, put_in_place, sweep_folders
from boilerbench.named_files import UnreadableFileError, expanded

__all__ = ["Bar", "Fetched", "content_digest_of", "fetch"]

LOCK_FILE = ".lock"
_STAGING = ".fetching-"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True)
class Fetched:
    """A corpus that is in place now."""

    name: str
    folder: Path
    documents: int
    digest: str
    verified: bool
    """Whether the digest, or the checksum of the download, is the published one."""
    fresh: bool
    """Whether it was fetched now; else it was there."""


def fetch(
    name: str,
    *,
    cache: str | Path | None = None,
    local: str | Path | None = None,
    force: bool = False,
    bar: Bar | None = None,
    retries: int = 2,
    limits: ArchiveLimits = ArchiveLimits(),  # noqa: B008
) -> list[Fetched]:
    """Put a published corpus, or one part of it, into the cache folder, whole or not at all.

    Args:
        name: ``aeb``, ``wcxb``, ``wcxb/dev``.
        cache: the cache folder; without, the user's.
        local: a copy to take instead of downloading: an archive, or a folder that holds the files.
        force: fetch again what is there.
        bar: is told how far the download has come, in bytes.
        retries: how often a transfer that breaks off is attempted again.
        limits: how much an archive may hold.

    Raises:
        InputError: it cannot be had, or is not what it must be; what was there before stays.
    """
    source, parts = find(name)
    root = corpora_folder(cache)
    sweep_folders(root, _STAGING)
    folders = {part: root / source.name / part.name for part in parts}
    wanted = [part for part in parts if force or not folders[part].is_dir()]
    fetched = {
        part: _checked(source, part, folders[part], remedy="fetch-again", asked=name)
        for part in parts
        if part not in wanted
    }
    if wanted:
        with _disk_faults(source, root), _only_one(root), OwnedFolder(root, _STAGING) as owned:
            staging = owned.path
            packed = _named(local) if local else staging / "download"
            if local:
                _check_copy(source, packed)
            else:
                download(source, packed, bar, retries)
            fetched |= _install(source, packed, {part: folders[part] for part in wanted}, staging, limits)
    return [fetched[part] for part in parts]


def _named(local: str | Path) -> Path:
    try:
        return expanded(local)
    except UnreadableFileError as error:
        raise InputError(f"{local}: {error}; give an archive, or a folder that holds the files") from None


def _install(
    source: Source, packed: Path, targets: dict[Part, Path], staging: Path, limits: ArchiveLimits
) -> dict[Part, Fetched]:
    """Unpack parts and put them in place, once all of them are known to be right."""
    files = staging / "files"
    files.mkdir()
    keep = [pattern for part in targets for pattern in part.keep]
    name = source.address if packed.is_relative_to(staging) else str(packed)
    _take(source, packed, files, keep, limits, name)
    known = source.sha256 is not None and packed.is_file()
    fetched = {}
    for part, target in targets.items():
        made = _checked(source, part, files / part.name)
        fetched[part] = dataclasses.replace(made, folder=target, verified=made.verified or known, fresh=True)
    for part, target in targets.items():
        _put(files / part.name, target)
    return fetched


def content_digest_of(folder: Path) -> str:
    """Return SHA-256 over a line per file below a folder: own SHA-256, two spaces, path; sorted by path."""
    digest = hashlib.sha256()
    for path in _paths(folder):
        with (folder / path).open("rb") as file:
            own = hashlib.file_digest(file, "sha256").hexdigest()
        digest.update(f"{own}  {path}\n".encode(errors="surrogateescape"))
    return digest.hexdigest()


def _paths(folder: Path) -> list[str]:
    return sorted(
        (file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()),
        key=os.fsencode,
    )


def _take(
    source: Source, packed: Path, files: Path, keep: Sequence[str], limits: ArchiveLimits, name: str
) -> None:
    if packed.is_dir():
        copy(packed, files, keep, limits)
    elif source.file:
        shutil.copyfile(packed, files / source.file)
    else:
        unpack(packed, files, keep, limits, name)


def _check_copy(source: Source, packed: Path) -> None:
    if not packed.exists():
        raise InputError(f"{packed}: there is no such file or folder; give a copy of {source.address}")
    if not (packed.is_file() or packed.is_dir()):
        raise InputError(f"{packed}: no regular file; give a copy of {source.address}")
    # Of a folder, and of an archive without stable bytes, what is in it is checked.
    if source.sha256 is None or packed.is_dir():
        return
    with packed.open("rb") as file:
        seen = hashlib.file_digest(file, "sha256").hexdigest()
    if seen != source.sha256:
        raise InputError(
            f"corpus {source.name}: {packed} has SHA-256 {seen}, not {source.sha256}; "
            f"it is not {source.address}"
        )


def _checked(source: Source, part: Part, folder: Path, remedy: str = "", asked: str = "") -> Fetched:
    """Check number and digest; ``remedy`` and the name ``asked`` for are those of the command line's hint."""
    name = f"{source.name}/{part.name}".rstrip("/")
    documents = _documents(part, folder)
    if part.documents not in (None, documents):
        raise InputError(
            f"corpus {name}: {documents:,} documents where {part.documents:,} are published; "
            "it is a part of it or another version",
            remedy=remedy,
            name=asked,
        )
    digest = content_digest_of(folder)
    if part.digest not in (None, digest):
        raise InputError(
            f"corpus {name}: its files have digest {digest}, not {part.digest}; "
            "they were changed or are another version",
            remedy=remedy,
            name=asked,
        )
    return Fetched(name, folder, documents, digest, verified=part.digest is not None, fresh=False)


def _documents(part: Part, folder: Path) -> int:
    paths = _paths(folder)
    if part.entries:
        try:
            entries = json.loads((folder / part.entries).read_bytes())
        except (OSError, ValueError) as error:
            raise InputError(
                f"{folder / part.entries}: cannot be read ({error}); take another copy"
            ) from None
        return len(entries)
    if part.count:
        return sum(matches(path.split("/"), [part.count]) for path in paths)
    number = 0
    for path in paths:
        with (folder / path).open("rb") as lines:
            number += sum(1 for _ in lines)
    return number


def _put(files: Path, target: Path) -> None:
    """Rename a complete folder to its target; what was there goes when that is done."""
    target.parent.mkdir(parents=True, exist_ok=True)
    files.chmod(0o755)
    put_in_place(files, target)


@contextlib.contextmanager
def _only_one(root: Path) -> Iterator[None]:
    """Hold the lock of a cache folder; it is released with its holder, however that ends.

    Raises:
        InputError: another process fetches into the folder.
    """
    root.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(root / LOCK_FILE, timeout=0):
            yield
    except Timeout:
        raise InputError(f"another boilerbench is fetching into {root}; wait for it") from None


@contextlib.contextmanager
def _disk_faults(source: Source, root: Path) -> Iterator[None]:
    """Turn the error of a disk that is full, or that cannot be written to, into one line."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise InputError(
                f"corpus {source.name}: no room left in {root} ({error.strerror}); "
                "nothing was kept; free some space"
            ) from None
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST):
            raise InputError(
                f"corpus {source.name}: {error.filename or root} cannot be read or written "
                f"({error.strerror}); nothing was kept"
            ) from None
        raise

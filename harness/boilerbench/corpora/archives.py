"""Unpacking archives: only the files that are wanted, and only into the target."""

from __future__ import annotations

import bz2
import collections
import contextlib
import errno
import functools
import gzip
import lzma
import os
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import IO, cast

from boilerbench.errors import InputError

_CHUNK = 1 << 20
_LARGEST_HEADER = 16 << 20
_LONGEST_NAME = 255
_DAMAGE = (
    *(tarfile.TarError, zipfile.BadZipFile, gzip.BadGzipFile),
    *(lzma.LZMAError, zlib.error, struct.error, EOFError, NotImplementedError),
    # Of headers that name what cannot be, or one another without end.
    *(IndexError, OverflowError, RuntimeError, ValueError),
)


@dataclass(frozen=True)
class ArchiveLimits:
    """The most that an archive may hold: far above any corpus, far below what would fill a disk."""

    files: int = 100_000
    bytes: int = 8 << 30


@dataclass(frozen=True)
class _Entry:
    path: str
    size: int
    regular: bool
    open: Callable[[], IO[bytes] | None]


def unpack(
    archive: Path,
    target: Path,
    keep: Sequence[str],
    limits: ArchiveLimits = ArchiveLimits(),
    name: str | None = None,
) -> None:
    """Put the files of a tar or zip archive that match ``keep`` into a folder.

    Folders above those that ``keep`` speaks of are cut off: ``repository-1.0/html/a.html`` becomes
    ``html/a.html`` for the pattern ``html/*.html``. ``name`` is what messages call the archive.

    Raises:
        InputError: it is truncated or no archive, a path leads outside, what is wanted is no plain file or is
            there twice, it is larger than the limits, or it holds nothing of what is wanted.
        OSError: a file cannot be written.
    """
    name = name or str(archive)
    with _readable(name):
        if zipfile.is_zipfile(archive):
            with zipfile.ZipFile(archive) as zipped:
                _copy_wanted(name, _zip_entries(zipped), target, keep, limits)
        else:
            with _unpacked(archive) as stream, _tar(name, stream) as tar:
                _copy_wanted(name, _tar_entries(tar), target, keep, limits)


def copy(folder: Path, target: Path, keep: Sequence[str], limits: ArchiveLimits = ArchiveLimits()) -> None:
    """Put the files below a folder that match ``keep`` into another, as ``unpack`` does.

    Raises:
        InputError: as for an archive.
        OSError: a file cannot be read or written.
    """
    _copy_wanted(str(folder), _folder_entries(folder), target, keep, limits)


class _Stream:
    """A file of which nothing reads so much at once as only a forged header asks for."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= _LARGEST_HEADER:
            raise tarfile.ReadError(f"a header of {size:,} bytes")
        return self._file.read(size)

    def seek(self, position: int, whence: int = 0) -> int:
        return self._file.seek(position, whence)

    def tell(self) -> int:
        return self._file.tell()


@contextlib.contextmanager
def _unpacked(archive: Path) -> Iterator[_Stream]:
    """Open a file that may be compressed as a whole."""
    with _opener(archive)(archive) as file:
        yield _Stream(file)


def _opener(archive: Path) -> Callable[[Path], IO[bytes]]:
    # Not lzma's older format, which has no mark and may be anything.
    for open_file in (gzip.open, bz2.open, functools.partial(lzma.open, format=lzma.FORMAT_XZ)):
        with contextlib.suppress(OSError, EOFError, zlib.error, lzma.LZMAError), open_file(archive) as file:
            file.read(1)
            return cast("Callable[[Path], IO[bytes]]", open_file)
    return lambda path: path.open("rb")


def _tar(name: str, stream: _Stream) -> tarfile.TarFile:
    try:
        return tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r:")
    except tarfile.ReadError:
        raise InputError(f"{name}: neither a tar nor a zip archive, or truncated; fetch it again") from None


def matches(path: Sequence[str], patterns: Iterable[str]) -> bool:
    """Tell whether a path, by its parts, matches a pattern, folder by folder."""
    return any(
        len(path) == len(steps) and all(map(fnmatchcase, path, steps))
        for steps in (pattern.split("/") for pattern in patterns)
    )


def _copy_wanted(
    name: str, entries: Iterable[_Entry], target: Path, keep: Sequence[str], limits: ArchiveLimits
) -> None:
    # Everything is checked before anything is written.
    for path, entry in _wanted(name, _within(name, entries, limits), keep).items():
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        content = entry.open()
        if content is None:
            raise InputError(f"{name}: {entry.path} is a link or no plain file; do not use it")
        written = 0
        with content, file.open("xb") as output:
            while chunk := content.read(_CHUNK):
                written += len(chunk)
                if written > entry.size:
                    raise InputError(f"{name}: {entry.path} is larger than it says; do not use it")
                output.write(chunk)


def _within(name: str, entries: Iterable[_Entry], limits: ArchiveLimits) -> Iterator[_Entry]:
    total = 0
    for number, entry in enumerate(entries, 1):
        path = PurePosixPath(entry.path)
        if path.is_absolute() or ".." in path.parts or "\\" in entry.path:
            raise InputError(f"{name}: {entry.path!r} leads outside the archive; do not use it")
        total += entry.size
        if number > limits.files:
            raise InputError(f"{name}: more than {limits.files:,} files; is it the right one?")
        if total > limits.bytes:
            raise InputError(f"{name}: more than {limits.bytes:,} bytes unpacked; is it the right one?")
        yield entry


def _wanted(name: str, entries: Iterable[_Entry], keep: Sequence[str]) -> dict[str, _Entry]:
    """Return the entries to keep by their new paths: those below the folder that has most of them."""
    below: dict[tuple[str, ...], list[tuple[str, _Entry]]] = collections.defaultdict(list)
    for entry in entries:
        parts = PurePosixPath(entry.path).parts
        # Not every folder above: a path may have tens of thousands.
        for depth in sorted({len(parts) - len(pattern.split("/")) for pattern in keep}):
            if depth >= 0 and matches(parts[depth:], keep):
                below[parts[:depth]].append(("/".join(parts[depth:]), entry))
    if not below:
        raise InputError(f"{name}: nothing in it is called {' or '.join(keep)}; is it the right one?")
    chosen: dict[str, _Entry] = {}
    for path, entry in max(below.values(), key=len):
        if not entry.regular:
            raise InputError(f"{name}: {entry.path} is a link or no plain file; do not use it")
        if not _is_name(path):
            raise InputError(f"{name}: {entry.path[:60]!r} is no name of a file; do not use it")
        if path in chosen:
            raise InputError(f"{name}: {entry.path} is there twice; do not use it")
        chosen[path] = entry
    return chosen


def _is_name(path: str) -> bool:
    """Tell whether file systems have such names: of up to 255 bytes a folder, without lone surrogates."""
    try:
        return all(len(part.encode()) <= _LONGEST_NAME for part in path.split("/"))
    except UnicodeEncodeError:
        return False


def _tar_entries(tar: tarfile.TarFile) -> Iterator[_Entry]:
    for member in tar:
        if not member.isdir():
            # A sparse file of a few bytes may be gigabytes of nothing.
            regular = member.isreg() and not member.issparse() and member.size >= 0
            yield _Entry(member.name, member.size, regular, lambda m=member: tar.extractfile(m))  # type: ignore[misc]
    # tarfile ends without a word where a header is none.
    assert tar.fileobj is not None
    tar.fileobj.seek(tar.offset)
    if tar.fileobj.read(tarfile.BLOCKSIZE).strip(b"\0"):
        raise tarfile.ReadError(f"no header at byte {tar.offset:,}")


def _zip_entries(zipped: zipfile.ZipFile) -> Iterator[_Entry]:
    for member in zipped.infolist():
        kind = member.external_attr >> 16 & 0o170000
        if not member.is_dir():
            # Archives made without Unix modes say nothing of a kind.
            regular = kind in (0, 0o100000) and not member.flag_bits & 1
            yield _Entry(member.filename, member.file_size, regular, lambda m=member: zipped.open(m))  # type: ignore[misc]


def _folder_entries(folder: Path) -> Iterator[_Entry]:
    for root, _, files in os.walk(folder):
        for file in files:
            path = Path(root, file)
            facts = path.lstat()
            regular = path.is_file() and not path.is_symlink()
            yield _Entry(
                path.relative_to(folder).as_posix(),
                facts.st_size,
                regular,
                lambda p=path: p.open("rb"),  # type: ignore[misc]
            )


@contextlib.contextmanager
def _readable(name: str) -> Iterator[None]:
    """Turn what the libraries raise about a damaged archive into one line."""
    try:
        yield
    except _DAMAGE as error:
        reason = str(error).rstrip(".") or type(error).__name__
        raise InputError(f"{name}: truncated or damaged ({reason}); fetch it again") from None
    except OSError as error:
        # About the content, libraries raise it without a number, or seek to where nothing can be.
        if error.errno in (None, errno.EINVAL):
            raise InputError(f"{name}: truncated or damaged ({error}); fetch it again") from None
        raise

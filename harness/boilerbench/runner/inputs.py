"""The inputs of an extraction beside its page: files and folders by digest, so that changes are seen."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from boilerbench.tokenizers import storable

TREE_FILES = 10_000
TREE_BYTES = 256 << 20
FILE_BYTES = 256 << 20
MARKS = 20_000
"""The number of files that a worker may read outside its environment; beyond, nothing of it is used again."""

ABSENT = "absent"
FOLDER = "folder"
LISTING_END = "/"
"""A mark whose path ends so is of the names that a folder holds."""

_NOT_SOURCE = {".git", ".hg", ".svn", "__pycache__", "node_modules"}
# A virtual environment, a cache (of pytest, mypy, ruff …), a run of boilerbench's own.
_NOT_SOURCE_MARKS = ({"pyvenv.cfg"}, {"CACHEDIR.TAG"}, {"run.json", "scores.csv", "extractions.csv"})
_KERNEL = ("/proc/", "/sys/", "/dev/")
_REASON_CHARACTERS = 300
_CLOCK_NS = 10_000_000
"""Seconds by which the clock of a file system may be behind the system's."""

Signature = tuple[int, int, int, int]
"""Size, times of content and of change in nanoseconds, and inode of a file."""


class UnknownInputsError(Exception):
    """The inputs of something cannot be known; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A folder of source files, or a single file, by content."""

    path: Path
    digest: str
    """SHA-256 over every file's name and content, in hexadecimal; empty where ``unknown`` says why."""
    unknown: str = ""
    signatures: Mapping[str, Signature] = field(default_factory=dict)

    def unchanged(self, covered: Sequence[Path] = ()) -> bool:
        """Tell whether every file is still the one that was read, and none is new."""
        try:
            now = {name: _signature(file.stat()) for name, file in tree_files(self.path, covered)}
        except (OSError, UnknownInputsError):
            return False
        return now == self.signatures


def read_tree(path: Path, covered: Sequence[Path] = ()) -> Tree:
    """Read a folder whole, or a single file.

    Left out is what is no source: version control, caches, virtual environments, runs, ``covered`` folders.
    Where it holds more than ``TREE_FILES`` files or ``TREE_BYTES`` bytes, or something that cannot be read,
    the tree is unknown.
    """
    digest = hashlib.sha256()
    signatures = {}
    size = 0
    try:
        for name, file in tree_files(path, covered):
            about = file.stat()
            size += about.st_size
            if size > TREE_BYTES:
                raise UnknownInputsError(f"{path} holds more than {TREE_BYTES >> 20} MB")
            line = [name, _file_digest(file), bool(about.st_mode & stat.S_IXUSR)]
            digest.update(json.dumps(line).encode("ascii") + b"\n")
            signatures[name] = _signature(about)
    except OSError as error:
        return Tree(path, "", f"{error.filename or path}: {error.strerror}")
    except UnknownInputsError as error:
        return Tree(path, "", str(error))
    return Tree(path, digest.hexdigest(), "", signatures)


def tree_files(path: Path, covered: Sequence[Path] = ()) -> Iterator[tuple[str, Path]]:
    """Yield all files of a tree by their name in it, sorted; links are followed.

    Raises:
        OSError: a folder cannot be read.
        UnknownInputsError: there are more than ``TREE_FILES``, or one is neither file nor folder.
    """
    if path.is_file():
        yield path.name, path
        return
    hidden = {folder.resolve() for folder in covered} - {path.resolve()}
    for number, named in enumerate(_walk(path, "", hidden, {path.resolve()})):
        if number >= TREE_FILES:
            raise UnknownInputsError(f"{path} holds more than {TREE_FILES:,} files")
        yield named


def _walk(folder: Path, prefix: str, hidden: set[Path], above: set[Path]) -> Iterator[tuple[str, Path]]:
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    names = {entry.name for entry in entries}
    if prefix and any(marks <= names for marks in _NOT_SOURCE_MARKS):
        return
    for entry in entries:
        name, path = prefix + entry.name, Path(entry.path)
        if entry.is_dir():
            real = path.resolve()
            # A link to a folder that it lies in leads nowhere new.
            if entry.name not in _NOT_SOURCE and real not in hidden and real not in above:
                yield from _walk(path, name + "/", hidden, above | {real})
        elif entry.is_file():
            yield name, path
        elif not entry.is_symlink():
            raise UnknownInputsError(f"{path} is neither a file nor a folder")


class FileMarks:
    """Files and folders by what they hold, each read once; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._marks: dict[str, str] = {}
        self._signatures: dict[str, Signature | None] = {}

    def mark(self, path: str) -> str:
        """Return what stands at a path: a file's digest, or that it is a folder or absent.

        Of a path that ends in ``/``, a digest of the names in the folder.

        Raises:
            UnknownInputsError: it cannot be read, or is too large.
        """
        with self._lock:
            if path not in self._marks:
                self._signatures[path], self._marks[path] = _look(path)
            return self._marks[path]

    def newer(self, path: str, time_ns: int) -> bool:
        """Tell whether what stands at a marked path has changed since a time of the system's clock."""
        signature = self._signatures[path]
        if signature is None or signature[2] < time_ns - _CLOCK_NS:
            return False
        # A folder changes when Python first puts bytecode there.
        bytecode = Path(path, "__pycache__")
        made_now = bytecode.is_dir() and bytecode.stat().st_ctime_ns >= time_ns - _CLOCK_NS
        return not (path.endswith(LISTING_END) and made_now)

    def unchanged(self, path: str) -> bool:
        """Tell whether what stands at a marked path is what stood there when it was marked."""
        if path.endswith(LISTING_END):
            return _look(path)[1] == self._marks[path]
        try:
            about = os.stat(path)  # noqa: PTH116 - not worth a Path: called for thousands of files
        except OSError:
            return self._signatures[path] is None
        if stat.S_ISDIR(about.st_mode):
            return self._marks[path] == FOLDER
        return _signature(about) == self._signatures[path]


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files that a worker has read outside its environment until an answer; a link of a growing chain."""

    id: bytes
    parent: Inputs | None
    marks: Mapping[str, str]
    """The marks that are new since ``parent``, by path."""
    unknown: str = ""
    """The reason that the worker's reads are not known; empty while they are."""
    fingerprint: str = ""
    """The worker's word for itself: as long as that is the same, it returns the same."""

    def chain(self) -> Iterator[Inputs]:
        """Yield this link and all before it."""
        link: Inputs | None = self
        while link is not None:
            yield link
            link = link.parent


def make_inputs(
    parent: Inputs | None,
    marks: Mapping[str, str],
    unknown: str = "",
    fingerprint: str = "",
    *,
    extractor: str = "",
) -> Inputs:
    """Return a link of a chain, whose first names its extractor; its id depends on the whole chain."""
    before = parent.id.hex() if parent else extractor
    said = json.dumps([before, sorted(marks.items()), unknown, fingerprint])
    return Inputs(hashlib.sha256(said.encode()).digest(), parent, dict(marks), unknown, fingerprint)


def observed(
    parent: Inputs,
    report: Mapping[str, Any],
    marks: FileMarks,
    started_ns: int,
    trees: Sequence[Tree] = (),
) -> Inputs:
    """Return a worker's inputs with what it reports beside a reply.

    Args:
        parent: its inputs until now.
        report: ``files`` and ``folders`` that it has read or looked for, and ``unknown``, as ``worker.py``
            tells them.
        marks: digests what is reported.
        started_ns: when the worker was started; what has changed since may not be what it read.
        trees: its source, whose names of files are known already.
    """
    unknown = parent.unknown or _reason(report)
    fresh: dict[str, str] = {}
    known = tuple(f"{tree.path}/" for tree in trees if not tree.unknown)
    before = sum(len(link.marks) for link in parent.chain())
    for path in _paths(report):
        if path.endswith(LISTING_END) and path.startswith(known):
            continue
        if before + len(fresh) > MARKS:
            break
        try:
            fresh[path] = marks.mark(path)
            if marks.newer(path, started_ns):
                unknown = unknown or f"{path} was changed while it was read"
        except UnknownInputsError as error:
            unknown = unknown or str(error)
    if before + len(fresh) > MARKS:
        fresh, unknown = {}, unknown or f"it reads more than {MARKS:,} files"
    if not fresh and unknown == parent.unknown:
        return parent
    return make_inputs(parent, fresh, unknown, parent.fingerprint)


def _paths(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield the paths of a report, a folder's with ``/`` at its end; drop whatever else a worker says."""
    for kind, end in (("files", ""), ("folders", LISTING_END)):
        paths = report.get(kind)
        for path in paths if isinstance(paths, list) else ():
            if isinstance(path, str) and path.startswith("/") and "\0" not in path and _is_name(path):
                yield path.rstrip("/") + end if end else path


def _is_name(path: str) -> bool:
    """Tell whether a text can name a file at all: a lone surrogate may stand for no byte."""
    try:
        os.fsencode(path)
    except UnicodeEncodeError:
        return False
    return True


def _reason(report: Mapping[str, Any]) -> str:
    unknown = report.get("unknown", "")
    if not isinstance(unknown, str):
        return "it does not say what it reads"
    return storable(unknown[:_REASON_CHARACTERS])


def _look(path: str) -> tuple[Signature | None, str]:
    folder = path.endswith(LISTING_END)
    # Some of the kernel's files never end, and none says the same for long.
    if os.path.realpath(path).startswith(_KERNEL):
        raise UnknownInputsError(f"{path} is the kernel's")
    try:
        about = os.stat(path)  # noqa: PTH116 - not worth a Path: called for thousands of files
        if folder:
            # Python puts its bytecode there, which says nothing that its source does not say.
            names = "\n".join(sorted(set(os.listdir(path)) - {"__pycache__"}))  # noqa: PTH208 - as above
            return _signature(about), "names:" + _text_digest(names)
        if stat.S_ISDIR(about.st_mode):
            return None, FOLDER
        if not stat.S_ISREG(about.st_mode):
            raise UnknownInputsError(f"{path} is no regular file")
        if about.st_size > FILE_BYTES:
            raise UnknownInputsError(f"{path} has more than {FILE_BYTES >> 20} MB")
        return _signature(about), _file_digest(Path(path))
    except (FileNotFoundError, NotADirectoryError):
        return None, ABSENT
    except OSError as error:
        raise UnknownInputsError(f"{path}: {error.strerror}") from None


def signature_of(file: Path) -> Signature | None:
    """Return what tells a file from one that was changed since; None where there is none."""
    try:
        return _signature(file.lstat())
    except OSError:
        return None


def _file_digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _text_digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _signature(about: os.stat_result) -> Signature:
    return about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino

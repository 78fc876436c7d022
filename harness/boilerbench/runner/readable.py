"""The files that a worker needs to read: programs with their environments, source, and what that needs."""

from __future__ import annotations

import functools
import json
import os
import shutil
import site
import sys
import urllib.parse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

SYSTEM = tuple(
    Path("/", name) for name in ("usr", "bin", "sbin", "lib", "lib32", "lib64", "libx32", "etc", "nix", "gnu")
)
"""Folders of the system, which hold nothing of a user's."""

_ENTRIES = 20_000
_RUN_FILES = {"run.json", "scores.csv"}
_GOLD_FILES = {"body.txt", "document.toml"}
_NOT_LOOKED_INTO = {".git", ".hg", ".svn", "__pycache__", "node_modules"}


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents of a folder of source, as far as they matter to who may read it."""

    private: tuple[Path, ...] = ()
    """Runs and gold documents, which no extractor may see."""
    linked: tuple[Path, ...] = ()
    """The targets outside of links within."""


def is_system(path: Path) -> bool:
    """Tell whether a path lies in a folder of the system's."""
    return any(path.is_relative_to(folder) for folder in SYSTEM)


def is_there(path: Path) -> bool:
    """Tell whether there is something at a path that the user may look at."""
    # Path.exists raises where a folder above may not be entered.
    return os.path.exists(path)  # noqa: PTH110


def program_folders(command: Sequence[str]) -> list[Path]:
    """Return what a command needs to run: for each file that it names, its environment and interpreter."""
    folders: dict[Path, None] = {}
    waiting = [Path(word) for word in command if "/" in word or word == command[0]]
    seen: set[Path] = set()
    while waiting:
        file = waiting.pop()
        if file in seen or len(seen) > 100:
            continue
        seen.add(file)
        try:
            if not is_there(file):
                continue
            file = file.absolute()
            folders |= dict.fromkeys(environment_of(file))
            if not file.is_dir():
                waiting += _interpreter(file)
            if file.is_symlink():
                waiting.append(file.parent / file.readlink())
        except (OSError, ValueError):
            # Too long, or not a path at all.
            continue
    return list(folders)


def environment_of(file: Path) -> list[Path]:
    """Return the environment that a program lies in, or its own folder."""
    folder, prefix = file.parent, file.parent.parent
    if folder.name == "shims":
        # They ask their manager (pyenv, rbenv, asdf), which lies beside them.
        return [prefix]
    if folder.name != "bin" or prefix == Path("/"):
        return [folder]
    if is_there(prefix / "pyvenv.cfg") or any(prefix.glob("lib/python3*")):
        # Beside what pip installs for the user lie settings, and keys.
        return [folder, prefix / "lib"] if prefix.name == ".local" else list(prefix_folders(prefix))
    marks = ("conda-meta", "lib/node_modules", "release")
    return [prefix] if any(is_there(prefix / mark) for mark in marks) else [folder]


def environment_folders() -> list[Path]:
    """Return what this Python and its workers import from, and what the search path for programs names."""
    folders: dict[Path, None] = dict.fromkeys(prefix_folders(Path(sys.prefix)))
    # The package of this file is there wherever it was imported from.
    folders[Path(__file__).parents[1]] = None
    variables = ("PYTHONPATH", "LD_LIBRARY_PATH")
    for name in variables:
        entries = os.environ.get(name, "").split(os.pathsep)
        folders |= dict.fromkeys(Path(entry).absolute() for entry in entries if entry)
    if site.ENABLE_USER_SITE:
        folders[Path(site.getusersitepackages())] = None
    for entry in os.environ.get("PATH", os.defpath).split(os.pathsep):
        if entry and not is_system(Path(entry)):
            folders |= dict.fromkeys(environment_of(Path(entry).absolute() / "x"))
    return list(folders)


@functools.cache
def prefix_folders(prefix: Path) -> tuple[Path, ...]:
    """Return an environment with what it is built upon: its base, and what is installed editably in it."""
    folders = [prefix]
    if prefix == Path(sys.prefix):
        folders.append(Path(sys.base_prefix))
    configuration = prefix / "pyvenv.cfg"
    if is_there(configuration):
        for line in configuration.read_text(encoding="utf-8", errors="replace").splitlines():
            name, _, value = line.partition("=")
            if name.strip() == "home" and value.strip():
                folders.append(Path(value.strip()).parent)
    for packages in prefix.glob("lib/python*/site-packages"):
        for listed in packages.glob("*.pth"):
            lines = listed.read_text(encoding="utf-8", errors="replace").splitlines()
            folders += [Path(line) for line in lines if line.startswith("/") and Path(line).is_dir()]
        folders += _editable(packages)
    return tuple(folders)


def look_into(folder: Path) -> Contents:
    """Look for runs, gold and links in a folder, as far as ``_ENTRIES`` entries go."""
    private: dict[Path, None] = {}
    linked: dict[Path, None] = {}
    real = folder.resolve()
    waiting, seen = [folder], 0
    while waiting and seen < _ENTRIES:
        here = waiting.pop()
        try:
            with os.scandir(here) as listed:
                entries = list(listed)
        except OSError:
            continue
        seen += len(entries)
        names = {entry.name for entry in entries}
        if here != folder and (names >= _RUN_FILES or names >= _GOLD_FILES):
            private[here] = None
            continue
        if here != folder and "pyvenv.cfg" in names:
            linked |= dict.fromkeys(prefix_folders(here))
            continue
        for entry in entries:
            if entry.is_symlink():
                target = Path(entry.path).resolve()
                if not target.is_relative_to(real):
                    linked[target] = None
            elif entry.is_dir(follow_symlinks=False) and entry.name not in _NOT_LOOKED_INTO:
                waiting.append(Path(entry.path))
    return Contents(tuple(private), tuple(linked))


def above(folder: Path) -> Iterator[Path]:
    """Yield what Node finds in the folders above: their node_modules, and what says which kind they are."""
    for parent in folder.parents:
        for name in ("node_modules", "package.json"):
            if parent != Path("/") and is_there(parent / name):
                yield parent / name


def hidden_in_home(folders: Iterable[Path]) -> list[Path]:
    """Return the entries of the user's home that begin with a dot, settings and secrets, if it is shown."""
    try:
        home = Path.home().resolve()
        if not any(home.is_relative_to(folder) for folder in folders):
            return []
        return [entry for entry in home.iterdir() if entry.name.startswith(".")]
    except (OSError, RuntimeError):
        return []


def _interpreter(script: Path) -> list[Path]:
    with script.open("rb") as content:
        first = content.readline(512)
    if not first.startswith(b"#!"):
        return []
    words = os.fsdecode(first[2:]).split()
    found = (shutil.which(word) for word in words if not word.startswith("-"))
    return [Path(path) for path in found if path]


def _editable(packages: Path) -> list[Path]:
    """Return the source of what is installed editably, but for boilerbench, whose checkout holds gold."""
    sources = []
    for file in packages.glob("*.dist-info/direct_url.json"):
        if file.parent.name.startswith("boilerbench-"):
            continue
        try:
            origin = json.loads(file.read_text(encoding="utf-8"))
            editable = origin["dir_info"]["editable"]
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if editable:
            sources.append(Path(urllib.parse.unquote(urllib.parse.urlsplit(origin["url"]).path)))
    return sources

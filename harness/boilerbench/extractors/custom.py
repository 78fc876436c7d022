"""A user's own extractor: a program or a filter."""

from __future__ import annotations

import shlex
import shutil
import site
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from boilerbench.errors import InputError
from boilerbench.extractors.adapter import ADAPTERS_FOLDER, Adapter


@dataclass(frozen=True, slots=True)
class Program:
    """A program that speaks the worker protocol; its version is what it says of itself."""

    name: str
    version: str
    command: tuple[str, ...]
    sources: tuple[Path, ...]
    """The folders of all files that the command names: another content is another extractor."""
    network: bool = False
    """Whether it may use the network."""
    variables: tuple[str, ...] = ()
    """The variables of the environment that it is given beside the usual."""


def program(text: str) -> Program:
    """Return the program behind ``cmd:…``.

    Raises:
        InputError: there is no such program.
    """
    command = _command("cmd", text)
    return Program(f"cmd:{text}", "", command, _sources(command))


def filter_program(text: str) -> Adapter:
    """Return the filter behind ``cmd-simple:…``, which reads HTML and writes text, one process a page.

    Raises:
        InputError: there is no such program.
    """
    command = _command("cmd-simple", text)
    options = {"command": shlex.join(command)}
    file = ADAPTERS_FOLDER / "_stdin_filter.py"
    return Adapter(f"cmd-simple:{text}", "", file, dict(options), sources=_sources(command))


def is_installed(file: Path) -> bool:
    """Return whether a file is part of an environment or of the system, not somebody's own source."""
    real = file.resolve()
    folders = [sysconfig.get_path(name) for name in ("purelib", "platlib", "stdlib", "scripts")]
    folders += ["/usr/bin", "/usr/local/bin", "/bin", "/sbin", "/usr/lib", "/lib"]
    if site.ENABLE_USER_SITE:
        folders.append(site.getusersitepackages())
    return any(file.is_relative_to(folder) or real.is_relative_to(folder) for folder in folders)


def _command(kind: str, text: str) -> tuple[str, ...]:
    if not text.strip():
        raise InputError(f"extractor '{kind}:' names no program; write {kind}:program")
    try:
        first, *others = shlex.split(text)
    except ValueError as error:
        raise InputError(
            f"extractor '{kind}:{text}' cannot be read ({error}); quote it as for a shell"
        ) from None
    path = shutil.which(first)
    if path is None:
        raise InputError(
            f"extractor {kind}:{text}: there is no program {first}; give its path, and make it executable"
        )
    return (str(Path(path).absolute()), *others)


def _sources(command: tuple[str, ...]) -> tuple[Path, ...]:
    """Return the folder of each file that a command names, or the file alone where it is installed."""
    sources: dict[Path, None] = {}
    for word in command:
        for name in (word, word.partition("=")[2]):
            path = Path(name) if name else None
            try:
                if path is None or not path.exists():
                    continue
            except (OSError, ValueError):
                # Too long, or not a path at all.
                continue
            path = path.absolute()
            whole = path.is_dir() or is_installed(path) or path.resolve() == Path(sys.executable).resolve()
            sources[path if whole else path.parent] = None
    return tuple(sources)

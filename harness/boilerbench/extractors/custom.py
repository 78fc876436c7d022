"""Somebody's own extractor: a program, a filter, or a Python callable."""

from __future__ import annotations

import hashlib
import shlex
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from boilerbench.errors import InputError
from boilerbench.extractors.adapter import Adapter

_ADAPTERS = Path(__file__).with_name("adapters")


@dataclass(frozen=True, slots=True)
class Program:
    """A program that speaks the worker protocol; its version is what it says of itself."""

    name: str
    version: str
    command: tuple[str, ...]
    content: str
    """A digest over the files that the command names: another content is another extractor."""


def program(text: str) -> Program:
    """The program behind ``cmd:…``.

    Raises:
        InputError: there is no such program.
    """
    command = _command("cmd", text)
    return Program(f"cmd:{text}", "", command, _content(map(Path, command)))


def filter_program(text: str) -> Adapter:
    """The filter behind ``cmd-simple:…``, which reads HTML and writes text, one process a page.

    Raises:
        InputError: there is no such program.
    """
    command = _command("cmd-simple", text)
    facts = {"CONTENT": _content(map(Path, command))}
    options = {"command": shlex.join(command)}
    return Adapter(f"cmd-simple:{text}", "", _ADAPTERS / "_stdin_filter.py", dict(options), facts)


def python_callable(text: str) -> Adapter:
    """The callable behind ``py:module:callable``, found from the current folder or among what is installed.

    Raises:
        InputError: there is no such module, or it is not written so.
    """
    module, _, attribute = text.partition(":")
    if not module or not attribute:
        raise InputError(f"extractor 'py:{text}' cannot be read; write py:module:callable")
    file = _module_file(module)
    if file is None:
        raise InputError(
            f"extractor py:{text}: there is no module {module} here; run where it can be imported"
        )
    files = sorted(file.parent.rglob("*.py")) if file.name == "__init__.py" else [file]
    options = {"module": module, "attribute": attribute, "folder": str(Path.cwd())}
    facts = {"CONTENT": _content(files)}
    return Adapter(f"py:{text}", "", _ADAPTERS / "_python_callable.py", dict(options), facts)


def _command(kind: str, text: str) -> tuple[str, ...]:
    if not text.strip():
        raise InputError(f"extractor '{kind}:' names no program; write {kind}:program")
    try:
        first, *others = shlex.split(text)
    except ValueError as error:
        raise InputError(
            f"extractor '{kind}:{text}' cannot be read ({error}); quote it as for a shell"
        ) from None
    found = shutil.which(first)
    if found is None:
        raise InputError(
            f"extractor {kind}:{text}: there is no program {first}; give its path, and make it executable"
        )
    return (str(Path(found).absolute()), *others)


def _module_file(module: str) -> Path | None:
    """Where a module's source is; no package of it is imported."""
    for folder in (Path.cwd(), *map(Path, filter(None, sys.path))):
        base = folder.joinpath(*module.split("."))
        for file in (base / "__init__.py", base.with_suffix(".py")):
            if file.is_file():
                return file
    return None


def _content(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        if file.is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()

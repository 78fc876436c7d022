"""A benchmark in a file: the settings of ``boilerbench run`` as TOML, so that they can be committed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from boilerbench.errors import InputError
from boilerbench.named_files import LARGEST_TEXT, UnreadableFileError, read_named
from boilerbench.nearest import hint
from boilerbench.parsing import ParseError, parse_toml

KEYS: Mapping[str, type] = {
    "corpora": list,
    "extractors": list,
    "measures": list,
    "policy": str,
    "documents": list,
    "page_types": list,
    "languages": list,
    "sample": int,
    "limit": int,
    "timeout": float,
    "memory": int,
    "allow_read": list,
    "allow_network": list,
    "seed": int,
    "independent": bool,
    "jobs": int,
    "out": str,
}
"""The keys of a benchmark's file: parameters of ``boilerbench run``. A list is of texts."""

_HEAD = "# boilerbench run {file}\n# Options of the command line take the place of what stands here.\n\n"


def read(file: Path) -> dict[str, Any]:
    """Read a benchmark's file as values of parameters.

    Raises:
        InputError: it cannot be read, a key is unknown, or a value is of another type.
    """
    try:
        values = parse_toml(read_named(file, LARGEST_TEXT))
    except FileNotFoundError:
        raise InputError(f"{file}: no such file; give a benchmark's file") from None
    except (UnreadableFileError, ParseError) as error:
        raise InputError(f"{file}: {error}; give a benchmark's file") from None
    for key, value in values.items():
        if key not in KEYS:
            raise InputError(f"{file}: unknown key {key!r}; {hint(key, list(KEYS))}")
        if not _fits(KEYS[key], value):
            raise InputError(f"{file}: {key} is not {_DESCRIPTIONS[KEYS[key]]}")
    return values


def written(values: Mapping[str, Any], file: Path) -> str:
    """Return a benchmark's file with these values of parameters; empty ones are left out."""
    import tomlkit

    kept = {key: values[key] for key in KEYS if values.get(key) not in (None, (), [], False)}
    plain = {
        key: [*value] if isinstance(value, tuple) else value if isinstance(value, KEYS[key]) else str(value)
        for key, value in kept.items()
    }
    return _HEAD.format(file=file.name) + tomlkit.dumps(plain)


def take_defaults(context: click.Context, _: click.Parameter, file: Path | None) -> Path | None:
    """Make a benchmark's file the defaults of the command that it is given to; a click callback."""
    if file is not None:
        context.default_map = {**(context.default_map or {}), **read(file)}
    return file


_DESCRIPTIONS = {
    list: "a list of texts",
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
}


def _fits(kind: type, value: object) -> bool:
    if kind is list:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value) is kind

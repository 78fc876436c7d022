"""document.toml as a form: read with its faults, written with what else stands in it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from boilerbench.corpora.gold import KEYS, LISTS, TEXTS
from boilerbench.corpora.gold_files import DOCUMENT_FILE
from boilerbench.corpora.reading import read_utf8
from boilerbench.errors import InputError
from boilerbench.labelling.durable import write_durably
from boilerbench.parsing import ParseError, parse_toml
from boilerbench.tokenizers import storable


def read_facts(folder: Path) -> dict[str, str]:
    """Return each key of document.toml as text, lists with commas; empty where it is not stated.

    Raises:
        InputError: the file is missing, or no TOML.
    """
    try:
        stated = parse_toml(read_utf8(folder.name, folder / DOCUMENT_FILE))
    except ParseError as error:
        raise InputError(f"{folder.name}: {DOCUMENT_FILE}: {error}; correct it") from None
    return {key: _text(stated.get(key)) for key in KEYS}


def write_facts(folder: Path, facts: Mapping[str, str]) -> None:
    """Write values into document.toml; other keys, their order and comments stay.

    Args:
        folder: the folder of the document.
        facts: values as ``read_facts`` returns them; an empty one removes its key, unless it is required.

    Raises:
        InputError: a key is unknown, ``captured`` is no date, or the file is no TOML.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(read_utf8(folder.name, folder / DOCUMENT_FILE))
    except TOMLKitError as error:
        raise InputError(f"{folder.name}: {DOCUMENT_FILE}: {error}; correct it") from None
    for key, text in facts.items():
        if key not in KEYS:
            raise InputError(f"{folder.name}: {DOCUMENT_FILE}: unknown key {key!r}; use {', '.join(KEYS)}")
        value = _value(folder.name, key, storable(text.strip()))
        if value is not None:
            document[key] = value
        elif key in document:
            del document[key]
    write_durably(folder / DOCUMENT_FILE, tomlkit.dumps(document))


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _value(document: str, key: str, text: str) -> str | list[str] | datetime.date | None:
    """Return the value that a text stands for; None where the key is to go."""
    if key in LISTS:
        return [name for part in text.split(",") if (name := part.strip())]
    if key in TEXTS:
        return text if text or key in ("title", "language", "page_type") else None
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise InputError(
            f"{document}: {DOCUMENT_FILE}: captured {text!r} is no date; write 2026-11-21"
        ) from None

"""The lines of a worker, which may say anything: read within bounds, refused where they break rules."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from boilerbench.tokenizers import storable
from boilerbench.visible_text import visible_line

VERSION_CHARACTERS = 100
ERROR_CHARACTERS = 500
TRACEBACK_CHARACTERS = 20_000
FINGERPRINT_CHARACTERS = 1000

_QUOTED_CHARACTERS = 80
_LARGE_LINE = 1 << 20
_VALUES = 200_000
"""Of a line of more than a megabyte: a list of empty lists takes 30 times its length in memory."""
_LARGEST = 1e9


class ProtocolError(Exception):
    """A line breaks the worker protocol; the message says how, in one line."""


def read_line(line: bytes) -> dict[str, Any]:
    """Read a line as the JSON object that it must be.

    Raises:
        ProtocolError: it is none, or holds more values than a reply needs.
    """
    if len(line) > _LARGE_LINE and _holds_too_much(line):
        raise ProtocolError(f"more than {_VALUES:,} values in a line")
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        message = None
    if not isinstance(message, dict):
        raise ProtocolError(f"not a JSON object: {quoted(line[:_QUOTED_CHARACTERS])}")
    return message


def text_field(message: Mapping[str, Any], name: str, characters: int) -> str:
    """Return a text of a line as one that can be stored, cut at a length; empty where it is null or missing.

    Raises:
        ProtocolError: it is no text.
    """
    value = message.get(name)
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise ProtocolError(f"{name} is not a text")
    # Cut first: the rest may be megabytes.
    kept = storable(value[: characters + 1])
    return kept if len(kept) <= characters else kept[: characters - 1] + "…"


def line_field(message: Mapping[str, Any], name: str, characters: int) -> str:
    """Return a text of a line as a single line, white space folded.

    Raises:
        ProtocolError: it is no text.
    """
    return " ".join(text_field(message, name, characters).split())


def number_field(message: Mapping[str, Any], name: str) -> float | None:
    """Return a number of a line that is not negative; None where it is null or missing.

    Raises:
        ProtocolError: it is no such number, or beyond a thousand million.
    """
    value = message.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ProtocolError(f"{name} is not a number")
    # An integer may be too large for a float.
    if not 0 <= value <= _LARGEST:
        raise ProtocolError(f"{name} is no number from 0 to {_LARGEST:,.0f}")
    return float(value)


def quoted(value: object) -> str:
    """Return the beginning of what a worker said, for a message, without what would act on a terminal."""
    if isinstance(value, bytes):
        return visible_line(value[:_QUOTED_CHARACTERS].decode("utf-8", "replace"))
    if isinstance(value, str):
        return repr(visible_line(value[:_QUOTED_CHARACTERS]))
    return repr(value)[:_QUOTED_CHARACTERS] if isinstance(value, int | float | None) else type(value).__name__


def _holds_too_much(line: bytes) -> bool:
    """Tell whether a line of JSON holds more than ``_VALUES`` values, without reading it as values."""
    # Without escapes, every other part between quotation marks is outside of all strings.
    bare = line.replace(b"\\\\", b"").replace(b'\\"', b"")
    if bare.count(b'"') > 2 * _VALUES:
        return True
    outside = b"".join(bare.split(b'"')[::2])
    return sum(map(outside.count, (b",", b"[", b"{"))) > _VALUES

"""JSON and TOML from files of unknown origin: whatever is wrong with them is one kind of error."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from typing import Any


class ParseError(ValueError):
    """A text is not in its format; the message says why in a few words, with the line where it is known."""


class DuplicateKeyError(ParseError):
    """A key that is there twice in one object.

    Attributes:
        key: which one.
    """

    def __init__(self, key: str) -> None:
        super().__init__(f"{key!r} is there twice")
        self.key = key


def parse_json(content: str | bytes, *, unique_keys: bool = False) -> Any:
    """Parse JSON, after a byte order mark if there is one.

    Args:
        content: the text, or its bytes in UTF-8.
        unique_keys: whether a key that is there twice in one object is an error; if not, the last value
            holds, and ``keys_given_twice`` names it.

    Raises:
        ParseError: it is not UTF-8 or not JSON, nested too deeply, or has a number of too many digits.
        DuplicateKeyError: a key is there twice and must not be.
    """
    text = _text(content)
    try:
        return (_OF_UNIQUE_KEYS if unique_keys else _OF_ANY_KEYS).decode(text)
    except json.JSONDecodeError as error:
        raise ParseError(f"not JSON in line {error.lineno} ({error.msg})") from None
    except (ValueError, RecursionError) as error:
        raise _explained("JSON", error) from None


def keys_given_twice(parsed: object) -> tuple[str, ...]:
    """Return the keys that were there twice in an object that ``parse_json`` returned."""
    return parsed.twice if isinstance(parsed, _Repeating) else ()


def parse_toml(content: str | bytes) -> dict[str, Any]:
    """Parse TOML, after a byte order mark if there is one.

    Raises:
        ParseError: it is not UTF-8 or not TOML, nested too deeply, or has a number of too many digits.
    """
    text = _text(content)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ParseError(f"not TOML ({error})") from None
    except (ValueError, RecursionError) as error:
        raise _explained("TOML", error) from None


def _text(content: str | bytes) -> str:
    if isinstance(content, str):
        return content.removeprefix("\ufeff")
    try:
        # As json does it: some writers of JSON encode lone surrogates.
        return content.decode("utf-8-sig", "surrogatepass")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ParseError(
            f"not UTF-8 in line {line} (byte {error.start} is 0x{content[error.start]:02x})"
        ) from None


class _Repeating(dict[str, Any]):
    """An object in which keys were there twice."""

    twice: tuple[str, ...] = ()


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) == len(pairs):
        return values
    repeating = _Repeating(values)
    numbers = Counter(key for key, _ in pairs)
    repeating.twice = tuple(key for key, number in numbers.items() if number > 1)
    return repeating


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise DuplicateKeyError(key)
            seen.add(key)
    return values


_OF_UNIQUE_KEYS = json.JSONDecoder(object_pairs_hook=_unique)
_OF_ANY_KEYS = json.JSONDecoder(object_pairs_hook=_object)


def _explained(name: str, error: Exception) -> ParseError:
    if isinstance(error, ParseError):
        return error
    if isinstance(error, RecursionError):
        return ParseError(f"not {name} (nested too deeply)")
    # Python takes no number of more than 4,300 digits; that is the only other one.
    return ParseError(
        f"not {name} (a number of too many digits)" if "digits" in str(error) else f"not {name} ({error})"
    )

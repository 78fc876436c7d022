"""The language of a text, by an identifier whose model comes with its package."""

from __future__ import annotations

from importlib.metadata import version

_FEWEST_CHARACTERS = 20
"""Letters below which nothing is said."""
_LOOKED_AT = 20_000


def language_of(text: str) -> str:
    """Return the language of a text as ISO 639-1; empty where there is hardly any text."""
    from resiliparse.parse.lang import detect_fast

    beginning = " ".join(text.split())[:_LOOKED_AT]
    if sum(map(str.isalpha, beginning)) < _FEWEST_CHARACTERS:
        return ""
    return str(detect_fast(beginning)[0])


def identifier_version() -> str:
    """Return the name and the version of the identifier."""
    return f"resiliparse {version('resiliparse')}"

"""The keys that give labels, and ranges of blocks as they are typed."""

from __future__ import annotations

from boilerbench.errors import InputError

KEYS = {
    "h": "heading",
    "p": "paragraph",
    "l": "list",
    "q": "quote",
    "c": "code",
    "t": "table",
    "f": "formula",
    "e": "entry",
    "m": "title",
    "b": "byline",
    "d": "date",
    "i": "caption",
    "n": "navigation",
    "r": "related",
    "s": "share",
    "y": "subscribe",
    "a": "advert",
    "k": "consent",
    "o": "comment",
    "g": "tags",
    "j": "legal",
    "x": "interface",
}
"""The label that each key gives. None is a capital, so that a slip of the shift key changes no role."""


def parse_range(words: str) -> tuple[str, int, int]:
    """Parse a line such as ``12-20 related`` or ``7 h``: a label or its key, for a block or a range.

    Raises:
        InputError: the line has another form.
    """
    parts = words.split()
    span = parts[0].partition("-") if parts else ("", "", "")
    if len(parts) != 2 or not span[0].isdigit() or (span[1] and not span[2].isdigit()):
        raise InputError("write a block or a range and a label, as in 12-20 related or 7 h")
    return KEYS.get(parts[1], parts[1]), int(span[0]), int(span[2] or span[0])

"""Text of pages, ids and errors as a terminal may get it: control characters as visible marks."""

from __future__ import annotations

_KEPT = "\t\n"
_OTHERS = "\ufffd"
# Embeddings, overrides and isolates reorder what stands around them; the separators may end a line.
_REORDERING = (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029)
_MARKS: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in _KEPT},
    0x7F: "\u2421",
    **dict.fromkeys((*range(0x80, 0xA0), *_REORDERING, *range(0xD800, 0xE000)), _OTHERS),
}
_LINE_MARKS = _MARKS | {ord(char): chr(0x2400 + ord(char)) for char in _KEPT}


def visible(text: str) -> str:
    """Return a text without characters that act on a terminal, each replaced by one mark.

    C0 controls and DEL become their pictures (U+2400 to U+2421), C1 controls, bidirectional embeddings,
    overrides and isolates, line and paragraph separators and lone surrogates U+FFFD. Line feeds and tabs
    stay.
    """
    return text if text.isascii() and text.isprintable() else text.translate(_MARKS)


def visible_line(text: str) -> str:
    """Return a text as one line: ``visible``, with line feeds and tabs marked as well."""
    return text if text.isascii() and text.isprintable() else text.translate(_LINE_MARKS)

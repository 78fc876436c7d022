"""Marked texts for a terminal, readable without colours as well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.table import Table
from rich.text import Text

from boilerbench.measures.marks import Mark
from boilerbench.records import FOREIGN
from boilerbench.reports.diff.outputs import OutputDiff, Want
from boilerbench.reports.diff.stretches import Stretch, units_marked
from boilerbench.reports.formatting import counted

_STYLES = {Mark.LOST: "bold red", Mark.LEAKED: "bold yellow", Mark.OPTIONAL: "dim", Mark.MOVED: "cyan"}
_BRACKETS = {Mark.LOST: ("[-", "-]"), Mark.LEAKED: ("{+", "+}"), Mark.OPTIONAL: ("{~", "~}")}
_MOVED = ("[>", "<]")
_PICTURES = {
    **{code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"},
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
}
_SIGNS = {Mark.LOST: "-", Mark.LEAKED: "+"}
_WANTS = {
    Want.WANTED: ("[", "]"),
    Want.UNWANTED: ("{", "}"),
    Want.OPTIONAL: ("(", ")"),
    Want.UNKNOWN: ("(", ")"),
}
_WANT_STYLES = {Want.WANTED: "bold green", Want.UNWANTED: "bold yellow", Want.OPTIONAL: "dim"}
# Between light and dark, so that they can be read on either; the label stands beside in any case.
_LABEL_STYLES = {
    "navigation": "bold color(68)",
    "related": "bold color(168)",
    "share": "bold color(37)",
    "subscribe": "bold color(71)",
    "advert": "bold color(172)",
    "consent": "bold color(161)",
    "comment": "bold color(64)",
    "tags": "bold color(136)",
    "legal": "bold color(133)",
    "interface": "bold color(245)",
}


def marked_text(pieces: Iterable[Stretch], *, moved: bool = False) -> Text:
    """Text with its marks: ``[-lost-]``, ``{+leaked+}``, ``{+leaked+ label}``, ``{~optional~}``.

    Args:
        pieces: the text in stretches.
        moved: whether words that stand elsewhere cost something, and so are marked: ``[>moved<]``.
    """
    text = Text()
    for piece in pieces:
        opening, closing = _BRACKETS.get(piece.mark, ("", ""))
        style = _LABEL_STYLES.get(piece.label, _STYLES.get(piece.mark, ""))
        if piece.label:
            closing = f"+ {piece.label}}}"
        if piece.mark == Mark.MOVED:
            (opening, closing), style = (_MOVED, style) if moved else (("", ""), "")
        text.append(f"{opening}{printable(piece.text)}{closing}", style=style)
    return text


def compared_text(pieces: Iterable[Stretch]) -> Text:
    """One of two outputs with the words that it alone has: ``[wanted]``, ``{unwanted}``, ``(others)``."""
    text = Text()
    for piece in pieces:
        if piece.mark not in _SIGNS:
            text.append(printable(piece.text))
            continue
        want, sign = Want(piece.label), _SIGNS[piece.mark]
        opening, closing = _WANTS[want]
        text.append(
            f"{opening}{sign}{printable(piece.text)}{sign}{closing}", style=_WANT_STYLES.get(want, "")
        )
    return text


def compared_lines(diff: OutputDiff, first: str, second: str) -> list[str]:
    """Say what either output has alone, and what gold wants of it."""
    words = diff.words()
    names = {
        Want.WANTED: "that gold wants [{0}…{0}]",
        Want.UNWANTED: "that gold does not want {{{0}…{0}}}",
        Want.OPTIONAL: "of optional text ({0}…{0})",
        Want.UNKNOWN: "of which gold says nothing ({0}…{0})",
    }
    lines = []
    for name, mark in ((first, Mark.LOST), (second, Mark.LEAKED)):
        parts = [
            f"{counted(words[mark, want], 'word')} {names[want].format(_SIGNS[mark])}"
            for want in Want
            if (mark, want) in words
        ]
        lines.append(f"only in {name}: {', '.join(parts) or 'nothing'}")
    return lines


def lost_line(pieces: Sequence[Stretch], unit: str, *, moved: bool) -> str:
    """The number of lost units of a gold, with the sign that marks them."""
    elsewhere = units_marked(pieces, Mark.MOVED) if moved else 0
    more = f", {elsewhere:,} moved [>…<]" if elsewhere else ""
    return f"{counted(units_marked(pieces, Mark.LOST), unit)} lost [-…-]{more}"


def leaked_line(pieces: Sequence[Stretch], unit: str, *, moved: bool) -> str:
    """The numbers of leaked and optional units of an output, with the signs that mark them."""
    elsewhere = units_marked(pieces, Mark.MOVED) if moved else 0
    optional = units_marked(pieces, Mark.OPTIONAL)
    more = (f", {elsewhere:,} moved [>…<]" if elsewhere else "") + (
        f", {optional:,} optional {{~…~}}" if optional else ""
    )
    return f"{counted(units_marked(pieces, Mark.LEAKED), unit)} leaked {{+…+}}{more}"


def leaked_by_label(pieces: Iterable[Stretch]) -> str:
    """Numbers of leaked words by the label of their blocks, most first; empty where none is known."""
    counts: dict[str, int] = {}
    for piece in pieces:
        if piece.mark == Mark.LEAKED:
            counts[piece.label] = counts.get(piece.label, 0) + piece.units
    if not any(counts):
        return ""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0] in ("", FOREIGN), item[0]))
    return ", ".join(
        f"{number:,} {label}" if label == FOREIGN else f"{number:,} of {label or 'no block'}"
        for label, number in ordered
    )


def two_columns(left: Text, right: Text) -> Table:
    """Two texts in two columns of one width, for a wide terminal."""
    table = Table.grid(expand=True, padding=(0, 2))
    table.add_column(ratio=1)
    table.add_column(ratio=1)
    table.add_row(left, right)
    return table


def printable(text: str) -> str:
    """A text without the characters that steer a terminal: each as its picture, as in ``␛``."""
    return text.translate(_PICTURES)

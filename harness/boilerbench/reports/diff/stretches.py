"""Marked texts in pieces, as they are printed: neighbouring spans of one mark make one stretch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from boilerbench.measures.marks import Mark, Span


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text with one mark; ``units`` is the number of words or segments that the mark is about."""

    text: str
    mark: Mark
    units: int = 0
    label: str = ""
    """The label of the block it came from, where it leaked and the page is labelled."""


@dataclass(frozen=True, slots=True)
class Diff:
    """An output as it is shown, and the stretches of the gold and of itself."""

    text: str
    in_gold: list[Stretch]
    in_output: list[Stretch]


def stretches(text: str, spans: Sequence[Span], labels: Sequence[str] | None = None) -> list[Stretch]:
    """Cut a text into stretches; one that is marked ends with its line.

    Args:
        text: the text as it is shown.
        spans: its marked spans, in order.
        labels: for each span the label of the block it came from, or nothing.
    """
    pieces: list[Stretch] = []
    done = 0
    first = 0
    while first < len(spans):
        last = first
        while last + 1 < len(spans) and _continues(text, spans, labels, last):
            last += 1
        start, end = spans[first].start, spans[last].end
        units = sum(span.units for span in spans[first : last + 1])
        label = labels[first] if labels else ""
        pieces += [
            Stretch(text[done:start], Mark.KEPT),
            Stretch(text[start:end], spans[first].mark, units, label),
        ]
        done = end
        first = last + 1
    pieces.append(Stretch(text[done:], Mark.KEPT))
    return [piece for piece in pieces if piece.text]


def units_marked(pieces: Iterable[Stretch], *marks: Mark) -> int:
    """Count the units that bear one of these marks."""
    return sum(piece.units for piece in pieces if piece.mark in marks)


def _continues(text: str, spans: Sequence[Span], labels: Sequence[str] | None, index: int) -> bool:
    """Whether the span after an index goes on with what the one at it began."""
    one, other = spans[index], spans[index + 1]
    same_label = labels is None or labels[index] == labels[index + 1]
    return (
        other.continues and one.mark == other.mark and same_label and "\n" not in text[one.end : other.start]
    )

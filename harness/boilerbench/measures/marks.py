"""Marks in two texts, gold and output: the spans that a measure's counts come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

MANY = 1 << 30


class Mark(StrEnum):
    """The fate of a span of text."""

    KEPT = "kept"
    MOVED = "moved"
    """In both texts, but not in the same order."""
    LOST = "lost"
    LEAKED = "leaked"
    OPTIONAL = "optional"
    """Beyond the gold, and neither asked for nor punished."""


@dataclass(frozen=True, slots=True)
class Span:
    """A marked piece of a text, from ``start`` to before ``end``."""

    start: int
    end: int
    mark: Mark
    units: int = 1
    """The number of the measure's units, such as words, that it stands for."""
    before: int = MANY
    """The number of kept units on its line between it and the span before, or the line's beginning."""
    after: int = MANY
    """The number of kept units on its line between it and the next span, or the line's end."""


@dataclass(frozen=True, slots=True)
class Marked:
    """An output as it is shown, with the spans of gold and output that are not plainly kept.

    Spans are in order and do not overlap.
    """

    text: str
    in_gold: Sequence[Span]
    in_output: Sequence[Span]


@dataclass(frozen=True, slots=True)
class Marker:
    """A document's gold, made ready to mark outputs as one measure counts them.

    The units of the spans in gold whose mark is in ``counted`` add up to the measure's false negatives, and
    those in the output to its false positives.
    """

    text: str
    """The text that stands for gold, as it is shown."""
    mark: Callable[[str], Marked]
    """Marks an output against it."""
    unit: str = "word"
    """The thing counted, in the singular."""
    counted: frozenset[Mark] = frozenset((Mark.LOST, Mark.LEAKED))
    """The marks that cost something."""


def units(spans: Sequence[Span], marks: frozenset[Mark]) -> int:
    """Count the units that bear one of some marks."""
    return sum(span.units for span in spans if span.mark in marks)

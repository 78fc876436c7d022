"""Marked texts in pieces, as they are printed: a paragraph that is lost makes one stretch, not confetti."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from boilerbench.measures.marks import Mark, Span
from boilerbench.measures.span_table import MARKS, SpanTable

EVIDENCE = 3
"""Kept words in a row that show that this part of a line is in the other text."""
_LEAST = 5
"""Words from which a part of a line is marked as a whole."""
_MANY = 100_000
"""Spans beyond which stretches may go over several lines."""
_COUNTED = frozenset((Mark.LOST, Mark.LEAKED))


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


@dataclass(frozen=True, slots=True)
class _Piece:
    """A marked stretch by its place in the text."""

    start: int
    end: int
    mark: Mark
    units: int
    label: str


def stretches(
    text: str,
    spans: Sequence[Span],
    labels: Sequence[str] | None = None,
    counted: frozenset[Mark] = _COUNTED,
) -> list[Stretch]:
    """Cut a text into stretches; one that is marked ends with its line, unless there are many spans.

    A part of a line without three kept words in a row, at least half of which is lost (or leaked, from one
    block), is one stretch; the words in it that stand elsewhere too do not count, unless the measure counts
    them. So the units of all stretches add up to those of the spans whose marks are counted. Of more than
    100,000 spans those of one mark and label without a kept word between them are one, over several lines.

    Args:
        text: the text as it is shown.
        spans: its marked spans, in order.
        labels: for each span the label of the block it came from, or nothing.
        counted: the marks that the measure counts.
    """
    names = labels or [""] * len(spans)
    pieces: list[Stretch] = []
    done = 0
    for marked in (_pieces if len(spans) <= _MANY else _long_runs)(text, spans, names, counted):
        pieces += [
            Stretch(text[done : marked.start], Mark.KEPT),
            Stretch(text[marked.start : marked.end], marked.mark, marked.units, marked.label),
        ]
        done = marked.end
    pieces.append(Stretch(text[done:], Mark.KEPT))
    return [piece for piece in pieces if piece.text]


def units_marked(pieces: Iterable[Stretch], *marks: Mark) -> int:
    """Count the units that bear one of these marks."""
    return sum(piece.units for piece in pieces if piece.mark in marks)


def _pieces(
    text: str, spans: Sequence[Span], labels: Sequence[str], counted: frozenset[Mark]
) -> Iterator[_Piece]:
    # Once, since a table makes each span anew.
    spans = spans[:]
    for first, last in _parts(text, spans):
        some, some_labels = spans[first : last + 1], labels[first : last + 1]
        piece = _whole(text, some, some_labels, counted)
        yield from [piece] if piece else _runs(some, some_labels)


def _long_runs(
    text: str, spans: Sequence[Span], labels: Sequence[str], counted: frozenset[Mark]
) -> Iterator[_Piece]:
    """Pieces of spans of one mark and label without a kept word between them, on however many lines."""
    import numpy as np

    table = SpanTable.of(spans)
    numbers = {label: number for number, label in enumerate(dict.fromkeys(labels))}
    names = np.fromiter(map(numbers.__getitem__, labels), np.int32, len(labels))
    changes = (np.diff(table.marks) != 0) | (np.diff(names) != 0) | (table.gaps[1:] > 0)
    firsts = np.concatenate(([0], np.flatnonzero(changes) + 1))
    lasts = np.append(firsts[1:], len(table)) - 1
    units = np.add.reduceat(table.units, firsts)
    columns = (table.starts[firsts], table.ends[lasts], table.marks[firsts], units, firsts)
    for start, end, mark, number, first in zip(*(column.tolist() for column in columns), strict=True):
        yield _Piece(start, end, MARKS[mark], number, labels[first])


def _parts(text: str, spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """First and last index of the spans of each part of a line between kept words in a row."""
    first = 0
    for index, span in enumerate(spans):
        following = spans[index + 1] if index + 1 < len(spans) else None
        if following and following.before < EVIDENCE and "\n" not in text[span.end : following.start]:
            continue
        yield first, index
        first = index + 1


def _whole(
    text: str, spans: Sequence[Span], labels: Sequence[str], counted: frozenset[Mark]
) -> _Piece | None:
    """A part of a line as one piece, if it is mostly lost or leaked."""
    heavy = [index for index, span in enumerate(spans) if span.mark in _COUNTED]
    if not heavy or len({(spans[index].mark, labels[index]) for index in heavy}) > 1:
        return None
    if any(span.mark == Mark.OPTIONAL for span in spans):
        return None
    start, end = spans[0].start, spans[-1].end
    words = len(spans) + sum(span.before for span in spans[1:])
    if spans[0].before < EVIDENCE:
        start = text.rfind("\n", 0, start) + 1 if spans[0].before else start
        words += spans[0].before
    if spans[-1].after < EVIDENCE:
        line_end = text.find("\n", end)
        end = (line_end if line_end >= 0 else len(text)) if spans[-1].after else end
        words += spans[-1].after
    if words < _LEAST or 2 * len(heavy) < words:
        return None
    units = sum(span.units for span in spans if span.mark in counted)
    return _Piece(start, end, spans[heavy[0]].mark, units, labels[heavy[0]])


def _runs(spans: Sequence[Span], labels: Sequence[str]) -> Iterator[_Piece]:
    """Pieces of spans of one mark and label without a kept word between them."""
    first = 0
    for index in range(len(spans)):
        if (
            index + 1 < len(spans)
            and spans[index + 1].before == 0
            and (spans[index + 1].mark, labels[index + 1]) == (spans[index].mark, labels[index])
        ):
            continue
        units = sum(span.units for span in spans[first : index + 1])
        yield _Piece(spans[first].start, spans[index].end, spans[index].mark, units, labels[index])
        first = index + 1

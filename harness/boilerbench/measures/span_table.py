"""Spans by columns, since an output may have millions of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from boilerbench.measures.marks import MANY, Mark, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.signedinteger[Any]]

MARKS = tuple(Mark)
CODES = {mark: code for code, mark in enumerate(MARKS)}


@dataclass(frozen=True, slots=True, eq=False)
class SpanTable(Sequence[Span]):
    """Spans in order, as arrays of one length; a row is a ``Span``."""

    starts: Integers
    ends: Integers
    marks: Integers
    """Indexes of ``MARKS``."""
    units: Integers
    before: Integers
    after: Integers
    gaps: Integers
    """The number of kept units between a span and the one before, on whatever lines."""

    @classmethod
    def of(cls, spans: Sequence[Span]) -> SpanTable:
        """Spans as a table; those that are one stay as they are."""
        import numpy as np

        if isinstance(spans, SpanTable):
            return spans
        rows = [
            (span.start, span.end, CODES[span.mark], span.units, span.before, span.after, MANY)
            for span in spans
        ]
        return cls(*np.array(rows, np.int64).reshape(len(rows), 7).T)

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, index: int) -> Span: ...

    @overload
    def __getitem__(self, index: slice) -> list[Span]: ...

    def __getitem__(self, index: int | slice) -> Span | list[Span]:
        columns = (self.starts, self.ends, self.marks, self.units, self.before, self.after)
        if isinstance(index, slice):
            rows = zip(*(column[index].tolist() for column in columns), strict=True)
            return [
                Span(start, end, MARKS[mark], units, before, after)
                for start, end, mark, units, before, after in rows
            ]
        return self[index : index + 1 or None][0]

    def __iter__(self) -> Iterator[Span]:
        for start in range(0, len(self), _AT_ONCE):
            yield from self[start : start + _AT_ONCE]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


_AT_ONCE = 4096


def overlapping(
    starts: Integers, ends: Integers, other_starts: Integers, other_ends: Integers
) -> tuple[Integers, Integers]:
    """Find the spans that overlap another: their indexes, and of the first other one that each overlaps.

    Both are in order and do not overlap among themselves.
    """
    import numpy as np

    others = np.searchsorted(other_ends, starts, side="right")
    known = np.flatnonzero(others < len(other_ends))
    inside = known[other_starts[others[known]] < ends[known]]
    return inside, others[inside]

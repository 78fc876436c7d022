"""Measures whose gold, too, may be larger than can be judged."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from boilerbench.measures.base import Measurement
from boilerbench.measures.bounds import UnscorableError
from boilerbench.records import Counts, Gold

Prepared = TypeVar("Prepared")


def with_bounded_gold(
    prepare: Callable[[Gold], Prepared], count: Callable[[Prepared, str], Counts]
) -> tuple[Callable[[Gold], Prepared | None], Callable[[Prepared | None, str], Measurement]]:
    """Return both functions of a measure such that gold beyond its bounds makes all outputs unscorable.

    Args:
        prepare: as a measure has it; may raise ``UnscorableError``, and gold is None then.
        count: counts what an output has of what is prepared; may raise ``UnscorableError``.
    """

    def prepared(gold: Gold) -> Prepared | None:
        try:
            return prepare(gold)
        except UnscorableError:
            return None

    def counted(expected: Prepared | None, text: str) -> Measurement:
        if expected is not None:
            return Measurement(count(expected, text))
        if text:
            raise UnscorableError("gold is larger than can be compared")
        return Measurement(Counts(0, 0, 1))

    return prepared, counted

"""The bounds of measures that take more than linear time: what is beyond them is found to be nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from boilerbench.measures.base import Measurement
from boilerbench.records import Counts, Gold

Prepared = TypeVar("Prepared")
MOST_STEPS = 10**11
"""Pairs of characters of two texts that are compared: about ten seconds."""


class BeyondBoundsError(Exception):
    """A text is beyond the bounds within which a measure compares it."""


def within_bounds(
    prepare: Callable[[Gold], Prepared], count: Callable[[Prepared, str], Counts]
) -> tuple[Callable[[Gold], Prepared | None], Callable[[Prepared | None, str], Measurement]]:
    """Return both functions of a measure such that nothing beyond its bounds raises.

    Args:
        prepare: as a measure has it; may raise ``BeyondBoundsError``, and gold is None then.
        count: counts what an output has of what is prepared; may raise ``BeyondBoundsError``.

    Returns:
        Functions for a ``Measure``. Where gold or the output is beyond the bounds, one thing is expected, and
        one is returned that has nothing in common with it.
    """

    def prepared(gold: Gold) -> Prepared | None:
        try:
            return prepare(gold)
        except BeyondBoundsError:
            return None

    def counted(expected: Prepared | None, text: str) -> Measurement:
        try:
            return Measurement(Counts(0, 1, 1) if expected is None else count(expected, text))
        except BeyondBoundsError:
            return Measurement(Counts(0, 1, 1))

    return prepared, counted

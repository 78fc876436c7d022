"""Similarities as counts: of one thing expected and one returned, the share that is alike."""

from __future__ import annotations

import functools

from rapidfuzz.distance import Levenshtein

from boilerbench.measures.bounds import MOST_STEPS, UnscorableError
from boilerbench.records import Counts

WHERE_PRESENT = ("present",)
"""The average of such counts: without what neither side has."""


def similarity_counts(distance: float, *, expected: bool, returned: bool) -> Counts:
    """Count what is alike of one thing expected and one returned.

    Args:
        distance: from 0, alike, to 1, nothing in common; of no account unless both are there.
        expected: whether gold has the thing.
        returned: whether the output has it.

    Returns:
        Counts of which precision, recall and F1 are all 1 − ``distance``, and 0 where only one side has the
        thing; no counts where neither has.
    """
    if expected and returned:
        return Counts(1 - distance, distance, distance)
    return Counts(0, int(returned), int(expected))


# The same parts are compared by a measure of their own and for the mean of all.
@functools.lru_cache(maxsize=8)
def edit_counts(expected: str, returned: str) -> Counts:
    """Count two texts as one expected and one returned, by edit distance; an empty one is not there.

    Raises:
        UnscorableError: the texts are too long to be compared.
    """
    distance = edit_distance(expected, returned) if expected and returned else 0.0
    return similarity_counts(distance, expected=bool(expected), returned=bool(returned))


def edit_distance(first: str, second: str) -> float:
    """Return the Levenshtein distance of two texts by the length of the longer, from 0 to 1.

    Raises:
        UnscorableError: it takes more than ``MOST_STEPS``.
    """
    if first == second:
        return 0.0
    if len(first) * len(second) > MOST_STEPS:
        raise UnscorableError(f"texts of {len(first):,} and {len(second):,} characters")
    return float(Levenshtein.distance(first, second) / max(len(first), len(second)))

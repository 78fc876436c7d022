"""What every measure is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from harness.records import Counts, Gold

Prepared = TypeVar("Prepared")


@dataclass(frozen=True, slots=True)
class Measure(Generic[Prepared]):
    """A rule that turns gold and text into counts.

    ``prepare`` is called once per document, ``count`` once per output of it, so that gold is not tokenised
    anew for every extractor. ``averages`` names the ways in which its scores are averaged over documents.
    """

    name: str
    signature: str
    """What decides its figures, printed beside each that is published."""
    summary: str
    source: str
    prepare: Callable[[Gold], Prepared]
    count: Callable[[Prepared, str], Counts]
    averages: tuple[str, ...] = ("mean",)


def overlap(expected: Counter[Hashable], returned: Counter[Hashable]) -> Counts:
    """Counts of two multisets: the overlap, what was returned beyond it, what was expected beyond it."""
    # Counter's own intersection builds a third counter, which nobody needs.
    tp = sum(min(count, returned[key]) for key, count in expected.items() if key in returned)
    return Counts(tp, returned.total() - tp, expected.total() - tp)

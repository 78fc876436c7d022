"""The pages on which two versions of one tool differ most."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Sequence

import pandas as pd

from boilerbench.survey.observation import Observation

MOST = 50
"""Pages that are named for two versions."""
_COLUMNS = ("first", "second", "document", "url", "f1", "first_words", "second_words")


class Changes:
    """For each two extractors of one tool the pages with the least F1 between them.

    Args:
        names: of the extractors.
        tools: of the same.
    """

    def __init__(self, names: Sequence[str], tools: Sequence[str]) -> None:
        self._names = names
        both = itertools.combinations(range(len(names)), 2)
        self._pairs = [(one, other) for one, other in both if tools[one] == tools[other]]
        self._least: list[list[tuple[float, int, Observation]]] = [[] for _ in self._pairs]
        self.changed = [0 for _ in self._pairs]
        """Pages on which the two return other words."""

    def add(self, seen: Observation) -> None:
        """Look at a page."""
        for place, (one, other) in enumerate(self._pairs):
            f1 = float(seen.f1[one, other])
            if f1 < 1:
                self.changed[place] += 1
                heapq.heappush(self._least[place], (-f1, -seen.index, seen))
                if len(self._least[place]) > MOST:
                    heapq.heappop(self._least[place])

    def table(self) -> pd.DataFrame:
        """Return these pages, most changed first."""
        rows = [
            (
                *(self._names[one], self._names[other], seen.document, seen.facts.url, -negative),
                *(seen.outcomes[each].words for each in (one, other)),
            )
            for (one, other), least in zip(self._pairs, self._least, strict=True)
            for negative, _, seen in sorted(least, reverse=True, key=lambda entry: entry[:2])
        ]
        return pd.DataFrame(rows, columns=list(_COLUMNS))

    def versions(self, pages: int) -> pd.DataFrame:
        """Return for each two versions how many pages changed."""
        rows = [
            (self._names[one], self._names[other], changed, changed / pages if pages else 0.0)
            for (one, other), changed in zip(self._pairs, self.changed, strict=True)
        ]
        return pd.DataFrame(rows, columns=["first", "second", "changed", "share"])

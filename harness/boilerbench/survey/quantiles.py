"""Quantiles of a stream within one percent, in memory that does not grow with it."""

from __future__ import annotations

import math
from collections import Counter

ACCURACY = 0.01
"""The largest relative error of a quantile."""
_GROWTH = (1 + ACCURACY) / (1 - ACCURACY)


class Quantiles:
    """Counts of positive numbers by their logarithm, from which any quantile follows to within ``ACCURACY``.

    The order of numbers decides nothing. Source: Masson, Rim and Lee (2019), DDSketch, VLDB 12 (12).
    """

    def __init__(self) -> None:
        self._counts: Counter[int] = Counter()
        self._zeros = 0

    def add(self, value: float) -> None:
        """Count a number; what is not above zero counts as zero."""
        if value > 0:
            self._counts[math.ceil(math.log(value, _GROWTH))] += 1
        else:
            self._zeros += 1

    def quantile(self, share: float) -> float:
        """Return the number below which this share of all numbers lies; NaN of none."""
        total = self._zeros + self._counts.total()
        if not total:
            return math.nan
        rank = share * (total - 1)
        seen = self._zeros
        if seen > rank:
            return 0.0
        for index in sorted(self._counts):
            seen += self._counts[index]
            if seen > rank:
                break
        return 2 * _GROWTH**index / (_GROWTH + 1)

"""Intervals of shares, of which the observed one may be nothing."""

from __future__ import annotations

import math

_LEVEL = 0.95


def wilson_interval(hits: int, trials: int, level: float = _LEVEL) -> tuple[float, float]:
    """Return the interval of a share of which ``hits`` of ``trials`` were seen, from 0 to 1.

    Source: Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22.
    Of nothing seen in n trials its upper end is about 3.84 / n. NaN without a trial.
    """
    from scipy.stats import binomtest

    if not trials:
        return math.nan, math.nan
    low, high = binomtest(hits, trials).proportion_ci(level, "wilson")
    return float(low), float(high)

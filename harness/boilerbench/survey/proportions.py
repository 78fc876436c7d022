"""Intervals of shares, of which the observed one may be nothing."""

from __future__ import annotations

import math
from statistics import NormalDist

_LEVEL = 0.95


def wilson_interval(hits: int, trials: int, level: float = _LEVEL) -> tuple[float, float]:
    """Return the interval of a share of which ``hits`` of ``trials`` were seen, from 0 to 1.

    Source: Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22.
    Of nothing seen in n trials its upper end is about 3.84 / n. NaN without a trial.
    """
    if not trials:
        return math.nan, math.nan
    z = NormalDist().inv_cdf((1 + level) / 2)
    share, spread = hits / trials, z * z / trials
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * math.sqrt(share * (1 - share) / trials + spread / (4 * trials))
    return (0.0 if hits == 0 else middle - half), (1.0 if hits == trials else middle + half)

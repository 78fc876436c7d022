"""The smallest difference that a corpus can show."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from boilerbench.stats.averages import F1
from boilerbench.stats.sample import Sample
from boilerbench.stats.significance import POWER, SIGNIFICANCE, fewest_units

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_BEST = 3


def standard_errors(
    sample: Sample, firsts: Sequence[int], seconds: Sequence[int], figure: int = F1
) -> Floats:
    """Estimate the standard error of the difference of each pair by the jackknife over units.

    Args:
        sample: the paired scores.
        firsts: the index of the first extractor of each pair.
        seconds: that of the second.
        figure: the index of the figure in ``FIGURES``.

    Returns:
        One standard error a pair, on the scale from 0 to 1. Under ``mean``, with one document a unit, it is
        the standard deviation of the paired differences over the root of their number. Source: Efron and
        Tibshirani (1993), An Introduction to the Bootstrap, eq. 11.5; leaving out a site or a group of units
        at a time, Shao and Tu (1995), The Jackknife and Bootstrap, section 5.5.
    """
    units = sample.units.shape[1]
    if units < 2:
        return np.full(len(firsts), np.nan)
    left = sample.units.sum(axis=1, keepdims=True) - sample.units
    figures = sample.average.figures(left)[..., figure]
    differences = figures[list(firsts)] - figures[list(seconds)]
    spread = differences - differences.mean(axis=1, keepdims=True)
    errors: Floats = np.sqrt((units - 1) / units * (spread**2).sum(axis=1))
    return errors


def detectable_difference(error: float, units: int, comparisons: int = 1) -> float:
    """Return the smallest true difference that a two-sided test at 5 % finds in 80 % of samples.

    Args:
        error: the standard error of the difference.
        units: how many units it comes from.
        comparisons: how many comparisons share the level, as in the first step of Holm's correction.

    Returns:
        (t(1 − 0.05 / 2 / comparisons) + t(0.8)) × error, with units − 1 degrees of freedom; NaN where there
        are too few units for a verdict. Source: Bloom (1995), Minimum Detectable Effects, Evaluation Review
        19 (5); Cohen (1988), Statistical Power Analysis, ch. 2.
    """
    if units < fewest_units(comparisons) or np.isnan(error):
        return float("nan")
    level = SIGNIFICANCE / max(1, comparisons)
    return (t_quantile(1 - level / 2, units - 1) + t_quantile(POWER, units - 1)) * error


def corpus_detectable_difference(sample: Sample) -> float:
    """Return the detectable difference of F1 between good extractors.

    It is the median over the pairs of the best three: two of them may be nearly the same program, whose
    differences are small, and the median leaves them out. NaN where there are fewer than two extractors
    or too few units.
    """
    best = sorted(range(len(sample.extractors)), key=lambda index: -sample.points[index, F1])[:_BEST]
    pairs = list(combinations(best, 2))
    if not pairs:
        return float("nan")
    firsts, seconds = zip(*pairs, strict=True)
    errors = standard_errors(sample, firsts, seconds)
    return detectable_difference(float(np.median(errors)), sample.sites)


def t_quantile(probability: float, freedom: int) -> float:
    """Approximate a quantile of Student's t distribution, within 0.002 from 9 degrees of freedom on.

    Source: Abramowitz and Stegun (1964), Handbook of Mathematical Functions, 26.7.5.
    """
    z = NormalDist().inv_cdf(probability)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92_160,
    )
    correction = sum(term / freedom ** (power + 1) for power, term in enumerate(terms))
    return float(z + correction)

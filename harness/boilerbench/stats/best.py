"""The extractors that may be the best: a confidence set."""

from __future__ import annotations

from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from boilerbench.stats.averages import F1
from boilerbench.stats.sample import Sample
from boilerbench.stats.significance import (
    FEWEST_UNITS,
    MORE_RESAMPLES,
    RESAMPLES,
    SEED,
    SIGNIFICANCE,
    Shares,
    is_exact,
    swapped_differences,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_EPSILON = 1e-9


class AmongBest(StrEnum):
    """Membership of an extractor in the confidence set for the best."""

    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"
    """Its p-value is so close to 5 % that the draws would decide."""
    TOO_FEW = "too few"
    """There are too few sites or documents to leave any extractor out."""


def among_best(sample: Sample, *, seed: int = SEED, resamples: int = RESAMPLES) -> list[AmongBest]:
    """Say of each extractor whether it may be the best.

    With at least 95 % confidence nothing is left out that is the best, or one of several that are equally
    good: the chance that any of these is left out is at most 5 %, however many extractors there are. Exact
    where the differences of the best are symmetric about zero; docs/statistics.md has levels by simulation.

    For each pair the difference of F1 is divided by its standard deviation over swaps. An extractor is as
    far behind as the largest of its pairs says; this is compared with the largest over all pairs that
    arises when units are swapped, and again without the extractors that are left out (step-down).
    Source: Romano and Wolf (2005), Econometrica 73 (4); Westfall and Young (1993), Resampling-Based
    Multiple Testing, section 2.6; confidence sets for the best: Hsu (1996), Multiple Comparisons, ch. 4.
    """
    number = len(sample.extractors)
    if number < 2:
        return [AmongBest.YES] * number
    if sample.sites < FEWEST_UNITS:
        return [AmongBest.TOO_FEW] * number
    standings = _standings(_step_down(sample, resamples, seed))
    if AmongBest.UNDECIDED in standings:
        standings = _standings(_step_down(sample, max(resamples, MORE_RESAMPLES), seed))
    return standings


def _standings(shares: Shares) -> list[AmongBest]:
    return [
        AmongBest.NO if high < SIGNIFICANCE else AmongBest.YES if low >= SIGNIFICANCE else AmongBest.UNDECIDED
        for low, high in zip(shares.low, shares.high, strict=True)
    ]


def _step_down(sample: Sample, resamples: int, seed: int) -> Shares:
    """P-values of the extractors: how often one that is the best would be so far behind another."""
    number = len(sample.extractors)
    firsts, seconds = map(list, zip(*combinations(range(number), 2), strict=True))
    scale = _scale(sample, firsts, seconds, seed)

    def figure(sums: Floats) -> Floats:
        return sample.average.figures(sums)[..., F1]

    points = figure(sample.units.sum(axis=1))
    observed = _farthest_behind((points[firsts] - points[seconds])[None] / scale, firsts, seconds, number)[0]
    order = np.argsort(-observed, kind="stable")
    as_large = np.zeros(number)
    mean_of = sample.average.means.get(F1)
    for differences in swapped_differences(sample.units, firsts, seconds, figure, resamples, seed, mean_of):
        behind = _farthest_behind(differences / scale, firsts, seconds, number)[:, order]
        # The largest over the extractors that are left at each step.
        largest = np.maximum.accumulate(behind[:, ::-1], axis=1)[:, ::-1]
        as_large[order] += (largest >= observed[order] - _EPSILON).sum(axis=0)
    exact = is_exact(sample.sites, resamples)
    shares = as_large / 2**sample.sites if exact else (as_large + 1) / (resamples + 1)
    # One that is nearer to the best is never left out before one that is farther behind.
    shares[order] = np.maximum.accumulate(shares[order])
    return Shares(shares, 0 if exact else resamples)


def _scale(sample: Sample, firsts: list[int], seconds: list[int], seed: int) -> Floats:
    """The standard deviation of the differences of each pair over swaps; infinite where nothing differs."""

    def figure(sums: Floats) -> Floats:
        return sample.average.figures(sums)[..., F1]

    mean_of = sample.average.means.get(F1)
    parts = swapped_differences(sample.units, firsts, seconds, figure, RESAMPLES, seed, mean_of)
    squares = np.concatenate([differences**2 for differences in parts])
    scale: Floats = np.sqrt(squares.mean(axis=0))
    return np.where(scale > _EPSILON, scale, np.inf)


def _farthest_behind(differences: Floats, firsts: list[int], seconds: list[int], number: int) -> Floats:
    """From differences, rows × pairs, to how far each extractor is behind another, rows × extractors."""
    ahead = np.full((len(differences), number, number), -np.inf)
    ahead[:, firsts, seconds] = differences
    ahead[:, seconds, firsts] = -differences
    farthest: Floats = ahead.max(axis=1)
    return farthest

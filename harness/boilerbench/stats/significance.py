"""Resampling with a seed: bootstrap of units, permutation of paired units, and the error of both.

A unit is what is drawn or swapped as a whole: a site with all of its documents, or a single document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

RESAMPLES = 10_000
MORE_RESAMPLES = 100_000
"""The number drawn where after ``RESAMPLES`` the seed would still decide."""
SEED = 0
CONFIDENCE = 0.95
SIGNIFICANCE = 0.05
FEWEST_UNITS = 10
"""Below so many nothing is decided. The test cannot reach p < 0.05 with fewer than 6, and there only if all
point one way; from 10 on it makes about as many false alarms as it may, instead of nearly none and finding
nearly nothing (docs/statistics.md)."""
POWER = 0.8

_NORMAL_99 = 2.5758
"""The 99.5 % quantile of the normal distribution: the error of a simulated share is given at 99 %."""
_CELLS = 2_000_000
_ROWS = 256
_EPSILON = 1e-12


@dataclass(frozen=True, slots=True)
class Shares:
    """Probabilities found by drawing, with the error that the number of draws leaves."""

    values: Floats
    draws: int
    """0 where all possibilities were counted, so that there is no error."""

    @property
    def error(self) -> Floats:
        """Half the width of a 99 % interval (Wald, with one draw added to either side)."""
        if not self.draws:
            return np.zeros_like(self.values)
        share = np.clip(self.values, 1 / self.draws, 1 - 1 / self.draws)
        return _NORMAL_99 * np.sqrt(share * (1 - share) / self.draws)

    @property
    def low(self) -> Floats:
        """Lower ends of the intervals."""
        return np.maximum(self.values - self.error, 0)

    @property
    def high(self) -> Floats:
        """Upper ends of the intervals."""
        return np.minimum(self.values + self.error, 1)


def fewest_units(comparisons: int = 1) -> int:
    """Return how many units a verdict needs, if so many comparisons are made together.

    At least ``FEWEST_UNITS``, and enough for the smallest possible p-value, 2 / 2**units, to stay below the
    level after Holm's correction.
    """
    return max(FEWEST_UNITS, int(np.ceil(np.log2(2 * max(1, comparisons) / SIGNIFICANCE))))


def bootstrap_sums(summands: Floats, resamples: int, seed: int) -> Floats:
    """Draw as many units with replacement, once for each resample, and add them up.

    Args:
        summands: units × summands, of one extractor or of many side by side: all see the same draws.
        resamples: how often to draw.
        seed: the same seed draws the same units.

    Returns:
        resamples × summands. Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, ch. 6;
        for units that are sites, Davison and Hinkley (1997), Bootstrap Methods, section 3.8.
    """
    return np.concatenate(
        [weights @ summands for weights in bootstrap_weights(len(summands), resamples, seed)]
    )


def bootstrap_weights(units: int, resamples: int, seed: int) -> Iterator[NDArray[np.int64]]:
    """Draw as many units with replacement, once for each resample.

    Args:
        units: how many there are.
        resamples: how often to draw.
        seed: the same seed draws the same units.

    Yields:
        How often each unit is drawn, resamples × units, in parts.
    """
    generator = np.random.default_rng(seed)
    for rows in _chunks(resamples, units):
        drawn = generator.integers(0, units, (rows, units))
        drawn += np.arange(rows)[:, None] * units
        yield np.bincount(drawn.ravel(), minlength=rows * units).reshape(rows, units)


def interval(figures: Floats) -> tuple[Floats, Floats]:
    """Return low and high end of the 95 % percentile interval over the first axis, that of resamples."""
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(figures, (tail, 1 - tail), axis=0)
    return low, high


def zero_shares(differences: Floats) -> Shares:
    """Return twice the smaller share of bootstrapped differences on either side of zero, by column.

    Below 0.05 the 95 % percentile interval excludes zero.
    """
    smaller = np.minimum((differences <= 0).mean(axis=0), (differences >= 0).mean(axis=0))
    return Shares(np.minimum(1, 2 * smaller), len(differences))


def is_exact(units: int, resamples: int) -> bool:
    """Tell whether so few units are swapped that all ways are tried, being no more than resamples."""
    return units < 60 and 2**units <= resamples


def swapped_differences(
    units: Floats,
    firsts: Sequence[int],
    seconds: Sequence[int],
    figure: Callable[[Floats], Floats],
    resamples: int,
    seed: int,
    mean_of: int | None = None,
) -> Iterator[Floats]:
    """Swap the two extractors of each pair, unit by unit at random, and return the differences that arise.

    All pairs are swapped on the same units at once, so that their dependence is kept.

    Args:
        units: extractors × units × summands.
        firsts: the index of the first extractor of each pair.
        seconds: that of the second.
        figure: from sums (… × summands) to a figure (…).
        resamples: how many swaps to draw; all there are, where they are no more than that.
        seed: the same seed swaps the same units.
        mean_of: the summand whose mean over documents the figure is, if it is one.

    Yields:
        Differences, swaps × pairs, in parts.
    """
    extractors, number, width = units.shape
    flat = units.transpose(1, 0, 2).reshape(number, extractors * width)
    totals = units.sum(axis=1)
    middle = (totals[list(firsts)] + totals[list(seconds)]) / 2
    if mean_of is not None:
        # Swaps leave the number of documents as it is: one summand is enough, and no pair needs a figure.
        flat = units[:, :, mean_of].T / totals[0, 0]
    all_signs = _all_signs(number) if is_exact(number, resamples) else _random_signs(number, resamples, seed)
    for signs in all_signs:
        if mean_of is not None:
            means = signs @ flat
            yield means[:, list(firsts)] - means[:, list(seconds)]
            continue
        sums = (signs @ flat).reshape(len(signs), extractors, width)
        shift = (sums[:, list(firsts)] - sums[:, list(seconds)]) / 2
        yield figure(middle + shift) - figure(middle - shift)


def permutation_p_values(
    units: Floats,
    firsts: Sequence[int],
    seconds: Sequence[int],
    figure: Callable[[Floats], Floats],
    resamples: int = RESAMPLES,
    seed: int = SEED,
    mean_of: int | None = None,
) -> Shares:
    """Return how often so large a difference arises when the two sides of each unit are swapped at will.

    Args:
        units: extractors × units × summands.
        firsts: the index of the first extractor of each pair.
        seconds: that of the second.
        figure: from sums (… × summands) to a figure (…).
        resamples: how many swaps to try; all there are, where they are no more than that.
        seed: the same seed swaps the same units.
        mean_of: the summand whose mean over documents the figure is, if it is one.

    Returns:
        Two-sided p-values, one a pair. Source: Good (2005), Permutation, Parametric and Bootstrap Tests of
        Hypotheses, section 3.2, with one added to count and number of random swaps (Phipson and Smyth 2010).
    """
    totals = units.sum(axis=1)
    observed = np.abs(figure(totals[list(firsts)]) - figure(totals[list(seconds)])) - _EPSILON
    as_large = np.zeros(len(firsts))
    for differences in swapped_differences(units, firsts, seconds, figure, resamples, seed, mean_of):
        as_large += (np.abs(differences) >= observed).sum(axis=0)
    if is_exact(units.shape[1], resamples):
        return Shares(as_large / 2 ** units.shape[1], 0)
    return Shares((as_large + 1) / (resamples + 1), resamples)


def holm(p_values: Sequence[float]) -> list[float]:
    """Correct p-values for their number. Source: Holm (1979), Scandinavian Journal of Statistics 6."""
    corrected = [0.0] * len(p_values)
    highest = 0.0
    for rank, index in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        highest = max(highest, min(1.0, p_values[index] * (len(p_values) - rank)))
        corrected[index] = highest
    return corrected


def _all_signs(units: int) -> Iterator[Floats]:
    for start in range(0, 2**units, _ROWS):
        rows = np.arange(start, min(start + _ROWS, 2**units))
        swaps = rows[:, None] >> np.arange(units) & 1
        yield np.where(swaps, -1.0, 1.0)


def _random_signs(units: int, resamples: int, seed: int) -> Iterator[Floats]:
    generator = np.random.default_rng(seed)
    for rows in _chunks(resamples, units):
        yield np.where(generator.integers(0, 2, (rows, units), np.int8), -1.0, 1.0)


def _chunks(resamples: int, units: int) -> Iterator[int]:
    """Numbers of resamples that add up to all, so that memory stays flat however many units there are.

    They depend on the units alone: a pair sees the same draws whatever is compared beside it.
    """
    size = min(_ROWS, max(1, _CELLS // max(1, units)))
    for done in range(0, resamples, size):
        yield min(size, resamples - done)

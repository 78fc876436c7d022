"""Chance, with a seed: bootstrap over documents, and permutation of paired documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

RESAMPLES = 10_000
SEED = 0
CONFIDENCE = 0.95
SIGNIFICANCE = 0.05
_CELLS = 2_000_000
_EPSILON = 1e-12


def bootstrap_sums(summands: Floats, resamples: int, seed: int) -> Floats:
    """The sums over as many documents, drawn with replacement, once for each resample.

    Args:
        summands: documents × summands, of one extractor or of many side by side: all see the same draws.
        resamples: how often to draw.
        seed: the same seed draws the same documents.

    Returns:
        resamples × summands. Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, ch. 6.
    """
    documents = len(summands)
    generator = np.random.default_rng(seed)
    parts = []
    for rows in _chunks(resamples, documents):
        drawn = generator.integers(0, documents, (rows, documents))
        drawn += np.arange(rows)[:, None] * documents
        weights = np.bincount(drawn.ravel(), minlength=rows * documents).reshape(rows, documents)
        parts.append(weights @ summands)
    return np.concatenate(parts)


def interval(figures: Floats) -> tuple[Floats, Floats]:
    """Low and high end of the 95 % percentile interval over the first axis, which is that of resamples."""
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(figures, (tail, 1 - tail), axis=0)
    return low, high


def permutation_p_values(
    first: Floats, second: Floats, difference: Callable[[Floats, Floats], Floats], resamples: int, seed: int
) -> Floats:
    """How often so large a difference arises when the two sides of each document are swapped at will.

    Args:
        first: pairs × documents × summands.
        second: the same of the other extractor of each pair.
        difference: from two arrays of sums (… × summands) to differences (…).
        resamples: how many swaps to try; all there are, where they are no more than that.
        seed: the same seed swaps the same documents.

    Returns:
        Two-sided p-values, one a pair. Source: Good (2005), Permutation, Parametric and Bootstrap Tests of
        Hypotheses, section 3.2, with one added to count and number of random swaps (Phipson and Smyth 2010).
    """
    pairs, documents, width = first.shape
    middle = (first + second).sum(axis=1) / 2
    halves = ((first - second) / 2).transpose(1, 0, 2).reshape(documents, pairs * width)
    observed = np.abs(difference(first.sum(axis=1), second.sum(axis=1))) - _EPSILON
    exact = 2**documents <= resamples
    as_large = np.zeros(pairs)
    for signs in _all_signs(documents) if exact else _random_signs(documents, resamples, seed):
        shift = (signs @ halves).reshape(len(signs), pairs, width)
        as_large += (np.abs(difference(middle + shift, middle - shift)) >= observed).sum(axis=0)
    return as_large / 2**documents if exact else (as_large + 1) / (resamples + 1)


def holm(p_values: Sequence[float]) -> list[float]:
    """P-values corrected for their number. Source: Holm (1979), Scandinavian Journal of Statistics 6."""
    corrected = [0.0] * len(p_values)
    highest = 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        highest = max(highest, min(1.0, p_values[place] * (len(p_values) - rank)))
        corrected[place] = highest
    return corrected


def _all_signs(documents: int) -> Iterator[Floats]:
    swaps = np.arange(2**documents)[:, None] >> np.arange(documents) & 1
    yield np.where(swaps, -1.0, 1.0)


def _random_signs(documents: int, resamples: int, seed: int) -> Iterator[Floats]:
    generator = np.random.default_rng(seed)
    for rows in _chunks(resamples, documents):
        yield np.where(generator.integers(0, 2, (rows, documents), np.int8), -1.0, 1.0)


def _chunks(resamples: int, documents: int) -> Iterator[int]:
    """Numbers of resamples that add up to all, so that memory stays flat however many documents there are."""
    size = max(1, _CELLS // max(1, documents))
    for done in range(0, resamples, size):
        yield min(size, resamples - done)

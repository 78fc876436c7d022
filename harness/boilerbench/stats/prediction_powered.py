"""A mean from few labelled pages and many without labels: prediction-powered inference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

LEVEL = 0.95
_NOTHING = 1e-20
"""A variance that is of rounding alone."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with its interval."""

    mean: float
    low: float
    high: float

    @property
    def width(self) -> float:
        """The length of the interval."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class PoweredEstimate:
    """The mean of a score over all pages, from those with gold alone and with the help of the others."""

    labelled: int
    unlabelled: int
    plain: Estimate
    """From the pages with gold alone."""
    powered: Estimate
    """With the predictions of all pages."""
    weight: float
    """How far the prediction is trusted: λ, 0 where it tells nothing."""
    correlation: float
    """Of score and prediction on the pages with gold; NaN where either does not vary."""


def powered_mean(
    scores: Sequence[float],
    predictions: Sequence[float],
    unlabelled: int,
    mean: float,
    variance: float,
    level: float = LEVEL,
) -> PoweredEstimate:
    """Estimate a mean score over pages of which only some have gold, a random sample of all.

    The mean prediction over all pages is put right by what the labelled ones show it to be wrong by:
    ``mean(scores) + λ (mean − mean(predictions))``, where λ makes the variance least. Intervals are normal.
    The labelled pages must be drawn by chance from those that the predictions are of; nothing is asked of the
    predictions, which only make the interval shorter where they go with the scores.

    Args:
        scores: of the labelled pages.
        predictions: of the same pages, by a rule that was not fitted to their scores.
        unlabelled: the number of the other pages.
        mean: of their predictions.
        variance: of their predictions.
        level: of the intervals.

    Returns:
        The estimate with and without predictions. Source: Angelopoulos, Bates, Fannjiang, Jordan and Zrnic
        (2023), Prediction-powered inference, Science 382; λ: Angelopoulos, Duchi and Zrnic (2023), PPI++,
        arXiv:2311.01453, example 6.1.

    Raises:
        ValueError: fewer than two pages are labelled, or none is unlabelled.
    """
    if len(scores) < 2 or unlabelled < 1 or len(scores) != len(predictions):
        raise ValueError(f"{len(scores)} scores, {len(predictions)} predictions, {unlabelled} pages without")
    y, of_labelled = np.asarray(scores, float), np.asarray(predictions, float)
    number = len(y)
    spread = float(of_labelled.var(ddof=1))
    together = float(np.cov(y, of_labelled)[0, 1])
    weight = together / ((1 + number / unlabelled) * spread) if spread > _NOTHING else 0.0
    middle = float(y.mean()) + weight * (mean - float(of_labelled.mean()))
    error = weight**2 * variance / unlabelled + float((y - weight * of_labelled).var(ddof=1)) / number
    both = spread * float(y.var(ddof=1))
    return PoweredEstimate(
        labelled=number,
        unlabelled=unlabelled,
        plain=_estimate(float(y.mean()), float(y.var(ddof=1)) / number, level),
        powered=_estimate(middle, error, level),
        weight=weight,
        correlation=together / both**0.5 if both > _NOTHING else float("nan"),
    )


def _estimate(mean: float, variance: float, level: float) -> Estimate:
    half = NormalDist().inv_cdf((1 + level) / 2) * variance**0.5
    return Estimate(mean, mean - half, mean + half)

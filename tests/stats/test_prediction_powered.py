"""Prediction-powered inference: by hand, by its authors' formulas, and by simulation."""

from __future__ import annotations

import numpy as np
import pytest

from boilerbench.stats.prediction_powered import powered_mean
from tests.conftest import THOROUGH

ROUNDS = 4_000 if THOROUGH else 400


def test_by_hand() -> None:
    # Of y = 1, 2, 3 and f = 1, 2, 3: covariance and variance 1; with N = 3, λ = 1 / (1 + 3 / 3).
    made = powered_mean([1, 2, 3], [1, 2, 3], 3, mean=4.0, variance=1.0)
    assert made.weight == pytest.approx(0.5)
    assert made.correlation == pytest.approx(1)
    # 2 + 0.5 * (4 - 2); variance 0.25 * 1 / 3 + var(0.5, 1, 1.5) / 3 = 1 / 12 + 1 / 12.
    assert made.powered.mean == pytest.approx(3)
    assert made.powered.width == pytest.approx(2 * 1.959964 * (1 / 6) ** 0.5, rel=1e-6)
    assert made.plain.mean == 2
    assert made.plain.width == pytest.approx(2 * 1.959964 * (1 / 3) ** 0.5, rel=1e-6)


def test_as_its_authors_write_it() -> None:
    """The formulas of ppi_py's ppi_mean_pointestimate and ppi_mean_ci for a given weight, written out.

    They divide variances by n and not by n - 1, so that the interval is a little shorter.
    """
    draw = np.random.default_rng(5)
    truth = draw.normal(0.7, 0.2, 1_060)
    predictions = truth + draw.normal(0, 0.1, 1_060)
    y, f, rest = truth[:60], predictions[:60], predictions[60:]
    made = powered_mean(y.tolist(), f.tolist(), 1_000, float(rest.mean()), float(rest.var()))
    weight = made.weight
    middle = (weight * rest).mean() + (y - weight * f).mean()
    error = np.sqrt((weight * rest).std() ** 2 / 1_000 + (y - weight * f).std() ** 2 / 60)
    assert made.powered.mean == pytest.approx(float(middle))
    assert made.powered.width == pytest.approx(float(2 * 1.959964 * error), rel=0.02)


def test_predictions_that_tell_nothing_do_no_harm() -> None:
    made = powered_mean([0.1, 0.9, 0.5], [0.4, 0.4, 0.4], 10, mean=0.4, variance=0.0)
    assert made.weight == 0
    assert made.powered == made.plain
    assert np.isnan(made.correlation)


@pytest.mark.parametrize(("scores", "others"), [([0.5], 10), ([0.5, 0.6], 0)])
def test_too_few_pages(scores: list[float], others: int) -> None:
    with pytest.raises(ValueError, match="scores"):
        powered_mean(scores, scores, others, 0.5, 0.1)


@pytest.mark.parametrize(("noise", "shorter"), [(0.05, 0.5), (0.2, 0.85), (2.0, 1.02)])
def test_intervals_cover_and_are_shorter(noise: float, shorter: float) -> None:
    """F1 of 60 labelled pages of 3,000, skewed as F1 is, and predictions that are biased and go with it.

    Of 4,000 intervals that cover with probability 0.95 between 93.9 and 96.1 % do, three standard deviations
    each way; a normal interval from 60 skewed values covers a little less.
    """
    draw = np.random.default_rng(int(noise * 100))
    covered = {"plain": 0, "powered": 0}
    widths = {"plain": 0.0, "powered": 0.0}
    truth = 0.8
    for _ in range(ROUNDS):
        scores = draw.beta(4, 1, 3_060)
        predictions = 0.3 + 0.5 * scores + draw.normal(0, noise / 2, 3_060)
        labelled, rest = predictions[:60], predictions[60:]
        made = powered_mean(
            scores[:60].tolist(), labelled.tolist(), 3_000, float(rest.mean()), float(rest.var())
        )
        for name, estimate in (("plain", made.plain), ("powered", made.powered)):
            covered[name] += estimate.low <= truth <= estimate.high
            widths[name] += estimate.width
    slack = 0.012 if THOROUGH else 0.04
    assert covered["plain"] / ROUNDS == pytest.approx(0.945, abs=slack)
    assert covered["powered"] / ROUNDS == pytest.approx(0.945, abs=slack)
    assert widths["powered"] / widths["plain"] < shorter

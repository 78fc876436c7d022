"""Quantiles and intervals, by numpy and scipy."""

from __future__ import annotations

import math
import random
from statistics import NormalDist

import numpy as np
import pytest

from boilerbench.survey.proportions import wilson_interval
from boilerbench.survey.quantiles import Quantiles


@pytest.mark.parametrize("seed", range(5))
def test_quantiles_are_within_a_percent(seed: int) -> None:
    draw = random.Random(seed)
    values = [draw.lognormvariate(-4, 2) for _ in range(5_000)]
    quantiles = Quantiles()
    for value in values:
        quantiles.add(value)
    for share in (0.01, 0.5, 0.95, 0.99, 1):
        assert quantiles.quantile(share) == pytest.approx(
            float(np.quantile(values, share, method="lower")), rel=0.0101
        )
    again = Quantiles()
    for value in reversed(values):
        again.add(value)
    assert again.quantile(0.95) == quantiles.quantile(0.95)


def test_quantiles_of_little() -> None:
    quantiles = Quantiles()
    assert math.isnan(quantiles.quantile(0.5))
    quantiles.add(0)
    quantiles.add(-1)
    assert quantiles.quantile(1) == 0
    quantiles.add(2)
    assert quantiles.quantile(1) == pytest.approx(2, rel=0.01)


@pytest.mark.parametrize(("hits", "trials"), [(0, 1), (0, 2_800), (1, 1), (3, 1_000), (500, 1_000), (7, 7)])
def test_wilson_by_the_formula_of_the_paper(hits: int, trials: int) -> None:
    """The shares p for which |hits / trials - p| is z standard deviations: the roots of a quadratic."""
    z, share = NormalDist().inv_cdf(0.975), hits / trials
    roots = np.roots([1 + z * z / trials, -2 * share - z * z / trials, share * share])
    assert wilson_interval(hits, trials) == pytest.approx(tuple(sorted(roots.real)), abs=1e-9)


def test_without_a_trial_there_is_no_interval() -> None:
    assert all(map(math.isnan, wilson_interval(0, 0)))

"""Detectable differences: by hand, against scipy, and by simulation."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import scipy.stats

from boilerbench.stats import Verdict, compare_pairs
from boilerbench.stats.power import (
    corpus_detectable_difference,
    detectable_difference,
    standard_errors,
    t_quantile,
)
from boilerbench.stats.sample import take_sample
from tests.conftest import NIGHT
from tests.stats.tables import shares


@pytest.mark.parametrize("freedom", [9, 19, 59, 180, 1496])
@pytest.mark.parametrize("probability", [0.8, 0.975, 0.99])
def test_quantiles_of_t_are_scipys(freedom: int, probability: float) -> None:
    assert t_quantile(probability, freedom) == pytest.approx(
        scipy.stats.t.ppf(probability, freedom), abs=0.002
    )


def test_the_standard_error_of_a_mean_difference_is_the_textbooks() -> None:
    draw = np.random.default_rng(1)
    one, two = draw.random(50), draw.random(50)
    sample = take_sample(pd.concat([shares("one", one.tolist()), shares("two", two.tolist())]), "mean")
    assert standard_errors(sample, [0], [1]) == pytest.approx(scipy.stats.sem(one - two))


def test_the_standard_error_over_sites_by_hand() -> None:
    # Differences 1, 1 | 0, 0 | 0.5 of three sites. Means without a site: 0.5/3, 2.5/3, 2/4; their mean 0.5,
    # squares 1/9, 1/9, 0; times 2/3.
    table = pd.concat([shares("one", [1, 1, 0, 0, 0.5]), shares("two", [0.0] * 5)])
    sites = {f"d{index:05}": site for index, site in enumerate("aabbc")}
    found = standard_errors(take_sample(table, "mean", sites), [0], [1])
    assert found == pytest.approx(np.sqrt(2 / 3 * 2 / 9))


def test_the_detectable_difference_by_the_textbook() -> None:
    # Cohen (1988): with many documents and a standard error of 1, 1.960 + 0.842.
    assert detectable_difference(1, 100_000) == pytest.approx(2.802, abs=0.001)
    # Ten comparisons share 5 %: the quantile at 0.9975, 2.807.
    assert detectable_difference(1, 100_000, 10) == pytest.approx(3.649, abs=0.001)
    assert np.isnan(detectable_difference(1, 9))


def test_two_versions_of_one_tool_do_not_make_a_corpus_look_sharp() -> None:
    draw = np.random.default_rng(3)
    base = draw.beta(6, 1, 60)
    other = np.clip(base + draw.normal(-0.01, 0.2, 60), 0, 1)
    third = np.clip(base + draw.normal(-0.02, 0.2, 60), 0, 1)
    table = pd.concat([shares(name, values.tolist()) for name, values in (("a", base), ("b", other))])
    sample = take_sample(table, "mean")
    assert corpus_detectable_difference(sample) == pytest.approx(
        detectable_difference(float(standard_errors(sample, [0], [1])[0]), 60)
    )
    same = take_sample(pd.concat([table, shares("a again", base.tolist())]), "mean")
    assert corpus_detectable_difference(same) == pytest.approx(corpus_detectable_difference(sample))
    several = take_sample(pd.concat([table, shares("c", third.tolist())]), "mean")
    assert corpus_detectable_difference(several) > 0.05
    assert np.isnan(corpus_detectable_difference(take_sample(shares("a", base.tolist()), "mean")))


@pytest.mark.slow
@pytest.mark.parametrize("documents", [20, 181])
def test_a_difference_so_large_is_found_in_80_percent_of_samples(documents: int) -> None:
    """By simulation: normal differences whose mean is what the formula says of their spread."""
    times = 600 if NIGHT else 200
    draw = np.random.default_rng(documents)
    truth = detectable_difference(0.2 / np.sqrt(documents), documents)
    found = 0
    for seed in range(times):
        base = draw.random(documents)
        better = base + draw.normal(truth, 0.2, documents)
        table = pd.concat([shares("one", better.tolist()), shares("two", base.tolist())])
        (comparison,) = compare_pairs(table, "mean", [("one", "two")], seed=seed)
        found += comparison.verdict is Verdict.FIRST
    low, high = scipy.stats.binom(times, 0.8).interval(0.999)
    assert low <= found <= high

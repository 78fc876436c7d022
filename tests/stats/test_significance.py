"""Intervals and p-values against scipy, by simulation, and by hand."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.stats

from boilerbench.stats.significance import bootstrap_sums, holm, interval, permutation_p_values


def mean_difference(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    difference: np.ndarray = first[..., 0] - second[..., 0]
    return difference


@pytest.mark.parametrize("documents", [20, 181, 1497])
def test_intervals_are_scipys(documents: int) -> None:
    values = np.random.default_rng(1).beta(5, 1, documents)
    low, high = interval(bootstrap_sums(values[:, None], 2000, 7)[:, 0] / documents)
    # The same generator draws the same documents.
    theirs = scipy.stats.bootstrap(
        (values,), np.mean, n_resamples=2000, method="percentile", rng=np.random.default_rng(7)
    ).confidence_interval
    assert (low, high) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


def test_the_same_seed_gives_the_same_interval_and_another_one_nearly() -> None:
    values = np.random.default_rng(2).random((100, 3))
    assert (bootstrap_sums(values, 500, 3) == bootstrap_sums(values, 500, 3)).all()
    assert (bootstrap_sums(values, 500, 3) != bootstrap_sums(values, 500, 4)).any()


def test_95_percent_intervals_hold_the_mean_95_times_in_100() -> None:
    truth = scipy.stats.beta(4, 1).mean()
    held = 0
    for seed in range(1000):
        values = np.random.default_rng(seed).beta(4, 1, 120)
        low, high = interval(bootstrap_sums(values[:, None], 1000, seed)[:, 0] / 120)
        held += low <= truth <= high
    assert 930 <= held <= 970


@pytest.mark.parametrize("documents", [2, 5, 8, 13])
def test_p_values_of_few_documents_are_exact_as_scipys(documents: int) -> None:
    draw = np.random.default_rng(documents)
    first, second = draw.random(documents), draw.random(documents)
    (ours,) = permutation_p_values(first[None, :, None], second[None, :, None], mean_difference, 10_000, 0)
    theirs = scipy.stats.permutation_test(
        (first, second), lambda x, y: np.mean(x - y), permutation_type="samples", n_resamples=np.inf
    ).pvalue
    assert ours == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize("shift", [0.0, 0.03, 0.06])
def test_p_values_of_many_documents_are_scipys_but_for_chance(shift: float) -> None:
    draw = np.random.default_rng(9)
    first = draw.random(150)
    second = first + draw.normal(shift, 0.2, 150)
    (ours,) = permutation_p_values(first[None, :, None], second[None, :, None], mean_difference, 20_000, 0)
    theirs = scipy.stats.permutation_test(
        (first, second),
        lambda x, y, axis: np.mean(x - y, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=20_000,
        rng=np.random.default_rng(1),
    ).pvalue
    # Two standard deviations of the difference of two shares of 20,000.
    assert ours == pytest.approx(theirs, abs=2 * np.sqrt(2 * max(theirs, 0.001) / 20_000))


def test_p_values_are_uniform_where_there_is_no_difference() -> None:
    draw = np.random.default_rng(11)
    first, second = draw.random((400, 60, 1)), draw.random((400, 60, 1))
    p_values = permutation_p_values(first, second, mean_difference, 1000, 0)
    # Of 400 pairs 20 are expected below 5 %, with a standard deviation of 4.4.
    assert 10 <= (p_values < 0.05).sum() <= 30


def test_no_difference_at_all_is_certain() -> None:
    same = np.full((1, 40, 1), 0.5)
    assert permutation_p_values(same, same, mean_difference, 1000, 0) == [1]


def test_holm_corrects_for_the_number_of_pairs() -> None:
    # Sorted: 0.01 × 4, 0.02 × 3, 0.03 × 2 (raised to the one before), 0.5 × 1.
    assert holm([0.02, 0.5, 0.01, 0.03]) == pytest.approx([0.06, 0.5, 0.04, 0.06])
    assert holm([0.9, 0.8]) == [1, 1]
    assert holm([]) == []

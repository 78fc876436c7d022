"""Intervals and p-values against scipy, by simulation, and by hand."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.stats

from boilerbench.stats.significance import (
    Shares,
    bootstrap_sums,
    fewest_units,
    holm,
    interval,
    permutation_p_values,
    zero_shares,
)


def total(sums: np.ndarray) -> np.ndarray:
    figure: np.ndarray = sums[..., 0]
    return figure


def p_value(first: np.ndarray, second: np.ndarray, resamples: int) -> float:
    """That of one pair, which has a number per unit."""
    units = np.stack([first, second])[..., None]
    return float(permutation_p_values(units, [0], [1], total, resamples, 0).values[0])


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
    ours = p_value(first, second, 10_000)
    theirs = scipy.stats.permutation_test(
        (first, second), lambda x, y: np.mean(x - y), permutation_type="samples", n_resamples=np.inf
    ).pvalue
    assert ours == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize("shift", [0.0, 0.03, 0.06])
def test_p_values_of_many_documents_are_scipys_but_for_chance(shift: float) -> None:
    draw = np.random.default_rng(9)
    first = draw.random(150)
    second = first + draw.normal(shift, 0.2, 150)
    ours = p_value(first, second, 20_000)
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
    units = draw.random((800, 60, 1))
    p_values = permutation_p_values(units, range(400), range(400, 800), total, 1000, 0).values
    # Of 400 pairs 20 are expected below 5 %, with a standard deviation of 4.4.
    assert 10 <= (p_values < 0.05).sum() <= 30


def test_no_difference_at_all_is_certain() -> None:
    same = np.full(40, 0.5)
    assert p_value(same, same, 1000) == 1


def test_a_pair_sees_the_same_draws_whatever_stands_beside_it() -> None:
    units = np.random.default_rng(5).random((6, 40, 1))
    alone = permutation_p_values(units[:2], [0], [1], total, 3000, 0).values[0]
    beside = permutation_p_values(units, [2, 0, 4], [3, 1, 5], total, 3000, 0).values[1]
    assert alone == beside


def test_a_mean_is_swapped_by_a_shorter_way_with_the_same_result() -> None:
    draw = np.random.default_rng(5)
    # Sites of one to three documents: their number, and a sum.
    documents = draw.integers(1, 4, 40)
    units = np.stack([np.column_stack([documents, draw.random(40) * documents]) for _ in range(3)])

    def mean(sums: np.ndarray) -> np.ndarray:
        figure: np.ndarray = sums[..., 1] / sums[..., 0]
        return figure

    for resamples in (3000, 50):
        whole = permutation_p_values(units, [0, 0], [1, 2], mean, resamples, 0).values
        shorter = permutation_p_values(units, [0, 0], [1, 2], mean, resamples, 0, mean_of=1).values
        assert (whole == shorter).all()


def test_the_error_of_a_simulated_share_is_that_of_its_draws() -> None:
    shares = Shares(np.array([0.05, 0.5]), 10_000)
    # Half a 99 % interval of a binomial share, by scipy's normal quantile.
    for value, low, high in zip(shares.values, shares.low, shares.high, strict=True):
        half = scipy.stats.norm.ppf(0.995) * np.sqrt(value * (1 - value) / 10_000)
        assert (value - low, high - value) == pytest.approx((half, half), rel=1e-4)
    assert Shares(np.array([0.05]), 0).error == [0]


@pytest.mark.parametrize(("comparisons", "units"), [(1, 10), (25, 10), (26, 11), (190, 13)])
def test_the_fewest_units_let_the_smallest_p_value_reach_the_level(comparisons: int, units: int) -> None:
    assert fewest_units(comparisons) == units
    # By hand: all units point one way, so that two of 2**units swaps are as large.
    assert 2 / 2**units * comparisons < 0.05


def test_zero_shares_and_the_percentile_interval_agree() -> None:
    draw = np.random.default_rng(8)
    differences = draw.normal(draw.normal(0, 2, 400), 1, (2000, 400))
    low, high = interval(differences)
    excluded = (low > 0) | (high < 0)
    assert ((zero_shares(differences).values < 0.05) == excluded).all()


def test_holm_corrects_for_the_number_of_pairs() -> None:
    # Sorted: 0.01 × 4, 0.02 × 3, 0.03 × 2 (raised to the one before), 0.5 × 1.
    assert holm([0.02, 0.5, 0.01, 0.03]) == pytest.approx([0.06, 0.5, 0.04, 0.06])
    assert holm([0.9, 0.8]) == [1, 1]
    assert holm([]) == []

"""Pairs of extractors, worked by hand and against scipy."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import scipy.optimize
import scipy.stats

from boilerbench.errors import InputError
from boilerbench.stats import Verdict, compare_pairs, deciding_documents, effects
from boilerbench.stats.significance import holm, permutation_p_values
from tests.stats.tables import shares

ONE = [0.9, 0.8, 0.7, 0.5]
TWO = [0.8, 0.8, 0.9, 0.1]


@pytest.fixture
def table() -> pd.DataFrame:
    return pd.concat([shares("one", ONE), shares("two", TWO)])


def test_a_comparison_by_hand(table: pd.DataFrame) -> None:
    (found,) = compare_pairs(table, "mean", [("one", "two")])
    # Differences 0.1, 0, -0.2, 0.4.
    assert (found.documents, found.wins, found.ties, found.losses) == (4, 2, 1, 1)
    assert found.first_figure == pytest.approx(0.725)
    assert found.difference == pytest.approx(0.075)
    # Of the sixteen ways to swap, twice over for the tie: sums |±0.1 ±0.2 ±0.4| that reach 0.3 are 0.3, 0.5,
    # 0.7 and their opposites, six of eight.
    assert found.p == pytest.approx(6 / 8)
    assert found.low < 0 < found.high
    assert not found.decided


def test_the_other_way_round_is_the_opposite(table: pd.DataFrame) -> None:
    (there,) = compare_pairs(table, "mean", [("one", "two")])
    (back,) = compare_pairs(table, "mean", [("two", "one")])
    assert (back.difference, back.low, back.high) == pytest.approx(
        (-there.difference, -there.high, -there.low)
    )
    assert (back.wins, back.losses, back.p) == (there.losses, there.wins, there.p)


def test_a_real_difference_is_decided_and_scipy_agrees() -> None:
    draw = np.random.default_rng(5)
    one = draw.beta(6, 1, 181)
    two = np.clip(one - draw.normal(0.03, 0.08, 181), 0, 1)
    table = pd.concat([shares("one", one.tolist()), shares("two", two.tolist())])
    (found,) = compare_pairs(table, "mean", [("one", "two")])
    assert found.decided
    theirs = scipy.stats.bootstrap(
        (one - two,), np.mean, n_resamples=10_000, method="percentile", rng=np.random.default_rng(0)
    ).confidence_interval
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


def test_more_pairs_make_p_larger() -> None:
    draw = np.random.default_rng(6)
    base = draw.random(80)
    table = pd.concat(
        [
            shares(name, (base + shift + draw.normal(0, 0.1, 80)).tolist())
            for name, shift in zip("abc", (0, 0.03, 0.06), strict=True)
        ]
    )
    alone = compare_pairs(table, "mean", [("a", "c")])[0]
    together = compare_pairs(table, "mean", [("a", "b"), ("a", "c"), ("b", "c")])[1]
    assert together.difference == alone.difference
    assert alone.p < together.p <= 3 * alone.p + 1e-12


def test_together_p_is_corrected_and_apart_each_pair_stands_alone() -> None:
    draw = np.random.default_rng(6)
    base = draw.random(80)
    table = pd.concat([shares(name, (base + draw.normal(0, 0.1, 80)).tolist()) for name in "abc"])
    pairs = [("a", "b"), ("a", "c"), ("b", "c")]
    apart = compare_pairs(table, "mean", pairs, together=False)
    alone = [compare_pairs(table, "mean", [pair])[0] for pair in pairs]
    assert [(each.p, each.verdict) for each in apart] == [(each.p, each.verdict) for each in alone]
    assert [each.low for each in apart] == pytest.approx([each.low for each in alone], abs=1e-12)
    together = compare_pairs(table, "mean", pairs)
    assert [each.p for each in together] == pytest.approx(holm([each.p for each in alone]))


def test_figures_are_one_family_with_pairs() -> None:
    draw = np.random.default_rng(6)
    base = draw.random(80)
    table = pd.concat([shares("a", base.tolist()), shares("b", (base - draw.normal(0.02, 0.1, 80)).tolist())])
    (alone,) = compare_pairs(table, "mean", [("a", "b")])
    f1, precision = compare_pairs(table, "mean", [("a", "b")], figures=("f1", "precision"))
    # In these tables precision is F1, so that Holm doubles both.
    assert (f1.figure, precision.figure) == ("f1", "precision")
    assert (f1.p, precision.p) == pytest.approx((2 * alone.p, 2 * alone.p))


def test_one_document_that_fell_is_too_few() -> None:
    table = pd.concat([shares("now", [0.889]), shares("before", [1.0])])
    (found,) = compare_pairs(table, "mean", [("now", "before")])
    assert (found.verdict, found.documents) == (Verdict.TOO_FEW, 1)
    assert np.isnan(found.detectable)


@pytest.mark.parametrize(("documents", "verdict"), [(9, Verdict.TOO_FEW), (10, Verdict.FIRST)])
def test_ten_documents_can_be_enough(documents: int, verdict: Verdict) -> None:
    better = [0.8 + index / 100 for index in range(documents)]
    table = pd.concat([shares("one", better), shares("two", [share - 0.3 for share in better])])
    (found,) = compare_pairs(table, "mean", [("one", "two")])
    assert found.verdict is verdict
    # All ways to swap are tried, and only the two without any swap or with all are as large.
    assert found.p == pytest.approx(2 / 2**documents)


def test_sites_are_swapped_whole() -> None:
    draw = np.random.default_rng(7)
    base = draw.random(48)
    by_site = np.repeat(draw.normal(0.02, 0.1, 12), 4)
    table = pd.concat([shares("one", (base + by_site).tolist()), shares("two", base.tolist())])
    sites = {f"d{index:05}": f"site{index // 4}.example" for index in range(48)}
    (found,) = compare_pairs(table, "mean", [("one", "two")], sites=sites)
    assert (found.documents, found.sites) == (48, 12)
    # scipy's test of the twelve sums, all 4,096 ways to swap.
    sums = by_site.reshape(12, 4).sum(axis=1)
    theirs = scipy.stats.permutation_test(
        (sums, np.zeros(12)), lambda x, y: np.mean(x - y), permutation_type="samples", n_resamples=np.inf
    ).pvalue
    assert found.p == pytest.approx(theirs, abs=1e-12)
    (independent,) = compare_pairs(table, "mean", [("one", "two")])
    assert independent.sites == 48
    assert independent.difference == pytest.approx(found.difference)
    assert independent.high - independent.low < found.high - found.low


def test_a_document_without_a_site_stands_alone() -> None:
    table = pd.concat([shares("one", ONE * 4), shares("two", TWO * 4)])
    sites = {f"d{index:05}": "a.example" if index < 6 else "" for index in range(16)}
    (found,) = compare_pairs(table, "mean", [("one", "two")], sites=sites)
    assert found.sites == 11


@pytest.mark.slow
def test_at_the_edge_of_chance_no_seed_decides() -> None:
    draw = np.random.default_rng(2)
    gaps = draw.normal(0, 0.1, 60)
    gaps -= gaps.mean()

    def exact(shift: float) -> float:
        units = np.stack([gaps + shift, np.zeros(60)])[..., None]
        return float(
            permutation_p_values(units, [0], [1], lambda sums: sums[..., 0], 1_000_000, 99).values[0]
        )

    shift = scipy.optimize.brentq(lambda shift: exact(shift) - 0.05, 0.01, 0.05, xtol=1e-5)
    table = pd.concat([shares("one", (0.5 + gaps + shift).tolist()), shares("two", [0.5] * 60)])
    verdicts = {compare_pairs(table, "mean", [("one", "two")], seed=seed)[0].verdict for seed in range(5)}
    # The interval's share may lie clear of 5 % on its side; then the pair cannot be told apart for all seeds.
    assert verdicts in ({Verdict.UNDECIDED}, {Verdict.EQUAL})


def test_extractors_on_different_documents_are_refused() -> None:
    table = pd.concat([shares("one", ONE), shares("two", TWO[:3])])
    with pytest.raises(InputError, match="one and two are not scored on the same documents: d00003"):
        compare_pairs(table, "mean", [("one", "two")])


def test_effects_are_those_of_the_group_largest_first(table: pd.DataFrame) -> None:
    groups = {"news": ["d00000"], "forum": ["d00001", "d00002", "d00003"], "none": []}
    found = effects(table, "mean", ("one", "two"), groups)
    assert [(each.group, each.documents) for each in found] == [("forum", 3), ("news", 1)]
    assert [each.difference for each in found] == pytest.approx([0.2 / 3, 0.1])
    # Too few for an interval.
    assert all(np.isnan(each.low) for each in found)
    more = pd.concat([shares("one", ONE * 5), shares("two", TWO * 5)])
    (whole,) = effects(more, "mean", ("one", "two"), {"all": [f"d{index:05}" for index in range(20)]})
    assert whole.low < whole.difference < whole.high


def test_the_documents_that_decide_it_come_widest_first(table: pd.DataFrame) -> None:
    won = deciding_documents(table, ("one", "two"))
    assert [each.document for each in won] == ["d00003", "d00000"]
    assert [each.difference for each in won] == pytest.approx([0.4, 0.1])
    assert [each.document for each in deciding_documents(table, ("two", "one"))] == ["d00002"]
    assert len(deciding_documents(table, ("one", "two"), most=1)) == 1

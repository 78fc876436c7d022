"""Pairs of extractors, worked by hand and against scipy."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import scipy.stats

from boilerbench.stats import compare_pairs, deciding_documents, effects
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
    assert found.first_f1 == pytest.approx(0.725)
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


def test_effects_are_those_of_the_group_largest_first(table: pd.DataFrame) -> None:
    groups = {"news": ["d00000"], "forum": ["d00001", "d00002", "d00003"], "none": []}
    found = effects(table, "mean", ("one", "two"), groups)
    assert [(each.group, each.documents) for each in found] == [("forum", 3), ("news", 1)]
    assert [each.difference for each in found] == pytest.approx([0.2 / 3, 0.1])
    assert (found[1].low, found[1].high) == pytest.approx((0.1, 0.1))


def test_the_documents_that_decide_it_come_widest_first(table: pd.DataFrame) -> None:
    assert deciding_documents(table, ("one", "two"))["document"].tolist() == ["d00003", "d00000"]
    assert deciding_documents(table, ("two", "one"))["document"].tolist() == ["d00002"]
    assert len(deciding_documents(table, ("one", "two"), most=1)) == 1


@pytest.mark.parametrize(
    ("drop", "margin", "counts"), [(0.03, 0, True), (0.03, 2.5, True), (0.03, 3.5, False), (-0.03, 0, False)]
)
def test_a_drop_counts_beyond_the_margin(drop: float, margin: float, counts: bool) -> None:
    baseline = [0.5 + place / 1000 for place in range(100)]
    now = [share - drop for share in baseline]
    table = pd.concat([shares("now", now), shares("baseline", baseline)])
    (found,) = compare_pairs(table, "mean", [("now", "baseline")])
    assert found.regressed(margin) is counts


def test_a_drop_by_chance_does_not_count(table: pd.DataFrame) -> None:
    (found,) = compare_pairs(table, "mean", [("two", "one")])
    assert found.difference < -0.07
    assert not found.regressed(0)

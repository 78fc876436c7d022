"""The confidence set for the best: by hand, and against step-down tests worked another way."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from boilerbench.stats import AmongBest
from boilerbench.stats.best import _step_down, among_best
from boilerbench.stats.sample import Sample, take_sample
from tests.stats.tables import shares


def sample_of(*rows: np.ndarray) -> Sample:
    tables = [shares(chr(ord("a") + index), row.tolist()) for index, row in enumerate(rows)]
    return take_sample(pd.concat(tables), "mean")


def test_two_extractors_have_the_permutation_tests_p_value() -> None:
    draw = np.random.default_rng(1)
    one = draw.random(11)
    two = one - draw.normal(0.05, 0.1, 11)
    shares_of = _step_down(sample_of(one, two), 10_000, 0)
    # All 2,048 ways to swap; the one ahead is never behind, so that its p-value is that of the other tail.
    sums = np.array(list(itertools.product((1, -1), repeat=11))) @ (one - two)
    expected = (np.abs(sums) >= abs((one - two).sum()) - 1e-12).mean()
    assert min(shares_of.values) == pytest.approx(expected)


def test_step_down_by_brute_force() -> None:
    draw = np.random.default_rng(4)
    base = draw.random(10)
    rows = [base, base - draw.normal(0.02, 0.05, 10), base - draw.normal(0.1, 0.05, 10)]
    ours = _step_down(sample_of(*rows), 10_000, 0).values
    # Every swap, every ordered pair, every step, written out.
    gaps = {(i, j): rows[j] - rows[i] for i, j in itertools.permutations(range(3), 2)}
    signs = np.array(list(itertools.product((1, -1), repeat=10)))
    scaled = {pair: signs @ gap / np.sqrt((gap**2).sum()) for pair, gap in gaps.items()}
    observed = {pair: gap.sum() / np.sqrt((gap**2).sum()) for pair, gap in gaps.items()}
    behind = [max(observed[i, j] for j in range(3) if j != i) for i in range(3)]
    left, expected, highest = [0, 1, 2], [0.0] * 3, 0.0
    for i in sorted(left, key=lambda i: -behind[i]):
        largest = np.max([scaled[k, j] for k in left for j in range(3) if j != k], axis=0)
        highest = max(highest, (largest >= behind[i] - 1e-9).mean())
        expected[i] = highest
        left.remove(i)
    assert ours == pytest.approx(expected)


def test_what_is_clearly_worse_is_left_out_and_equals_stay() -> None:
    draw = np.random.default_rng(5)
    base = draw.random(60)
    noisy = base + np.tile([0.05, -0.05], 30)
    worse = base - 0.04 - draw.uniform(0, 0.01, 60)
    assert among_best(sample_of(base, noisy, worse, base)) == [
        AmongBest.YES,
        AmongBest.YES,
        AmongBest.NO,
        AmongBest.YES,
    ]


def test_three_documents_are_too_few() -> None:
    rows = [np.array([0.9, 0.9, 0.9]), np.array([0.1, 0.2, 0.1])]
    assert among_best(sample_of(*rows)) == [AmongBest.TOO_FEW] * 2
    assert among_best(sample_of(rows[0])) == [AmongBest.YES]


def test_micro_averages_have_a_set_too() -> None:
    draw = np.random.default_rng(6)
    tables = []
    for name, hits in (("good", 9), ("poor", 5)):
        counts = draw.binomial(hits, 0.9, 40)
        table = shares(name, (counts / 10).tolist())
        tables.append(table.assign(tp=counts, fp=1, fn=10 - counts))
    assert among_best(take_sample(pd.concat(tables), "micro")) == [AmongBest.YES, AmongBest.NO]

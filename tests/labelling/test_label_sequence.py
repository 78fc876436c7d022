"""The best sequence of labels, against all sequences, and renewed against found from nothing."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise, product

import numpy as np
import pytest
from numpy.typing import NDArray

from boilerbench.labelling.label_sequence import BestSequence

Scores = NDArray[np.float64]


def by_trying(scores: Scores, steps: Scores) -> list[int]:
    """Return the best of all sequences, by the definition."""
    number, width = scores.shape

    def value(path: Iterable[int]) -> float:
        columns = list(path)
        own = sum(scores[index, column] for index, column in enumerate(columns))
        return float(own + sum(steps[first, second] for first, second in pairwise(columns)))

    return list(max(product(range(width), repeat=number), key=value))


@pytest.mark.parametrize("seed", range(20))
def test_no_sequence_is_better(seed: int) -> None:
    numbers = np.random.default_rng(seed)
    scores, steps = numbers.normal(size=(1 + seed % 6, 3)), numbers.normal(size=(3, 3))
    assert BestSequence(scores.copy(), steps).columns() == by_trying(scores, steps)


@pytest.mark.parametrize("scale", [0.01, 1, 20])
def test_after_changes_as_from_nothing(scale: float) -> None:
    """Also where a change runs on through the whole page, since scores hardly tell labels apart."""
    numbers = np.random.default_rng(1)
    scores, steps = scale * numbers.normal(size=(300, 5)), numbers.normal(size=(5, 5))
    sequence = BestSequence(scores.copy(), steps)
    for size in (1, 1, 3, 40, 299, 300, 1):
        rows = np.sort(numbers.choice(300, size=size, replace=False))
        scores[rows] = scale * numbers.normal(size=(size, 5))
        sequence.change(rows, scores[rows])
        assert sequence.columns() == BestSequence(scores.copy(), steps).columns()


def test_a_page_without_blocks() -> None:
    assert BestSequence(np.zeros((0, 3)), np.zeros((3, 3))).columns() == []


def test_alike_rows_take_no_longer() -> None:
    """Nothing tells 20,000 rows apart: that is linear as well, a second or so, where rounds alone are not."""
    sequence = BestSequence(np.zeros((20_000, 5)), np.zeros((5, 5)))
    sequence.change(np.array([0]), np.array([[0.0, 0.0, 1.0, 0.0, 0.0]]))
    assert sequence.columns()[0] == 2

"""Counts, worked by hand."""

from __future__ import annotations

import pytest

from boilerbench.records import Counts, harmonic_mean


@pytest.mark.parametrize(
    ("counts", "precision", "recall", "f1"),
    [
        (Counts(6, 2, 4), 0.75, 0.6, 2 * 0.75 * 0.6 / 1.35),
        (Counts(5, 0, 0), 1, 1, 1),
        # Nothing expected, nothing returned: perfect, in WCXB's word_f1 and in Zyte's precision_score alike.
        (Counts(0, 0, 0), 1, 1, 1),
        # Nothing returned.
        (Counts(0, 0, 7), 0, 0, 0),
        # Nothing expected.
        (Counts(0, 7, 0), 0, 0, 0),
        (Counts(0, 3, 4), 0, 0, 0),
    ],
)
def test_counts_give_precision_recall_and_f1(
    counts: Counts, precision: float, recall: float, f1: float
) -> None:
    assert counts.precision == pytest.approx(precision)
    assert counts.recall == pytest.approx(recall)
    assert counts.f1 == pytest.approx(f1)


def test_harmonic_mean_of_nothing_is_nothing() -> None:
    assert harmonic_mean(0, 0) == 0

"""Ways of averaging, worked by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from boilerbench.records import Counts
from boilerbench.stats.averages import AVERAGES
from tests.stats.tables import scores

# One good, one half, one without output, one without gold or output.
FOUR = (Counts(4, 0, 0), Counts(1, 1, 3), Counts(0, 0, 5), Counts(0, 0, 0))


def average(name: str, table: pd.DataFrame) -> tuple[float, ...]:
    way = AVERAGES[name]
    return tuple(way.figures(way.summands(table).sum(axis=0)).tolist())


def test_the_mean_counts_every_document() -> None:
    # precision 1, 1/2, 0, 1; recall 1, 1/4, 0, 1; F1 1, 1/3, 0, 1.
    found = average("mean", scores("a", *FOUR))
    assert found[:3] == pytest.approx((2.5 / 4, 2.25 / 4, (7 / 3) / 4))
    assert np.isnan(found[3:]).all()


def test_zytes_averages_leave_out_what_has_no_denominator() -> None:
    # precision of the first two; recall of the first three.
    precision, recall = 0.75, 1.25 / 3
    f1 = 2 * precision * recall / (precision + recall)
    assert average("zyte", scores("a", *FOUR))[:3] == pytest.approx((precision, recall, f1))


def test_zytes_averages_of_nothing_are_nothing() -> None:
    assert average("zyte", scores("a", Counts(0, 0, 3), Counts(0, 0, 2)))[:3] == (0, 0, 0)


def test_micro_counts_all_segments_together() -> None:
    # tp 3, fp 1, fn 2, tn 4.
    found = average("micro", scores("a", Counts(2, 1, 0, 3), Counts(1, 0, 2, 1)))
    assert found[:5] == pytest.approx((3 / 4, 3 / 5, 6 / 9, 7 / 10, 4 / 5))


def test_wcxb_takes_an_empty_list_as_found() -> None:
    # with_rate 1 (nothing wanted), 1/2; without_rate 1/2, 1 (nothing unwanted); precision 0, 1; F1 0, 2/3.
    found = average("wcxb", scores("a", Counts(0, 1, 0, 1), Counts(1, 0, 1, 0)))
    assert (found[0], found[1], found[2], found[5]) == pytest.approx((1 / 2, 3 / 4, 1 / 3, 3 / 4))


def test_accuracy_by_word_error_rate_may_be_below_0() -> None:
    # Word error rates 1/5, 3/2 and, without gold, 2.
    found = average("wer", scores("a", Counts(4, 0, 1), Counts(1, 3, 1), Counts(0, 2, 0)))
    assert found[3] == pytest.approx(1 - (0.2 + 1.5 + 2) / 3)


def test_macro_is_the_mean_of_the_means_of_sources() -> None:
    """WCEB's eval.py takes the mean by data set, then the mean of those; so does pandas here."""
    table = scores("a", *FOUR).assign(source=["x", "x", "y", "x"])
    by_source = table.groupby("source")[["precision", "recall", "f1"]].mean().mean()
    assert average("macro", table)[:3] == pytest.approx(tuple(by_source))
    # By hand: precision of x is (1 + 1/2 + 1) / 3, of y 0.
    assert average("macro", table)[0] == pytest.approx(2.5 / 6)


def test_macro_leaves_out_a_source_that_a_resample_misses() -> None:
    way = AVERAGES["macro"]
    summands = way.summands(scores("a", *FOUR).assign(source=["x", "x", "y", "x"]))
    # The first document twice, the second once: precision 1, 1, 1/2.
    assert way.figures(np.array([2.0, 1, 0, 0]) @ summands)[0] == pytest.approx(2.5 / 3)


def test_present_leaves_out_documents_where_neither_side_has_any() -> None:
    found = average("present", scores("a", Counts(0.5, 0.5, 0.5), Counts(0, 0, 0), Counts(0, 1, 0)))
    # The first and the third count: half and nothing.
    assert found[:3] == pytest.approx([0.25, 0.25, 0.25])
    nowhere = average("present", scores("a", Counts(0, 0, 0), Counts(0, 0, 0)))
    assert nowhere[:3] == pytest.approx([0, 0, 0])

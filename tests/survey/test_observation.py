"""One page: agreement, outliers and the union, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from boilerbench.records import Status
from boilerbench.survey.observation import LONGEST_TEXT, others_of
from tests.survey.observing import PROSE, observed


def test_f1_of_words_each_against_each() -> None:
    # 3 of 4 and 3 words in common: 2 * 3 / 7. Nothing in common with the third: 0.
    seen = observed(["a b c d", "c b a", "x"])
    assert seen.f1 == pytest.approx(np.array([[1, 6 / 7, 0], [6 / 7, 1, 0], [0, 0, 1]]))
    assert seen.agreement == pytest.approx([3 / 7, 3 / 7, 0])
    assert seen.disagreement == pytest.approx(1 - 2 / 7)


def test_words_count_as_often_as_they_occur() -> None:
    # In common: a twice and b, of 4 and 3 words; the union is three a and a b.
    seen = observed(["a a a b", "b a a"])
    assert seen.f1[0, 1] == pytest.approx(6 / 7)
    assert seen.union_words == 4


def test_two_empty_texts_agree_and_a_failure_is_one() -> None:
    seen = observed(["", Status.CRASH, "word"])
    assert seen.f1[0].tolist() == [1, 1, 0]
    assert [outcome.status for outcome in seen.outcomes] == [Status.EMPTY, Status.CRASH, Status.OK]
    assert seen.union_words == 1
    assert observed(["", ""]).union_words == 0


def test_versions_of_one_tool_do_not_confirm_each_other() -> None:
    assert others_of(["a", "a", "b"]) == [[2], [2], [0, 1]]
    assert others_of(["a", "a"]) == [[1], [0]]
    assert others_of(["a"]) == [[]]
    seen = observed(["x y", "x y", "x"], tools=["a", "a", "b"])
    # Each with the other tool alone: 2 * 1 / 3.
    assert seen.agreement == pytest.approx([2 / 3, 2 / 3, 2 / 3])


def test_one_that_stands_alone_is_an_outlier() -> None:
    assert observed([PROSE, PROSE, "else"]).outlier == 2
    # 1 / 3, 1 / 3 and 1 / 3: nobody stands apart.
    assert observed(["a", "b", "c"]).outlier is None
    assert observed([PROSE, "else"]).outlier is None
    # Two are alike in being far from the other two.
    assert observed([PROSE, PROSE, "else", "else"]).outlier is None


def test_with_one_extractor_there_is_nothing_to_agree_with() -> None:
    seen = observed([PROSE])
    assert np.isnan(seen.agreement).all()
    assert (seen.disagreement, seen.outlier) == (0, None)


def test_a_text_beyond_any_size_is_counted_to_a_bound() -> None:
    (outcome,) = observed(["word " * (LONGEST_TEXT // 4)]).outcomes
    assert outcome.words == LONGEST_TEXT // 5
    assert outcome.content_bytes == LONGEST_TEXT // 4 * 5

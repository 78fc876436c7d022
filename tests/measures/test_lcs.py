"""``lcs``, worked by hand and against the Levenshtein ratio."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from boilerbench.measures import make_measure
from boilerbench.records import Counts, Gold

texts = st.lists(st.sampled_from(["the", "The", "ferry", "leaves", "at", "nine", "九時", "."])).map(" ".join)


def count(gold: str, text: str) -> Counts:
    measure = make_measure("lcs", "plain")
    return measure.measure(Gold(gold), text).counts


@pytest.mark.parametrize(
    ("gold", "text", "counts"),
    [
        # a b d is common.
        ("a b c d", "a x b d", Counts(3, 1, 1)),
        # Two blocks that change places: the longer one is kept.
        ("a b c d e", "d e a b c", Counts(3, 2, 2)),
        ("a b", "b a", Counts(1, 1, 1)),
        # Punctuation belongs to its word, and case counts.
        ("The end.", "the end", Counts(0, 2, 2)),
        ("a\n\n b", "a b", Counts(2, 0, 0)),
        ("", "a", Counts(0, 1, 0)),
        ("a", "", Counts(0, 0, 1)),
        ("", "", Counts(0, 0, 0)),
    ],
)
def test_what_is_common_in_order_counts(gold: str, text: str, counts: Counts) -> None:
    assert count(gold, text) == counts


@given(gold=texts, text=texts)
def test_f1_is_the_levenshtein_ratio_of_the_words(gold: str, text: str) -> None:
    # What WCEB calls Levenshtein.ratio is rapidfuzz's normalised Indel similarity.
    ratio = Indel.normalized_similarity(gold.split(), text.split())
    assert count(gold, text).f1 == pytest.approx(ratio, abs=1e-12)

"""Bit vectors in Python's large numbers, held against rapidfuzz."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import LCSseq, Levenshtein

from boilerbench.measures import bit_vectors
from boilerbench.measures.bit_vectors import edit_distance, lcs_length

texts = st.text(st.sampled_from("abcd\0"), max_size=150)


@pytest.fixture
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every text is long enough, and has tokens enough, for Python's numbers."""
    for limit in ("_SHORT", "_SMALL_TABLE"):
        monkeypatch.setattr(bit_vectors, limit, 0)
    monkeypatch.setattr(bit_vectors, "_FEW_TOKENS", 1)


@pytest.mark.usefixtures("_large")
@pytest.mark.parametrize(
    ("ours", "theirs"), [(lcs_length, LCSseq.similarity), (edit_distance, Levenshtein.distance)]
)
def test_figures_are_those_of_rapidfuzz(
    ours: Callable[[str, str], int], theirs: Callable[[str, str], int]
) -> None:
    @given(texts, texts)
    def same(gold: str, text: str) -> None:
        assert ours(gold, text) == theirs(gold, text)

    same()


@pytest.mark.parametrize(
    ("gold", "text", "length", "distance"),
    # By hand: "xyz" deleted; a word stands for another; everything is another.
    [
        ("abxyzc", "abc", 3, 3),
        ("abc", "abd", 2, 1),
        ("aaa", "bbbb", 0, 4),
        ("", "ab", 0, 2),
        ("ab", "", 0, 2),
    ],
)
@pytest.mark.usefixtures("_large")
def test_lengths_and_distances(gold: str, text: str, length: int, distance: int) -> None:
    assert (lcs_length(gold, text), edit_distance(gold, text)) == (length, distance)


def test_long_golds_of_many_tokens_are_compared() -> None:
    # By hand: the second half is there, and nothing of the first; all that is left is deleted.
    gold = "".join(map(chr, range(1, 6001)))
    assert lcs_length(gold, gold[3000:]) == edit_distance(gold, gold[3000:]) == 3000

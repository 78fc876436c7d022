"""Texts aligned in bounded memory: as many pairs as rapidfuzz finds, whichever way they are found."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import LCSseq

from boilerbench.measures import alignment, bounds, lcs_columns
from boilerbench.measures.alignment import aligned
from boilerbench.measures.marks import Mark
from boilerbench.measures.spanned_text import WHITE_SPACE
from boilerbench.measures.word_marks import differing_words
from tests.conftest import THOROUGH

words = st.lists(st.sampled_from("abcde"), max_size=60)


def assert_aligned(first: list[str], second: list[str]) -> None:
    """Pairs are of equal words, in order in both texts, and as many as can be."""
    pairs = list(aligned(first, second))
    assert all(first[one] == second[other] for one, other in pairs)
    for indexes in zip(*pairs, strict=True):
        assert list(indexes) == sorted(set(indexes))
    assert len(pairs) == LCSseq.similarity(first, second)


@pytest.mark.parametrize(("table", "pairs"), [(1 << 28, 1 << 21), (0, 1 << 21), (0, 0)])
def test_a_longest_common_subsequence_is_paired(
    table: int, pairs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alignment, "_SMALL_TABLE", table)
    monkeypatch.setattr(alignment, "_FEW_PAIRS", pairs)
    monkeypatch.setattr(lcs_columns, "_CHUNK_BYTES", 0)
    monkeypatch.setattr(lcs_columns, "_FEWEST", 3)
    given(words, words)(assert_aligned)()


def test_many_different_words_are_aligned_in_little_memory() -> None:
    # By hand: of the words in opposite order only one can be paired, and those at the end with themselves.
    number = 133_000 if THOROUGH else 20_000
    several = [f"w{index}" for index in range(number)]
    tracemalloc.start()
    pairs = list(aligned([*several, "end"], [*reversed(several), "end"]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(pairs) == 2
    # A bit for each pair of words would be 50 MB for 20,000 of them.
    assert peak < 700 * number


def test_texts_too_long_to_be_aligned_differ_by_the_words_that_either_has_more_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(alignment, "_SMALL_TABLE", 0)
    monkeypatch.setattr(alignment, "_FEW_PAIRS", 0)
    monkeypatch.setattr(bounds, "MOST_CELLS", 0)
    first, second = map(WHITE_SPACE.cut, ("a b c", "b c d a a"))
    with pytest.raises(bounds.UnscorableError):
        list(aligned(first.words, second.words))
    lost, leaked = differing_words(first, second)
    moved = [Mark.MOVED] * 3
    assert [span.mark for span in lost] == moved
    # The first a of the second text stands for that of the first.
    assert [span.mark for span in leaked] == [Mark.MOVED, Mark.MOVED, Mark.LEAKED, Mark.MOVED, Mark.LEAKED]

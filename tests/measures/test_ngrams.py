"""Counts of n-grams over interned tokens against plain counting of tuples."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerbench.measures import ngrams
from boilerbench.measures.ngrams import NgramCounts, TokenCounts
from boilerbench.records import Counts

tokens = st.lists(st.sampled_from("abcdefgh"), max_size=40)


def plainly(gold: list[str], output: list[str], size: int) -> Counts:
    def counter(text: list[str]) -> Counter[tuple[str, ...]]:
        if len(text) < size:
            return Counter([tuple(text)] if text else [])
        return Counter(tuple(text[at : at + size]) for at in range(len(text) - size + 1))

    expected, returned = counter(gold), counter(output)
    tp = (expected & returned).total()
    return Counts(tp, returned.total() - tp, expected.total() - tp)


@given(gold=tokens, output=tokens, size=st.integers(1, 5))
def test_runs_are_counted_as_tuples_would_be(gold: list[str], output: list[str], size: int) -> None:
    assert NgramCounts(gold, size).overlap(output) == plainly(gold, output, size)


@given(gold=tokens, output=tokens)
def test_tokens_are_counted_as_runs_of_one(gold: list[str], output: list[str]) -> None:
    assert TokenCounts(gold).overlap(output) == plainly(gold, output, 1)


@given(gold=tokens, output=tokens)
def test_so_they_are_where_numbers_would_outgrow_64_bits(gold: list[str], output: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        # As if five tokens of a vocabulary of thousands had to fit.
        patch.setattr(ngrams, "_HIGHEST", 50)
        assert NgramCounts(gold, 5).overlap(output) == plainly(gold, output, 5)


def test_a_vocabulary_of_100_000_words_makes_no_two_runs_alike() -> None:
    gold = [f"w{number}" for number in range(100_000)]
    output = gold[50_000:] + gold[:50_000]
    # The seam breaks four of the runs, and makes four that gold does not have.
    assert NgramCounts(gold, 5).overlap(output) == Counts(99_992, 4, 4)

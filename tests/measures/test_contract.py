"""What holds for every registered measure, whatever the texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.measures import MEASURES, make_measure
from harness.records import Counts, Gold
from harness.stats import AVERAGES
from harness.text import cased_words

KINDS = [(name, cut) for name in MEASURES for cut in ("plain", "icu")]
WORDS = [
    "the",
    "cat",
    "sat",
    "on",
    "a",
    "mat",
    "The",
    "ÜBER",
    "東京",
    "の",
    "3.5",
    "—",
    "สวัสดี",
    "שלום",
    "e\u0301",
]

texts = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join) | st.text(
    st.characters(exclude_categories=[]), max_size=60
)
BAGS = ("words", "shingles")
"""Measures that compare multisets, whose counts are of things expected and things returned."""

every_bag = pytest.mark.parametrize(("name", "cut"), [kind for kind in KINDS if kind[0] in BAGS])
every_measure = pytest.mark.parametrize(("name", "cut"), KINDS)


def count(name: str, cut: str, gold: str, text: str) -> Counts:
    measure = make_measure(name, cut)
    return measure.count(measure.prepare(Gold(gold)), text)


@every_measure
def test_a_measure_says_what_it_is(name: str, cut: str) -> None:
    measure = make_measure(name, cut)
    assert measure.name == name
    assert measure.signature.startswith(f"{name}|")
    assert measure.signature.rpartition("|")[2].startswith("v")
    assert measure.summary
    assert measure.source
    assert set(measure.averages) <= set(AVERAGES)
    assert measure.averages[0] == "mean"


@every_measure
@given(gold=texts, text=texts)
def test_figures_lie_between_0_and_1(name: str, cut: str, gold: str, text: str) -> None:
    counts = count(name, cut, gold, text)
    assert min(counts.tp, counts.fp, counts.fn) >= 0
    for figure in (counts.precision, counts.recall, counts.f1):
        assert 0 <= figure <= 1
    assert counts.f1 <= max(counts.precision, counts.recall) + 1e-12


@every_measure
@given(text=texts)
def test_identical_texts_are_perfect(name: str, cut: str, text: str) -> None:
    counts = count(name, cut, text, text)
    assert (counts.precision, counts.recall, counts.f1) == (1, 1, 1)


@every_measure
@given(gold=texts, text=texts)
def test_swapping_gold_and_output_swaps_precision_and_recall(
    name: str, cut: str, gold: str, text: str
) -> None:
    there, back = count(name, cut, gold, text), count(name, cut, text, gold)
    assert (there.tp, there.fp, there.fn) == (back.tp, back.fn, back.fp)


@every_bag
@given(gold=texts, text=texts)
def test_counts_add_up(name: str, cut: str, gold: str, text: str) -> None:
    counts, nothing_returned = count(name, cut, gold, text), count(name, cut, gold, "")
    nothing_expected = count(name, cut, "", text)
    assert counts.tp + counts.fn == nothing_returned.fn
    assert counts.tp + counts.fp == nothing_expected.fp


@every_bag
@given(gold=texts, text=texts)
def test_foreign_words_never_raise_precision_nor_lower_recall(
    name: str, cut: str, gold: str, text: str
) -> None:
    counts = count(name, cut, gold, f"{text}\nzyzzyva zyzzyva zyzzyva zyzzyva")
    before = count(name, cut, gold, text)
    # A text too short for one whole shingle has its only one changed by whatever follows.
    if cased_words(gold) and len(cased_words(text)) >= 4:
        assert counts.precision <= before.precision
        assert counts.recall >= before.recall

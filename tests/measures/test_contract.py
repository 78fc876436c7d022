"""What holds for every registered measure, whatever the texts."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerbench.measures import MEASURES, make_measure
from boilerbench.measures.marks import units
from boilerbench.records import Counts, Gold
from boilerbench.stats import AVERAGES
from boilerbench.tokenizers import cased_words

ALL_KINDS = [(name, cut) for name in MEASURES for cut in ("plain", "icu")]
KINDS = [kind for kind in ALL_KINDS if make_measure(*kind).applies(Gold("body"))]
"""Measures of a body."""
SEGMENTED = [
    kind for kind in ALL_KINDS if make_measure(*kind).applies(Gold("", ("segment",), has_body=False))
]
"""Measures of segments, which gold without segments leaves unscored."""
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
BAGS = ("words", "shingles", "rouge-5")
"""Measures that compare multisets, whose counts are of things expected and things returned."""

every_bag = pytest.mark.parametrize(("name", "cut"), [kind for kind in KINDS if kind[0] in BAGS])
every_measure = pytest.mark.parametrize(("name", "cut"), KINDS)
LOPSIDED = ("rouge-lsum", "rouge-lsum-fundus", "bleu")
"""Measures that look at gold in another way than at an output."""
every_symmetric = pytest.mark.parametrize(("name", "cut"), [k for k in KINDS if k[0] not in LOPSIDED])
every_registered = pytest.mark.parametrize(("name", "cut"), ALL_KINDS)
every_segmented = pytest.mark.parametrize(("name", "cut"), SEGMENTED)
every_marking = pytest.mark.parametrize(("name", "cut"), [k for k in ALL_KINDS if make_measure(*k).marker])
# A segment without a visible character cannot be shown.
segments = st.lists(texts.filter(lambda text: text.strip()), max_size=4)


def close_to(counts: Counts) -> Any:
    return pytest.approx(astuple(counts), abs=1e-12)


def count(name: str, cut: str, gold: str, text: str) -> Counts:
    measure = make_measure(name, cut)
    return measure.measure(Gold(gold), text).counts


@every_registered
def test_a_measure_says_what_it_is(name: str, cut: str) -> None:
    measure = make_measure(name, cut)
    assert measure.name == name
    assert measure.signature.startswith(f"{name}|")
    assert measure.signature.rpartition("|")[2].startswith("v")
    assert measure.summary
    assert measure.source
    assert set(measure.averages) <= set(AVERAGES)
    assert measure.explanation.endswith(".")
    assert measure.applies(measure.example.gold)


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


@every_symmetric
@given(gold=texts, text=texts)
def test_swapping_gold_and_output_swaps_precision_and_recall(
    name: str, cut: str, gold: str, text: str
) -> None:
    there, back = count(name, cut, gold, text), count(name, cut, text, gold)
    assert (there.tp, there.fp, there.fn) == (back.tp, back.fn, back.fp)


@every_bag
@given(gold=texts, text=texts)
def test_foreign_words_never_raise_precision_nor_lower_recall(
    name: str, cut: str, gold: str, text: str
) -> None:
    # Not even the separator is in gold, since to rouge-5 it is a token.
    counts = count(name, cut, gold, f"{text}‽zyzzyva‽zyzzyva‽zyzzyva‽zyzzyva")
    before = count(name, cut, gold, text)
    # A text too short for one whole run has its only one changed by whatever follows.
    if cased_words(gold) and len(cased_words(text)) >= 5:
        assert counts.precision <= before.precision
        assert counts.recall >= before.recall


@every_measure
@given(gold=texts, text=texts)
def test_counts_add_up(name: str, cut: str, gold: str, text: str) -> None:
    counts = count(name, cut, gold, text)
    if name != "exact":
        assert counts.tp + counts.fn == count(name, cut, gold, "").fn
        assert counts.tp + counts.fp == count(name, cut, "", text).fp


@every_segmented
@given(gold=st.lists(texts, max_size=4), unwanted=st.lists(texts, max_size=4), text=texts)
def test_every_segment_is_counted_once(
    name: str, cut: str, gold: list[str], unwanted: list[str], text: str
) -> None:
    measure = make_measure(name, cut)
    counts = measure.measure(Gold("", tuple(gold), tuple(unwanted)), text).counts
    assert counts.tp + counts.fn == len(gold)
    assert counts.fp + counts.tn == len(unwanted)
    for figure in (counts.precision, counts.recall, counts.f1):
        assert 0 <= figure <= 1


@every_segmented
@given(text=texts)
def test_a_text_has_all_its_segments(name: str, cut: str, text: str) -> None:
    measure = make_measure(name, cut)
    counts = measure.measure(Gold("", (text,)), text).counts
    assert (counts.precision, counts.recall, counts.f1) == (1, 1, 1)


@every_registered
def test_the_example_comes_out_as_explained(name: str, cut: str) -> None:
    measure = make_measure(name, cut)
    example = measure.example
    assert astuple(measure.measure(example.gold, example.output).counts) == close_to(example.counts)


@every_registered
def test_what_a_measure_does_not_see_scores_as_explained(name: str, cut: str) -> None:
    measure = make_measure(name, cut)
    assert measure.unseen is not None
    counts = measure.measure(measure.unseen.gold, measure.unseen.output).counts
    assert astuple(counts) == close_to(measure.unseen.counts)
    # Right, or nearly, by this measure, and yet not gold.
    assert counts.f1 >= 0.8
    assert measure.unseen.output.split() != measure.unseen.gold.body.split() or "\n" in measure.unseen.output


@every_registered
def test_labels_come_from_a_measure_that_says_so(name: str, cut: str) -> None:
    measure = make_measure(name, cut)
    found = measure.measure(measure.example.gold, measure.example.output)
    assert bool(found.labels) == measure.counts_labels


@every_marking
@given(gold=texts, text=texts, wanted=segments, unwanted=segments)
def test_marks_add_up_to_the_counts(
    name: str, cut: str, gold: str, text: str, wanted: list[str], unwanted: list[str]
) -> None:
    measure = make_measure(name, cut)
    assert measure.marker is not None
    document = Gold(gold, tuple(wanted), tuple(unwanted))
    counts = measure.measure(document, text).counts
    marker = measure.marker(document, None)
    marked = marker.mark(text)
    assert units(marked.in_gold, marker.counted) == counts.fn
    assert units(marked.in_output, marker.counted) == counts.fp
    for shown, spans in ((marker.text, marked.in_gold), (marked.text, marked.in_output)):
        ends = [0, *(span.end for span in spans)]
        assert all(span.start < span.end <= len(shown) for span in spans)
        assert all(end <= span.start for end, span in zip(ends, spans, strict=False))

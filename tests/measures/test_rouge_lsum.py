"""``rouge-lsum``, worked by hand and against the rouge-score package."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rouge_score import rouge_scorer, tokenizers

from boilerbench.measures import lcs_columns, make_measure, union_lcs
from boilerbench.records import Counts, Gold
from tests.conftest import THOROUGH

lines = st.lists(st.sampled_from("abcdef"), max_size=9).map(" ".join)
texts = st.lists(lines, max_size=7).map("\n".join)


class WhiteSpace(tokenizers.Tokenizer):  # type: ignore[misc]
    def tokenize(self, text: str) -> list[str]:
        return text.split()


SCORER = rouge_scorer.RougeScorer(["rougeLsum"], tokenizer=WhiteSpace())


def count(gold: str, text: str) -> Counts:
    measure = make_measure("rouge-lsum", "plain")
    return measure.measure(Gold(gold), text).counts


def assert_same(gold: str, text: str) -> None:
    counts = count(gold, text)
    published = SCORER.score(gold, text)["rougeLsum"]
    if gold.split() or text.split():
        ours = (counts.precision, counts.recall, counts.f1)
        assert ours == pytest.approx((published.precision, published.recall, published.fmeasure), abs=1e-12)


@pytest.mark.parametrize(
    ("gold", "text", "counts"),
    [
        # Lin (2004), "ROUGE: A Package for Automatic Evaluation of Summaries", section 3.2: w1 w2 w3 w4 w5
        # against "w1 w2 w6 w7 w8" and "w1 w3 w8 w9 w5" finds w1 w2 and w1 w3 w5, four words together.
        ("1 2 3 4 5", "1 2 6 7 8\n1 3 8 9 5", Counts(4, 6, 1)),
        # Lines may change places.
        ("a b\nc d", "c d\na b", Counts(4, 0, 0)),
        # Both lines find "a", but the output has it once.
        ("a b\na c", "a", Counts(1, 0, 3)),
        # Order counts within a line.
        ("a b", "b a", Counts(1, 1, 1)),
        ("a b\n\n \nc", "a b c", Counts(3, 0, 0)),
        ("", "a", Counts(0, 1, 0)),
        ("a", "", Counts(0, 0, 1)),
        ("", "", Counts(0, 0, 0)),
    ],
)
def test_the_union_over_lines_counts(gold: str, text: str, counts: Counts) -> None:
    assert count(gold, text) == counts


@settings(max_examples=400)
@given(gold=texts, text=texts)
def test_figures_are_those_of_rouge_score(gold: str, text: str) -> None:
    assert_same(gold, text)


@settings(max_examples=10)
@given(st.lists(st.sampled_from("abc"), min_size=100, max_size=200).map(" ".join))
def test_so_they_are_for_lines_longer_than_a_machine_word(text: str) -> None:
    assert_same(text, text[::-1])


def test_so_they_are_on_stored_outputs(data: Path) -> None:
    # All 724 take rouge-score three minutes: perf/measures.py does that.
    truth = json.loads((data / "aeb" / "ground-truth.json").read_text())
    shortest = sorted(truth, key=lambda key: len(truth[key]["articleBody"]))[:40]
    for file in (data / "aeb" / "output").glob("*.json"):
        content = json.loads(file.read_text())
        outputs = content.get("output", content)
        for key in shortest:
            assert_same(truth[key]["articleBody"], outputs[key]["articleBody"] or "")


@given(texts, texts)
@settings(max_examples=200)
def test_figures_do_not_depend_on_how_the_table_is_walked(gold: str, text: str) -> None:
    """Whichever way is the faster one, and however little of the table is kept."""
    expected = count(gold, text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lcs_columns, "_CHUNK_BYTES", 0)
        patch.setattr(lcs_columns, "_FEWEST", 2)
        for cost in (0, 1 << 60):
            patch.setattr(union_lcs, "_WALK_IN_STEP", cost)
            assert count(gold, text) == expected


def test_a_line_of_a_million_words_is_walked_in_little_memory() -> None:
    # By hand: all of gold's line lies in the output's in this order, again and again.
    words = [f"w{number}" for number in range(1000)]
    times = 1000 if THOROUGH else 30
    text = " ".join(words * times)
    tracemalloc.start()
    found = count(" ".join(words), text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == Counts(1000, 1000 * (times - 1), 0)
    # Every column of the table kept would be 150 bytes a word and more, besides the words themselves.
    assert peak < 30_000_000 + 140 * 1000 * times


def test_lines_that_can_find_nothing_more_are_not_walked(monkeypatch: pytest.MonkeyPatch) -> None:
    walked: list[str] = []

    class Columns(lcs_columns.LcsColumns):
        def __init__(self, masks: Mapping[str, int], everything: int, text: str) -> None:
            walked.append(text)
            super().__init__(masks, everything, text)

    monkeypatch.setattr(union_lcs, "LcsColumns", Columns)
    assert count("a b\nc", "a b\nb\na b b\nz\nc b") == Counts(3, 6, 0)
    # After the first line only c is not found yet.
    assert len(walked) == 2

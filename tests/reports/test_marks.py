"""Lost and leaked words, by hand; and their number against that of the ``words`` measure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.measures import make_measure
from harness.records import Gold
from harness.reports.marks import Mark, Stretch, mark

PUNCTUATION = [".", ",", "—", "\n"]
words_and_punctuation = st.lists(
    st.sampled_from(["the", "The", "cat", "sat", "mat", "東京", "図書館", *PUNCTUATION]), max_size=40
).map(" ".join)


def written(stretches: list[Stretch]) -> str:
    brackets = {Mark.KEPT: "{}", Mark.LOST: "[-{}-]", Mark.LEAKED: "{{+{}+}}"}
    return "".join(brackets[each.mark].format(each.text) for each in stretches)


@pytest.mark.parametrize(
    ("gold", "output", "marked_gold", "marked_output"),
    [
        ("One two three.", "One three, four five.", "One [-two-] three.", "One three, {+four five+}."),
        ("Same.", "Same.", "Same.", "Same."),
        ("All lost here.", "", "[-All lost here-].", ""),
        ("", "All leaked.", "", "{+All leaked+}."),
        # What only moved is not marked.
        (
            "First block.\n\nSecond part.",
            "Second part. First block.",
            "First block.\nSecond part.",
            "Second part. First block.",
        ),
        # What is there once too often is.
        ("Once only.", "Once only. Once only.", "Once only.", "Once only. {+Once only+}."),
        # A mark ends with its line.
        ("Title", "Title\nHome\nNews", "Title", "Title\n{+Home+}\n{+News+}"),
        ("a [b] c", "a c", "a [[-b-]] c", "a c"),
    ],
)
def test_marks(gold: str, output: str, marked_gold: str, marked_output: str) -> None:
    lost, leaked = mark(gold, output, "icu")
    assert (written(lost), written(leaked)) == (marked_gold, marked_output)


@pytest.mark.parametrize("cut", ["icu", "plain"])
@given(gold=words_and_punctuation, output=words_and_punctuation)
def test_as_many_words_are_marked_as_the_measure_counts(cut: str, gold: str, output: str) -> None:
    lost, leaked = mark(gold, output, cut)
    measure = make_measure("words", cut)
    counts = measure.count(measure.prepare(Gold(gold)), output)
    assert sum(each.words for each in lost) == counts.fn
    assert sum(each.words for each in leaked) == counts.fp


@given(gold=st.text(), output=st.text())
def test_any_texts_can_be_marked(gold: str, output: str) -> None:
    lost, leaked = mark(gold, output, "icu")
    assert all(each.text for each in (*lost, *leaked))
    assert {each.mark for each in lost} <= {Mark.KEPT, Mark.LOST}
    assert {each.mark for each in leaked} <= {Mark.KEPT, Mark.LEAKED}

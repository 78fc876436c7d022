"""Lost and leaked words, by hand; and their number against those of the measures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerbench.measures import make_measure
from boilerbench.measures.blocks import measure as blocks_measure
from boilerbench.policy import default_policy
from boilerbench.records import Block, Gold
from boilerbench.reports.diff.document import cutting_measures, make_marker
from boilerbench.reports.diff.words import Mark, Stretch, words_marked

PUNCTUATION = [".", ",", "—", "\n", "_", "__", "\u00ad", "\u200b"]
WORDS = [
    "the",
    "The",
    "cat",
    "sat",
    "mat",
    "東京",
    "図書館",
    "İstanbul",
    "straße",
    "STRASSE",
    "ﬁn",
    "e\u0301",
    "é",
]
words_and_punctuation = st.lists(st.sampled_from([*WORDS, *PUNCTUATION]), max_size=40).map(" ".join)
any_text = st.one_of(words_and_punctuation, st.text(max_size=60))


def marked(
    gold: str, output: str, measure: str = "words", tokenizer: str = "icu"
) -> tuple[list[Stretch], list[Stretch]]:
    found = make_marker(Gold(gold), default_policy(), measure, tokenizer).marked(output)
    return found.in_gold, found.in_output


def written(stretches: list[Stretch]) -> str:
    brackets = {
        Mark.KEPT: "{}",
        Mark.LOST: "[-{}-]",
        Mark.LEAKED: "{{+{}+}}",
        Mark.MOVED: "({})",
        Mark.OPTIONAL: "~{}~",
    }
    return "".join(brackets[each.mark].format(each.text) for each in stretches)


@pytest.mark.parametrize(
    ("gold", "output", "marked_gold", "marked_output"),
    [
        ("One two three.", "One three, four five.", "One [-two-] three.", "One three, {+four five+}."),
        ("Same.", "Same.", "Same.", "Same."),
        ("All lost here.", "", "[-All lost here-].", ""),
        ("", "All leaked.", "", "{+All leaked+}."),
        # What only moved is neither lost nor leaked.
        (
            "First block.\n\nThe second part.",
            "The second part. First block.",
            "(First block).\nThe second part.",
            "The second part. (First block).",
        ),
        # What is there once too often is.
        ("Once only.", "Once only. Once only.", "Once only.", "Once only. {+Once only+}."),
        # A mark ends with its line.
        ("Title", "Title\nHome\nNews", "Title", "Title\n{+Home+}\n{+News+}"),
        ("a [b] c", "a c", "a [[-b-]] c", "a c"),
    ],
)
def test_marks(gold: str, output: str, marked_gold: str, marked_output: str) -> None:
    lost, leaked = marked(gold, output)
    assert (written(lost), written(leaked)) == (marked_gold, marked_output)


def test_words_between_white_space_count_for_lcs() -> None:
    lost, leaked = marked("One two, three.", "one two, three! three.", "lcs")
    assert written(lost) == "[-One-] two, three."
    assert written(leaked) == "{+one+} two, {+three!+} three."


@pytest.mark.parametrize("tokenizer", ["icu", "plain"])
@given(gold=any_text, output=any_text)
def test_as_many_words_are_marked_as_words_counts(tokenizer: str, gold: str, output: str) -> None:
    lost, leaked = marked(gold, output, "words", tokenizer)
    measure = make_measure("words", tokenizer)
    counts = measure.count(measure.prepare(Gold(gold)), output)
    assert words_marked(lost, Mark.LOST) == counts.fn
    assert words_marked(leaked, Mark.LEAKED) == counts.fp


@given(gold=any_text, output=any_text)
def test_as_many_words_are_marked_as_lcs_counts(gold: str, output: str) -> None:
    lost, leaked = marked(gold, output, "lcs")
    measure = make_measure("lcs", "plain")
    counts = measure.count(measure.prepare(Gold(gold)), output)
    assert words_marked(lost, Mark.LOST, Mark.MOVED) == counts.fn
    assert words_marked(leaked, Mark.LEAKED, Mark.MOVED) == counts.fp


@given(gold=st.text(), output=st.text())
def test_any_texts_can_be_marked(gold: str, output: str) -> None:
    lost, leaked = marked(gold, output)
    assert all(each.text for each in (*lost, *leaked))
    assert {each.mark for each in lost} <= {Mark.KEPT, Mark.LOST, Mark.MOVED}
    assert {each.mark for each in leaked} <= {Mark.KEPT, Mark.LEAKED, Mark.MOVED}


PAGE = (
    Block("Home", "navigation"),
    Block("Ferry times", "title"),
    Block("The ferry leaves at nine.", "paragraph"),
    Block("More ferries to see", "related"),
)


@pytest.mark.parametrize("measure", ["words", "lcs"])
def test_leaked_words_bear_the_label_of_their_block(measure: str) -> None:
    marker = make_marker(Gold("", blocks=PAGE), default_policy(), measure, "icu")
    found = marker.marked("Home\nThe ferry leaves at nine.\nMore ferries to see\nHome again")
    leaked = [(each.text, each.label) for each in found.in_output if each.mark == Mark.LEAKED]
    assert leaked == [("Home", "navigation"), ("More ferries to see", "related"), ("Home again", "")]


def test_optional_words_are_marked_as_such() -> None:
    marker = make_marker(Gold("", blocks=PAGE), default_policy(), "words", "icu")
    found = marker.marked("Ferry times today\nThe ferry leaves at nine.")
    assert written(found.in_output) == "~Ferry times~ {+today+}\nThe ferry leaves at nine."
    assert written(found.in_gold) == "The ferry leaves at nine."


@given(
    output=st.lists(
        st.sampled_from([*(each.text for each in PAGE), "home", "__x__", "ferry", "\n"]), max_size=12
    ).map(" ".join)
)
def test_as_many_words_bear_a_label_as_blocks_finds(output: str) -> None:
    """Every word that the ``blocks`` measure finds of a label is one that bears it, leaked or kept."""
    marker = make_marker(Gold("", blocks=PAGE), default_policy(), "words", "icu")
    blocks = blocks_measure("icu")
    assert blocks.labels is not None
    found = {
        each.label: each.words_found for each in blocks.labels(blocks.prepare(Gold("", blocks=PAGE)), output)
    }
    bearing: dict[str, int] = {}
    for each in marker.marked(output).in_output:
        if each.mark == Mark.LEAKED and each.label:
            bearing[each.label] = bearing.get(each.label, 0) + each.words
    assert all(number <= found[label] for label, number in bearing.items())


def test_marks_follow_a_measure_that_was_scored() -> None:
    assert cutting_measures(["shingles", "lcs", "words"]) == ["words", "lcs"]
    assert cutting_measures(["lcs"]) == ["lcs"]
    assert cutting_measures(["shingles"]) == ["words"]

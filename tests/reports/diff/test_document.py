"""Lost and leaked words, by hand; and their number against those of the measures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerbench.measures import make_measure
from boilerbench.measures.marks import Mark
from boilerbench.policy import default_policy
from boilerbench.records import Block, Gold
from boilerbench.reports.diff.document import DocumentMarker, MarkingMeasures
from boilerbench.reports.diff.stretches import Diff, Stretch, units_marked

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


def markers(gold: Gold, *measures: str, tokenizer: str = "icu") -> dict[str, DocumentMarker]:
    return MarkingMeasures(measures, tokenizer, default_policy()).markers(gold)


def diff(gold: str | Gold, output: str, measure: str = "words", tokenizer: str = "icu") -> Diff:
    document = Gold(gold) if isinstance(gold, str) else gold
    return markers(document, measure, tokenizer=tokenizer)[measure].diff(output)


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
    found = diff(gold, output)
    assert (written(found.in_gold), written(found.in_output)) == (marked_gold, marked_output)


def test_words_between_white_space_count_for_lcs() -> None:
    found = diff("One two, three.", "one two, three! three.", "lcs")
    assert written(found.in_gold) == "[-One-] two, three."
    assert written(found.in_output) == "{+one+} two, {+three!+} three."


@pytest.mark.parametrize("tokenizer", ["icu", "plain"])
@given(gold=any_text, output=any_text)
def test_as_many_words_are_marked_as_words_counts(tokenizer: str, gold: str, output: str) -> None:
    found = diff(gold, output, "words", tokenizer)
    counts = make_measure("words", tokenizer).measure(Gold(gold), output).counts
    assert units_marked(found.in_gold, Mark.LOST) == counts.fn
    assert units_marked(found.in_output, Mark.LEAKED) == counts.fp


@given(gold=any_text, output=any_text)
def test_as_many_words_are_marked_as_lcs_counts(gold: str, output: str) -> None:
    found = diff(gold, output, "lcs")
    counts = make_measure("lcs", "plain").measure(Gold(gold), output).counts
    assert units_marked(found.in_gold, Mark.LOST, Mark.MOVED) == counts.fn
    assert units_marked(found.in_output, Mark.LEAKED, Mark.MOVED) == counts.fp


@given(gold=st.text(), output=st.text())
def test_any_texts_can_be_marked(gold: str, output: str) -> None:
    found = diff(gold, output)
    assert all(each.text for each in (*found.in_gold, *found.in_output))
    assert "".join(each.text for each in found.in_output) == found.text
    assert {each.mark for each in found.in_gold} <= {Mark.KEPT, Mark.LOST, Mark.MOVED}
    assert {each.mark for each in found.in_output} <= {Mark.KEPT, Mark.LEAKED, Mark.MOVED}


PAGE = (
    Block("Home", "navigation"),
    Block("Ferry times", "title"),
    Block("The ferry leaves at nine.", "paragraph"),
    Block("More ferries to see", "related"),
)
LABELLED = Gold("", blocks=PAGE)


@pytest.mark.parametrize("measure", ["words", "lcs"])
def test_leaked_words_bear_the_label_of_their_block(measure: str) -> None:
    found = diff(LABELLED, "Home\nThe ferry leaves at nine.\nMore ferries to see\nHome again", measure)
    leaked = [(each.text, each.label) for each in found.in_output if each.mark == Mark.LEAKED]
    assert leaked == [("Home", "navigation"), ("More ferries to see", "related"), ("Home again", "foreign")]


def test_optional_words_are_marked_as_such() -> None:
    found = diff(LABELLED, "Ferry times today\nThe ferry leaves at nine.")
    assert written(found.in_output) == "~Ferry times~ {+today+}\nThe ferry leaves at nine."
    assert written(found.in_gold) == "The ferry leaves at nine."


@given(
    output=st.lists(
        st.sampled_from([*(each.text for each in PAGE), "home", "__x__", "ferry", "\n"]), max_size=12
    ).map(" ".join)
)
def test_as_many_words_bear_a_label_as_blocks_finds(output: str) -> None:
    """Every word that the ``blocks`` measure finds of a label is one that bears it, leaked or kept."""
    labels = make_measure("blocks", "icu").measure(LABELLED, output).labels
    found = {each.label: each.words_found for each in labels}
    bearing: dict[str, int] = {}
    for each in diff(LABELLED, output).in_output:
        if each.mark == Mark.LEAKED and each.label:
            bearing[each.label] = bearing.get(each.label, 0) + each.units
    assert all(number <= found[label] for label, number in bearing.items())


SEGMENTS = Gold("", ("The ferry",), ("Home",), has_body=False)


@pytest.mark.parametrize(
    ("gold", "measures", "marking"),
    [
        (Gold("One."), ["shingles", "lcs", "words"], ["lcs", "words"]),
        (Gold("One."), ["lcs"], ["lcs"]),
        # None of the run's offers spans that apply, so the first registered measure that does marks.
        (Gold("One."), ["shingles"], ["words"]),
        (Gold("One."), ["snippets", "shingles"], ["words"]),
        (SEGMENTS, ["words", "snippets-wcxb"], ["snippets-wcxb"]),
        (SEGMENTS, ["words"], ["snippets"]),
        (Gold("One.", ("One",)), ["words", "snippets-wcxb"], ["words", "snippets-wcxb"]),
        # A measure of a plug-in that is not installed any more.
        (Gold("One."), ["no-such-measure", "lcs"], ["lcs"]),
        (Gold("", has_body=False), ["words"], [""]),
    ],
)
def test_marks_follow_the_measures_of_the_run(gold: Gold, measures: list[str], marking: list[str]) -> None:
    assert list(markers(gold, *measures)) == marking


def test_an_output_is_shown_where_nothing_marks_it() -> None:
    found = markers(Gold("", has_body=False), "words")[""].diff("One  two.\n\nThree.")
    assert found.in_output == [Stretch("One two.\nThree.", Mark.KEPT)]

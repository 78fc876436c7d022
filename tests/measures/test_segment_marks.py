"""Segments marked in gold and output, by hand."""

from __future__ import annotations

from boilerbench.measures import make_measure
from boilerbench.measures.marks import Mark, Marker, Span
from boilerbench.records import Gold

GOLD = Gold("", ("The ferry  leaves", "at nine sharp"), ("Subscribe now", "More\nnews", ""), has_body=False)


def marker(name: str = "snippets", gold: Gold = GOLD) -> Marker:
    measure = make_measure(name, "plain")
    assert measure.marker is not None
    return measure.marker(gold, None)


def spanned(text: str, spans: object) -> list[tuple[str, Mark, int]]:
    assert isinstance(spans, list)
    assert all(isinstance(span, Span) for span in spans)
    return [(text[span.start : span.end], span.mark, span.units) for span in spans]


def test_wanted_segments_that_are_not_there_are_lost() -> None:
    marked = marker().mark("Today the\nThe ferry\nleaves at nine.")
    assert marker().text == "The ferry leaves\nat nine sharp"
    assert spanned(marker().text, marked.in_gold) == [("at nine sharp", Mark.LOST, 1)]
    assert marked.text == "Today the\nThe ferry\nleaves at nine."
    assert marked.in_output == []


def test_unwanted_segments_that_are_there_have_leaked() -> None:
    marked = marker().mark("Please Subscribe now!\n\nMore\nnews. More news")
    # Each is counted once, where it first begins, and marked wherever it stands, up to the end of a line.
    assert spanned(marked.text, marked.in_output) == [
        ("Subscribe now", Mark.LEAKED, 1),
        ("More", Mark.LEAKED, 1),
        ("news", Mark.LEAKED, 0),
        ("More news", Mark.LEAKED, 0),
    ]
    assert marker().mark("").in_output == []


def test_segments_that_overlap_are_one_mark_of_two() -> None:
    marked = marker(gold=Gold("", (), ("More news", "news today"))).mark("See more. More news today.")
    assert spanned(marked.text, marked.in_output) == [("More news today", Mark.LEAKED, 2)]


def test_marks_follow_each_rule_of_looking() -> None:
    """``snippets-wcxb`` does not mind case but minds white space, ``snippets`` the other way round."""
    gold = Gold("", (), ("more News", "at\nnine"))
    marked = marker("snippets-wcxb", gold).mark("İ More news at nine")
    assert spanned(marked.text, marked.in_output) == [("More news", Mark.LEAKED, 1)]
    marked = marker("snippets", gold).mark("İ More news at nine")
    assert spanned(marked.text, marked.in_output) == [("at nine", Mark.LEAKED, 1)]

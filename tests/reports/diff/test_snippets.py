"""Segments marked in gold and output, by hand."""

from __future__ import annotations

from boilerbench.policy import default_policy
from boilerbench.records import Gold
from boilerbench.reports.diff.document import make_marker
from boilerbench.reports.diff.words import Mark, Stretch

GOLD = Gold("", ("The ferry  leaves", "at nine sharp"), ("Subscribe now", "More\nnews", ""), has_body=False)


def test_wanted_segments_that_are_not_there_are_lost() -> None:
    marked = make_marker(GOLD, default_policy(), "words", "plain").marked(
        "Today the\nThe ferry\nleaves at nine."
    )
    assert marked.in_gold == [
        Stretch("The ferry leaves", Mark.KEPT),
        Stretch("\n", Mark.KEPT),
        Stretch("at nine sharp", Mark.LOST, 3),
    ]
    assert marked.in_output == [Stretch("Today the\nThe ferry\nleaves at nine.", Mark.KEPT)]


def test_unwanted_segments_that_are_there_have_leaked() -> None:
    marker = make_marker(GOLD, default_policy(), "words", "plain")
    assert marker.text == "The ferry leaves\nat nine sharp"
    marked = marker.marked("Please Subscribe now!\n\nMore\nnews. More news")
    assert marked.in_output == [
        Stretch("Please ", Mark.KEPT),
        Stretch("Subscribe now", Mark.LEAKED, 2),
        Stretch("!\n", Mark.KEPT),
        Stretch("More", Mark.LEAKED, 1),
        Stretch("\n", Mark.KEPT),
        Stretch("news", Mark.LEAKED, 1),
        Stretch(". ", Mark.KEPT),
        Stretch("More news", Mark.LEAKED, 2),
    ]
    assert marker.marked("").in_output == []

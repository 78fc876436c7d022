"""Stretches of marked text, worked by hand."""

from __future__ import annotations

import pytest

from boilerbench.measures.marks import Mark
from boilerbench.reports.diff import stretches as stretches_module
from boilerbench.reports.diff.stretches import units_marked
from tests.reports.diff.test_document import diff, written

LOST = "The ferry to the island leaves at nine and the last one at ten."
KEPT = "It was built in Oslo by her father in the spring of 1912."
MENU = "The menu and the news at a glance"


def test_a_lost_paragraph_is_one_stretch() -> None:
    """The output's menu has some of its words, which ``words`` counts as found."""
    found = diff(f"{KEPT}\n{LOST}", f"{KEPT}\n{MENU}")
    # Of its fourteen words the, the, and, at are in the menu.
    assert written(found.in_gold) == f"{KEPT}\n[-{LOST[:-1]}-]."
    assert units_marked(found.in_gold, Mark.LOST) == 10
    # Menu, news, a, glance of eight words.
    assert written(found.in_output) == f"{KEPT}\n{{+{MENU}+}}"
    assert units_marked(found.in_output, Mark.LEAKED) == 4


def test_a_lost_paragraph_counts_what_lcs_counts() -> None:
    found = diff(f"{KEPT}\n{LOST}", f"{KEPT}\n{MENU}", "lcs")
    assert f"[-{LOST}-]" in written(found.in_gold)
    # Of fourteen words The, and, the, at lie on the subsequence.
    assert units_marked(found.in_gold, Mark.LOST) == 10


@pytest.mark.parametrize(
    ("gold", "output", "marked"),
    [
        # Words are kept between the lost ones, and more of them.
        (
            "One two three four five six seven eight",
            "One three four five six eight",
            "One [-two-] three four five six [-seven-] eight",
        ),
        # Too few words to make anything of.
        ("One two three four", "two four", "[-One-] two [-three-] four"),
        # Three kept words in a row show that the sentence is there; what follows them is lost whole.
        (
            "The boat was built in Oslo by her father and the crew",
            "The boat was the and",
            "The boat was [-built in Oslo by her father and the crew-]",
        ),
    ],
)
def test_parts_of_a_line(gold: str, output: str, marked: str) -> None:
    assert written(diff(gold, output).in_gold) == marked


def test_many_spans_make_stretches_over_several_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stretches_module, "_MANY", 3)
    output = "One\ntwo\nThe ferry\nleaves\nat nine\nthree"
    found = diff("The ferry leaves.", output)
    assert written(found.in_output) == "{+One\ntwo+}\nThe ferry\nleaves\n{+at nine\nthree+}"
    assert units_marked(found.in_output, Mark.LEAKED) == 5

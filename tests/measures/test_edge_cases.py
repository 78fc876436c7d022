"""The table of edge cases, against cells worked by hand from each measure's explanation."""

from __future__ import annotations

import re

import pytest

from boilerbench.measures import MEASURES, make_measure
from boilerbench.measures.edge_cases import CASE, CASES, edge_case_table, judges_whole_texts

TABLE = {row[CASE]: row for row in edge_case_table()}
MEASURES_OF_TEXTS = [name for name in MEASURES if judges_whole_texts(make_measure(name, "plain"))]
COLUMNS = [column for column in TABLE["both empty"] if column != CASE]


def test_the_table_names_every_case_and_every_measure_of_texts() -> None:
    assert list(TABLE) == list(CASES)
    assert {column.removesuffix(" (ICU)") for column in COLUMNS} == set(MEASURES_OF_TEXTS)
    assert "words (ICU)" in COLUMNS
    assert "shingles (ICU)" not in COLUMNS
    assert not {"code-edit", "table-teds", "blocks", "snippets"} & set(COLUMNS)


@pytest.mark.parametrize("column", COLUMNS)
def test_empty_texts_are_decided_alike_for_all_measures(column: str) -> None:
    assert TABLE["both empty"][column] == "100 / 100"
    assert TABLE["gold empty, output not"][column] == "0 / 0"
    assert TABLE["output empty, gold not"][column] == "0 / 0"
    assert TABLE["identical"][column] == "100 / 100"


@pytest.mark.parametrize(
    ("case", "column", "cell"),
    [
        # Ten words returned, five expected.
        ("the text twice", "words", "50 / 100"),
        # Seven runs of four words returned, two expected, both there.
        ("the text twice", "shingles", "28.6 / 100"),
        ("the text twice", "exact", "0 / 0"),
        # No word on either side is nothing asked and nothing returned.
        ("only punctuation, another", "words", "100 / 100"),
        # Between white space stands something, and something else.
        ("only punctuation, another", "lcs", "0 / 0"),
        ("one word more", "words", "50 / 100"),
        # A text of fewer than four words is one run, and another one.
        ("one word more", "shingles", "0 / 0"),
        # One clause of two.
        ("Chinese, half of it", "words", "100 / 50"),
        # An accent that stands apart is no letter: cafe, a, neuf and heures against café, à, neuf and heures.
        ("accents composed, then apart", "words", "50 / 50"),
        ("accents composed, then apart", "words (ICU)", "100 / 100"),
        # Two of three words.
        ("Hebrew, half of it, with marks", "words (ICU)", "100 / 66.7"),
        ("Hebrew, half of it, with marks", "lcs", "0 / 0"),
    ],
)
def test_a_cell_is_as_worked_by_hand(case: str, column: str, cell: str) -> None:
    assert TABLE[case][column] == cell


def test_a_cell_is_two_figures() -> None:
    for row in TABLE.values():
        assert all(re.fullmatch(r"[\d.]+ / [\d.]+", row[column]) for column in COLUMNS)


def test_some_measures_alone() -> None:
    assert set(edge_case_table(["exact"])[0]) == {CASE, "exact"}

"""``teds``: distances of tables against apted's, matchings against all there are, and tables as cells."""

from __future__ import annotations

import itertools
import random
from typing import Any

import numpy as np
import pytest
from apted import APTED, Config
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from boilerbench.measures import make_measure
from boilerbench.measures.assignment import best_assignment
from boilerbench.measures.bounds import MOST_TABLE_CELLS
from boilerbench.measures.table_cells import Cell, Table, tables_of
from boilerbench.measures.table_distance import table_distances, table_trees
from boilerbench.measures.teds import MOST_TABLES
from boilerbench.records import Counts, Gold

Node = tuple[str, Cell | None, list[Any]]
cells = st.builds(Cell, st.text("ab", max_size=3), st.sampled_from([1, 1, 1, 2]), st.sampled_from([1, 1, 2]))
tables = st.lists(st.lists(cells, min_size=1, max_size=4), min_size=1, max_size=4)
PIPES = "|a|b|\n|---|---|\n|1|2|"


class Costs(Config):  # type: ignore[misc]
    """The costs of TEDS, in apted's terms."""

    valuecls = float

    def rename(self, node1: Node, node2: Node) -> float:
        (kind, cell, _), (other_kind, other, _) = node1, node2
        if kind != other_kind:
            return 1
        if cell is None or other is None:
            return 0
        if (cell.columns, cell.rows) != (other.columns, other.rows):
            return 1
        return Levenshtein.normalized_distance(cell.text, other.text)

    def children(self, node: Node) -> list[Node]:
        return node[2]


def tree(table: Table) -> Node:
    return ("table", None, [("row", None, [("cell", cell, []) for cell in row]) for row in table])


@settings(max_examples=300)
@given(first=st.lists(tables, min_size=1, max_size=2), second=st.lists(tables, min_size=1, max_size=2))
def test_distances_are_apteds(first: list[Table], second: list[Table]) -> None:
    distances = table_distances(table_trees(first), table_trees(second))
    for (row, one), (column, other) in itertools.product(enumerate(first), enumerate(second)):
        expected = APTED(tree(one), tree(other), Costs()).compute_edit_distance()
        assert distances[row, column] == pytest.approx(expected, abs=1e-9)


@given(first=tables, second=tables)
def test_a_table_is_at_no_distance_from_itself_and_as_far_there_as_back(first: Table, second: Table) -> None:
    one, other = table_trees([first]), table_trees([second])
    assert table_distances(one, one)[0, 0] == 0
    assert table_distances(one, other)[0, 0] == pytest.approx(table_distances(other, one)[0, 0], abs=1e-9)


@given(
    gains=st.tuples(st.integers(1, 5), st.integers(1, 5)).flatmap(
        lambda shape: st.lists(
            st.lists(st.sampled_from([0, 0.25, 0.5, 0.75, 1]), min_size=shape[1], max_size=shape[1]),
            min_size=shape[0],
            max_size=shape[0],
        )
    )
)
def test_an_assignment_is_the_best_of_all(gains: list[list[float]]) -> None:
    matrix = np.array(gains)
    pairs = best_assignment(matrix)
    narrow = matrix if matrix.shape[0] <= matrix.shape[1] else matrix.T
    best = max(
        sum(narrow[row, column] for row, column in enumerate(columns))
        for columns in itertools.permutations(range(narrow.shape[1]), narrow.shape[0])
    )
    assert len(pairs) == len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(narrow)
    assert sum(matrix[pair] for pair in pairs) == pytest.approx(best)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PIPES, [[["a", "b"], ["1", "2"]]]),
        ("a | b\n---|---\n1 \\| 2 |\n| | 3 |", [[["a", "b"], ["1 | 2"], ["", "3"]]]),
        ("<table><thead><tr><th>a<td>b<tbody><tr><td>1 <b>x</b><br>y</table>", [[["a", "b"], ["1 x y"]]]),
        ("<table><tr><td>a<table><tr><td>b</table></table>", [[["a b"]]]),
        ("<table></table><table><tr></tr></table>", []),
        (f"```\n{PIPES}\n```", []),
    ],
)
def test_tables_are_found(text: str, expected: list[list[list[str]]]) -> None:
    assert [[[cell.text for cell in row] for row in table] for table in tables_of(text)] == expected


def test_spans_are_read() -> None:
    (table,) = tables_of("<table><tr><td colspan=2 rowspan=9999>a<td colspan=0>b<td colspan=x>c</table>")
    assert table == [[Cell("a", 2, 1000), Cell("b"), Cell("c")]]


def counts(gold: str, text: str) -> Counts:
    return make_measure("teds", "icu").measure(Gold(gold), text).counts


def test_all_tables_count_in_any_order() -> None:
    other = "|x|\n|---|\n|y|"
    assert counts(f"{PIPES}\n\n{other}", f"{other}\n\n{PIPES}") == Counts(2, 0, 0)
    assert counts(f"{PIPES}\n\n{other}", PIPES) == Counts(1, 0, 1)
    assert counts(PIPES, f"{PIPES}\n\n{other}") == Counts(1, 1, 0)
    # A row of two nodes is missing, of five.
    assert counts("|a|\n|---|\n|b|", "|a|\n|---|").tp == pytest.approx(1 - 2 / 5)
    # The two cells have changed places: both are renamed, of four nodes.
    assert counts("|a|b|\n|---|---|", "|b|a|\n|---|---|").tp == pytest.approx(1 - 2 / 4)
    # A row is torn in two: it is deleted and two are inserted, of seven nodes.
    assert counts("|a|b|c|d|\n|---|", "|a|b|\n|---|\n|c|d|").tp == pytest.approx(1 - 3 / 7)


@given(some=st.lists(tables, min_size=1, max_size=3), order=st.randoms(use_true_random=False))
def test_the_order_of_tables_makes_no_difference(some: list[Table], order: random.Random) -> None:
    texts = [written(table) for table in some]
    shuffled = order.sample(texts, len(texts))
    same = counts("\n\n".join(texts), "\n\n".join(shuffled))
    assert (same.tp, same.fp, same.fn) == pytest.approx((len(tables_of("\n\n".join(texts))), 0, 0))
    rest = "\n\n".join(texts[1:])
    missing, turned = (counts("\n\n".join(gold), rest) for gold in (texts, shuffled))
    assert (missing.tp, missing.fp) == pytest.approx((turned.tp, 0))


def written(table: Table) -> str:
    """A table as HTML."""
    rows = [
        "".join(f"<td colspan={cell.columns} rowspan={cell.rows}>{cell.text}</td>" for cell in row)
        for row in table
    ]
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def test_headers_and_row_groups_make_no_difference() -> None:
    html = "<table><tbody><tr><td>a<td>b<tr><td>1<td>2</table>"
    assert counts(PIPES, html) == Counts(1, 0, 0)


def test_more_than_can_be_compared_is_unscorable() -> None:
    row = "|a" * (MOST_TABLE_CELLS + 1)
    for text in (f"{row}\n|---|", "|a|\n|---|\n\n" * (MOST_TABLES + 1)):
        found = make_measure("teds", "icu").measure(Gold(PIPES), text)
        assert (found.counts, bool(found.unscorable)) == (Counts(0, 0, 1), True)

"""``table-teds``: WebMainBench's labels of tables, worked by hand."""

from __future__ import annotations

import pytest

from boilerbench.measures import make_measure
from boilerbench.measures.bounds import MOST_TABLE_CELLS, UnscorableError
from boilerbench.measures.table_teds import table_label, teds_counts
from boilerbench.records import Counts, Gold


@pytest.mark.parametrize(
    ("html", "label", "nodes"),
    [
        ("<table><tr><td>a</td><td>b</td></tr></table>", "table:ab(tr:ab(td:a,td:b))", 4),
        # A row group stays, and its rows go.
        (
            "<table><tbody><tr><td>a</td></tr><tr><td>b</td></tr></tbody></table>",
            "table:ab(tbody:ab(td:a,td:b))",
            4,
        ),
        ("<table><tr><td>(a, b)<b>c</b></td></tr></table>", "table:[a; b]c(tr:[a; b]c(td:[a; b]c(b:c)))", 4),
        ("<table><tr><td></td></tr></table><table><tr><td>x</td></tr></table>", "table(tr(td))", 3),
        ("<table></table>", "table", 1),
        ("no table", "", 0),
        ("", "", 0),
    ],
)
def test_the_first_table_is_one_label(html: str, label: str, nodes: int) -> None:
    found = table_label(html)
    assert ":".join(filter(None, (found.tag, found.text))) == label
    assert found.nodes == nodes


@pytest.mark.parametrize(
    ("gold", "text", "expected"),
    [
        # 'ab(tr:ab(td:ab))' against 'ac(tr:ac(td:ac))': 3 of 16 characters, by three nodes.
        ("<table><tr><td>ab</td></tr></table>", "<table><tr><td>ac</td></tr></table>", 1 - 3 / 16 / 3),
        # 'table(tr(td))' is a name without text, and another name than 'table'.
        ("<table><tr><td>a</td></tr></table>", "<table><tr><td></td></tr></table>", 1 - 1 / 3),
        # One node each; renaming 'table' into 'table:abc' would cost three, deleting and inserting costs two.
        ("<table>abc</table>", "<table></table>", 0),
        ("<table>a</table>", "<table></table>", 0),
        ("<table><tr><td>a</td></tr></table>", "a", 0),
    ],
)
def test_the_distance_is_one_renaming(gold: str, text: str, expected: float) -> None:
    found = make_measure("table-teds", "icu").measure(Gold(gold), text).counts
    assert found.f1 == pytest.approx(expected, abs=1e-12)


def test_what_has_table_in_it_but_no_table_is_alike() -> None:
    assert teds_counts(table_label("|<table|"), table_label("|<table |")) == Counts(1, 0, 0)
    assert teds_counts(table_label("|<table|"), table_label("<table></table>")) == Counts(0, 1, 1)


@pytest.mark.parametrize(
    "html",
    [
        f"<table><tr>{'<td></td>' * (MOST_TABLE_CELLS + 1)}</tr></table>",
        f"<table><tr><td>{'<b>' * 200}x</table>",
        f"<table><tr><td>{'x' * 400_000}</td></tr></table>",
    ],
)
def test_a_table_too_large_is_unscorable(html: str) -> None:
    with pytest.raises(UnscorableError):
        table_label(html)
    small = "<table><tr><td>a</td></tr></table>"
    for gold, text in ((small, html), (html, small)):
        found = make_measure("table-teds", "icu").measure(Gold(gold), text)
        assert found.counts == Counts(0, 0, 1)
        assert found.unscorable

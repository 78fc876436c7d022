"""Tables in terminals of any width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from boilerbench.reports.figures_table import FiguresTable, broken

COLUMNS = ["Extractor", "F1", "95 %", "Prec.", "ms"]
ROWS = [
    ["trafilatura?favor_precision=true", "39.3", "33.1–46.4", "26.1", "0.2"],
    ["body", "5.0", "", "1.0", "11.0"],
]


def lines(width: int, rows: list[list[str]] = ROWS) -> list[str]:
    console = Console(width=width, highlight=False, markup=False, emoji=False)
    with console.capture() as captured:
        console.print(FiguresTable(COLUMNS, rows, frozenset([0])))
    return captured.get().splitlines()


def test_a_wide_terminal_shows_all() -> None:
    shown = lines(80)
    assert shown[0].split("  ")[0] == "Extractor"
    assert shown[2].split() == ["trafilatura?favor_precision=true", "39.3", "33.1–46.4", "26.1", "0.2"]
    assert len(shown) == 4


def test_names_are_broken_before_columns_go() -> None:
    shown = lines(54)
    assert [line.split() for line in shown[2:4]] == [
        ["trafilatura?", "39.3", "33.1–46.4", "26.1", "0.2"],
        ["favor_precision=true"],
    ]


def test_columns_go_from_the_last_one_on_and_a_line_says_so() -> None:
    shown = lines(40)
    assert shown[0].split() == ["Extractor", "F1", "95", "%"]
    assert shown[-1] == "Not shown for want of width: Prec., ms."


def test_a_heading_of_two_lines_is_as_wide_as_the_wider() -> None:
    console = Console(width=26, highlight=False)
    with console.capture() as captured:
        console.print(
            FiguresTable(["Label", "html-\ntext", "trafilat\nura"], [["share", "1", "2"]], frozenset([0]))
        )
    assert "Not shown" not in captured.get()
    assert captured.get().splitlines()[-1].split() == ["share", "1", "2"]


def test_a_heading_that_is_left_out_is_named_on_one_line() -> None:
    console = Console(width=12, highlight=False)
    with console.capture() as captured:
        table = FiguresTable(
            ["Label", "Words", "Words\n/gold", "Rec."], [["share", "1", "2", "3"]], frozenset([0])
        )
        console.print(table, soft_wrap=True)
    assert captured.get().splitlines()[-1] == "Not shown for want of width: Words/gold, Rec."


def test_columns_that_can_be_spared_go_first() -> None:
    console = Console(width=40, highlight=False, markup=False, emoji=False)
    with console.capture() as captured:
        console.print(FiguresTable(COLUMNS, ROWS, frozenset([0]), [["None"], ["95 %"]]))
    shown = captured.get().splitlines()
    assert shown[0].split() == ["Extractor", "F1", "Prec.", "ms"]
    assert shown[-1] == "Not shown for want of width: 95 %."


@pytest.mark.parametrize(
    ("name", "width", "expected"),
    [
        ("short", 9, "short"),
        ("a-long-name", 7, "a-long-\nname"),
        ("py:module:function?depth=3", 10, "py:module:\nfunction?\ndepth=3"),
        ("runs/first/gold", 6, "runs/\nfirst/\ngold"),
        ("unbreakable", 4, "unbr\neaka\nble"),
        ("図書館の本", 4, "図書\n館の\n本"),
    ],
)
def test_names_are_broken_where_they_may_be(name: str, width: int, expected: str) -> None:
    assert broken(name, width) == expected


@given(
    st.lists(st.text(st.characters(exclude_categories=["C", "Z", "M"])), min_size=1, max_size=3),
    st.integers(20, 90),
)
def test_figures_are_never_cut_and_no_line_is_too_long(names: list[str], width: int) -> None:
    shown = lines(width, [[name, *ROWS[0][1:]] for name in names])
    assert all(cell_len(line.rstrip()) <= width for line in shown)
    assert sum("39.3" in line for line in shown) >= len(names)
    assert not any("…" in line for line in shown if "…" not in "".join(names))

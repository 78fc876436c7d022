"""Code, formulas and tables in Markdown, by hand, and against regular expressions that find the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerbench.measures.bounds import UnscorableError
from boilerbench.measures.markdown_parts import (
    FORMULA_SIGNS,
    code_parts,
    formula_parts,
    indented_code,
    parse_html,
    table_parts,
    tables_as_html,
)
from boilerbench.measures.markdown_prose import prose

INDENTED = re.compile(r"\n\s*\n(?P<block>(?:(?:[ ]{4,}|\t+)[^\n]*(?:\n|$)){2,})(?=\n\s*\n|$)", re.MULTILINE)
"""Indented code as one expression, which backtracks."""

texts = st.lists(
    st.sampled_from(
        [
            "\n",
            "\n\n",
            "    ",
            "\t",
            " ",
            "x",
            "y = 1",
            "```",
            "`",
            "$",
            "$$",
            "\\",
            "\\[",
            "\\]",
            "\\(",
            "\\)",
        ]
    ),
    max_size=30,
).map("".join)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("```py\nx = 1\n\ny = 2\n```", ["x = 1\n\ny = 2"]),
        ("```x = 1```", []),
        ("```\n```", []),
        ("a `b` c", []),
        ("```\nx\n``` and\n```\ny\n```", ["x", "y"]),
        ("Run:\n\n    make\n    make test\n\nDone", ["make\nmake test"]),
        ("Run:\n\n\tmake\n\tmake test", ["make\nmake test"]),
        ("Run:\n\n    make\n\nDone", []),
        ("Run:\n    make\n    make test\n\nDone", []),
        ("Run:\n\n    - make\n    - make test\n", []),
        ("Fares:\n\n    single $4\n    return $7\n", []),
        ("Fares:\n\n    one\n    a million\n", []),
        # A deeper line keeps what is deeper about it; fences come first, wherever they stand.
        ("a\n\n    if b:\n        c\n\n```\nd\n```", ["d", "if b:\n    c"]),
        # The line break in front of the blank line that ends a run is used up: the next needs two more.
        ("a\n\n    b\n    c\n\nd\n\n    e\n    f", ["b\nc", "e\nf"]),
    ],
)
def test_code_is_found(text: str, code: list[str]) -> None:
    assert code_parts(text) == code


@given(text=texts)
def test_indented_runs_are_those_of_an_expression(text: str) -> None:
    expected = [
        block
        for match in INDENTED.finditer(text)
        if len(block := [line for line in match["block"].split("\n") if line.strip()]) > 1
    ]
    lines = text.split("\n")
    found = [[line for line in lines[start:end] if line.strip()] for start, end in indented_code(lines)]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("By $a$ and $$b$$", ["b", "a"]),
        (r"By \(a\) and \[b\]", ["b", "a"]),
        (r"It costs \$5 or \$6", []),
        ("It costs $5 or $6", ["5 or"]),
        ("`$a$` and\n```\n$b$\n```", []),
        ("$ $ and $$ $$", []),
        ("$$\na\n=b\n$$", ["a\n=b"]),
    ],
)
def test_formulas_are_found(text: str, formulas: list[str]) -> None:
    assert formula_parts(text) == formulas


@given(text=texts.filter(lambda text: "`" not in text))
def test_formulas_are_those_of_an_expression(text: str) -> None:
    expected = [
        match[1].strip()
        for begin, end in FORMULA_SIGNS
        for match in re.finditer(f"{begin.pattern}(.*?){end.pattern}", text, re.DOTALL)
        if match[1].strip()
    ]
    assert formula_parts(text) == expected


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "|a|b|\n|---|---|\n|1|2|",
            "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>",
        ),
        ("a | b\n--- | :---:\n1 |", "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td></tr></table>"),
        ("|a|b|\n|1|2|", ""),
        ("|a|b|", ""),
        ("no table", ""),
        # Two pipe tables become one.
        (
            "|a|\n|---|\n\n|b|\n|---|\n|c|",
            "<table><tr><th>a</th></tr><tr><td>b</td></tr><tr><td>c</td></tr></table>",
        ),
        # The outermost of HTML, as the parser writes it; then pipe tables as they are.
        (
            "|a|\n|---|\n\n<TABLE><tr><td>x<table></table></table>",
            "<table><tr><td>x<table></table></td></tr></table>\n|a|\n|---|",
        ),
        ("`<table><tr><td>x</td></tr></table>`", ""),
    ],
)
def test_tables_are_brought_to_html(text: str, html: str) -> None:
    assert tables_as_html(table_parts(text)) == html


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("a\n\n```\nb\n```\n\nc", "a c"),
        ("a\n\n    b\n    c\n\nd", "a d"),
        ("a $b$ c $$d$$ e", "a c e"),
        ("a\n\n|b|\n|---|\n|c|\n\nd `e`", "a d `e`"),
        ("a <table><tr><td>b <table></table> c</table> d <table>e", "a d"),
        ("a </table> b", "a </table> b"),
    ],
)
def test_prose_is_what_the_other_parts_leave(text: str, rest: str) -> None:
    assert prose(text) == rest


@pytest.mark.parametrize("text", ["<a " * 50_000, "<!-- >" * 50_000, '<a b="' * 50_000, "<table><![x]"])
def test_html_that_would_take_too_long_is_beyond_the_bounds(text: str) -> None:
    with pytest.raises(UnscorableError):
        parse_html(text)

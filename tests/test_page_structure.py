"""Structured blocks, worked by hand, and the same blocks as those of a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerbench.page_blocks import page_blocks
from boilerbench.page_structure import Image, Kind, Link, Nature, Position, structure_of


@pytest.mark.parametrize(
    ("html", "nature"),
    [
        ("<p>a", Nature()),
        ("<h3><b>a</b></h3>", Nature(Kind.HEADING, level=3)),
        ("<ul><li><p>a", Nature(Kind.LIST, depth=1, list=1, item=1)),
        ("<ol><li><ol><li>a", Nature(Kind.LIST, depth=2, ordered=True, list=2, item=2)),
        ("<blockquote><p>a", Nature(Kind.QUOTE)),
        ("<ul><li><pre>a", Nature(Kind.CODE, depth=1, list=1, item=1)),
        ("<table><tr><td><tr><td colspan=2><th>a", Nature(Kind.TABLE, position=Position(1, 2, 2))),
        # A cell from above stands in the first column, and one in the third of that row alone.
        (
            "<table><tr><td rowspan=2><td><td rowspan=1><tr><td><td>a",
            Nature(Kind.TABLE, position=Position(1, 2, 2)),
        ),
        ("<table><tr><td rowspan=2 colspan=2><tr><tr><td>a", Nature(Kind.TABLE, position=Position(1, 3, 0))),
        ("<table><tr><td rowspan=3 colspan=2><tr><tr><td>a", Nature(Kind.TABLE, position=Position(1, 3, 2))),
        ("<table><tr><td><table><tr><td>a", Nature(Kind.TABLE, position=Position(2, 1, 0))),
        ("<table><caption>a", Nature()),
        ("<div><math><mi>a</mi></math></div>", Nature(Kind.FORMULA)),
        ("<p>$a_1 = b$</p>", Nature(Kind.FORMULA)),
        (r"<p>\[a = b\]</p>", Nature(Kind.FORMULA)),
        ("<p>$a$ and $b$</p>", Nature()),
        ("<td>a</td>", Nature()),
    ],
)
def test_a_block_is_what_the_innermost_element_says(html: str, nature: Nature) -> None:
    (block,) = structure_of(html).blocks
    assert block.nature == nature


def test_code_keeps_its_white_space() -> None:
    (block,) = structure_of("<pre>if <b>a</b>\n  <i>b</i><br>c\n</pre>").blocks
    assert block.text == "if a b c"
    assert block.source == "if a\n  b\nc\n"


def test_links_images_and_the_base_are_found() -> None:
    page = structure_of(
        "<head><base href=/x/></head><img alt='  An  image '><p>a <a href=' b '>b <i>c</i></a> <a>d</a></p>"
        "<p><a href=e><img alt=f src=g></a> <a href=h hidden>i</a> <img alt=''></p>"
    )
    assert page.base == "/x/"
    assert page.links == (Link(0, "b", "b c"),)
    assert page.images == (Image(-1, "An image"), Image(0, "f"))


TAGS = [
    *(
        "p",
        "ul",
        "li",
        "/ul",
        "table",
        "tr",
        "td",
        "/table",
        "pre",
        "/pre",
        "br",
        "a href=x",
        "/a",
        "h1",
        "/h1",
    ),
    *("div hidden", "/div", "script", "math"),
]
PIECES = ["a", " ", "b", *(f"<{tag}>" for tag in TAGS)]


@given(html=st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_structured_blocks_are_the_blocks_of_the_page(html: str) -> None:
    structure = structure_of(html)
    assert [block.text for block in structure.blocks] == [block.text for block in page_blocks(html)]
    assert all(-1 <= image.after < len(structure.blocks) for image in structure.images)
    assert all(0 <= link.block < len(structure.blocks) for link in structure.links)

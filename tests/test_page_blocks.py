"""Blocks of pages, by hand; what a browser says of whole pages is in test_browser.py."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerbench.corpora import open_corpus
from boilerbench.decoding import decode
from boilerbench.errors import InputError
from boilerbench.page_blocks import DEEPEST, page_blocks
from tests.recursive_blocks import recursive_blocks


def texts(html: str) -> list[str]:
    return [block.text for block in page_blocks(html)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One\n  <b>two</b>&nbsp;three</p><p>four</p>", ["One two three", "four"]),
        # Inline elements do not end a block, and bring no space of their own.
        ("<p><span>a</span><span>b</span> <a>c</a></p>", ["ab c"]),
        ("<li>one<ul><li>two</li></ul>three</li>", ["one", "two", "three"]),
        # One line break is white space, two in a row end a block.
        ("<div>a<br>b<br> <br>c<br><!-- x --><br/>d</div>", ["a b", "c", "d"]),
        ("<div>a<br><br></div>b", ["a", "b"]),
        ("<table><tr><td>a<td>b<tr><th>c</table>", ["a", "b", "c"]),
        ("<dl><dt>a<dd>b<dt>c</dl>", ["a", "b", "c"]),
        ("<pre>a\n  b\n\nc</pre>", ["a b c"]),
        ("<details><summary>a</summary>b</details>", ["a", "b"]),
        ("<select><option>a<option>b</select>", ["a", "b"]),
        # Hidden by what they are, by attribute, by inline style.
        ("<head><title>t</title></head><script>s</script><style>s</style><template>t</template>a", ["a"]),
        ("<noscript><p>x</p></noscript>a<textarea>x</textarea><iframe>x</iframe>", ["a"]),
        ("<svg><title>x</title><text>x</text></svg>a<video>x</video><dialog>x</dialog>", ["a"]),
        (
            "<p hidden>x</p><p style='color:red;DISPLAY : none'>x</p><p style='visibility:hidden'>x</p>a",
            ["a"],
        ),
        ("<p style='display:none;display:block'>a</p>", ["a"]),
        ("<dialog open>a</dialog>", ["a"]),
        # Hidden from screen readers, or by a class, is there.
        ("<p aria-hidden=true>a</p><p class=visually-hidden>b</p>", ["a", "b"]),
        # An inline style may make a block of a span, and a run of a block.
        ("a<span style='display:block'>b</span>c", ["a", "b", "c"]),
        ("a<div style='display:inline'>b</div>c", ["abc"]),
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字", ["漢かん字"]),
        ("<math><mi>s</mi><annotation>x</annotation></math>", ["s"]),
        # As browsers mend it.
        ("<p>a<p>b<div>c</p>d", ["a", "b", "c", "d"]),
        ("<!doctype html><table><div>a</div><tr><td>b", ["a", "b"]),
        ("a<!-- x -->b<![if x]>c<![endif]>", ["abc"]),
        ("", []),
        ("<p> \n&nbsp;</p>", []),
    ],
)
def test_blocks_are_runs_of_visible_text(html: str, expected: list[str]) -> None:
    assert texts(html) == expected


def test_a_block_says_where_it_stands() -> None:
    page = '<body><main id="m"><div class="rail wide x y"><h3><a>More</a></h3></div></main>'
    assert page_blocks(page)[0].path == "main#m > div.rail.wide.x > h3 > a"


def test_the_same_page_gives_the_same_blocks() -> None:
    page = "<div>a<p>b" * 50
    assert page_blocks(page) == page_blocks(page)


def test_our_gold_has_the_blocks_that_recursion_finds() -> None:
    gold = open_corpus("gold")
    for document in gold.ids():
        html = decode(gold.page(document).content)
        if "display" not in html:
            assert texts(html) == recursive_blocks(html), document


NAMES = ("div", "p", "b", "a", "table", "td", "li", "ul", "template", "svg", "select", "option", "script")
PIECES = st.sampled_from(
    [f"<{slash}{name}>" for name in NAMES for slash in ("", "/")]
    + ["<p hidden>", "<br>", "<br><br>", "<!---->", "a", "b ", " ", "\n"]
)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_tree_has_the_blocks_that_recursion_finds(html: str) -> None:
    assert texts(html) == recursive_blocks(html)


@pytest.mark.parametrize("opening", ["<div>a", "<div><font color=red>a", "<b>a<br><br>"])
def test_pages_nest_deeper_than_calls_do(opening: str) -> None:
    count = 5_000
    assert texts(opening * count) == ["a"] * count


def test_depth_ends_at_a_line() -> None:
    with pytest.raises(InputError, match=r"^elements nested more than 100,000 deep$"):
        page_blocks("<div>" * DEEPEST)


def test_names_on_the_way_to_a_block_are_cut() -> None:
    block = page_blocks(f"<div id={'i' * 1000} class='{'c' * 1000} d'>a")[0]
    assert block.path.endswith(f"div#{'i' * 79}….{'c' * 79}….d")

"""Pages as deep as browsers nest them."""

from __future__ import annotations

import re

import pytest
from justhtml import JustHTML

from boilerbench.labelling.nesting import DEEPEST, shallow


def depth(html: str) -> int:
    deepest, waiting = 0, [(JustHTML(html, sanitize=False).root, 0)]
    while waiting:
        node, level = waiting.pop()
        deepest = max(deepest, level)
        waiting += [(child, level + 1) for child in node.children or ()]
    return deepest


@pytest.mark.parametrize(
    "html",
    ["", "<p>a<p>b" * 1000, "<img>" * 1000, "<b>" * 400 + "x", "<div>a</div>" * 1000, "<i></b>" * 300],
)
def test_pages_as_they_are_made_stay_as_they_are(html: str) -> None:
    assert shallow(html) == html


@pytest.mark.parametrize(
    "opening", ["<div>{}", "<div><font color=red>{}", "<span>{}", "<ul><li>{}", "<table><tr><td>{}"]
)
@pytest.mark.parametrize("count", [700, 5_000])
def test_deep_pages_keep_their_text_in_its_order(opening: str, count: int) -> None:
    flat = shallow("".join(opening.format(f"({number})") for number in range(count)))
    # html and body are above the first, the text is below the last.
    assert depth(flat) <= DEEPEST + 3
    assert [int(number) for number in re.findall(r"\((\d+)\)", flat)] == list(range(count))


def test_attributes_stay_on_what_is_moved() -> None:
    html = (
        "<div>" * 600
        + "".join(f"<p data-label={number}>{number}</p>" for number in range(3))
        + "</div>" * 600
    )
    assert re.findall(r'<p data-label="(\d)">\1</p>', shallow(html)) == ["0", "1", "2"]

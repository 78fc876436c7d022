"""Pages whose blocks bear their labels."""

from __future__ import annotations

import re

import pytest

from boilerbench.corpora import open_corpus
from boilerbench.decoding import decode
from boilerbench.labelling.annotated_html import outlined
from boilerbench.page_blocks import page_blocks
from boilerbench.records import Block, Document, Gold, Metadata, Page
from boilerbench.reports.html.preview import preview
from tests.conftest import THOROUGH

GOLD = open_corpus("gold")


def body(html: str) -> str:
    found = re.search(r"<body>(.*)</body>", html, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("html", "labels", "expected"),
    [
        ("<p>One <b>two</b></p>", ["a"], '<p data-label="a">One <b>two</b></p>'),
        # Two blocks in one element: the text is wrapped, not the element.
        (
            "<div>One<p>Two</p></div>",
            ["a", "b"],
            '<div><span data-label="a">One</span><p data-label="b">Two</p></div>',
        ),
        ("<div>One<br><br>Two</div>", ["a", "b"], None),
        ("<div><div>Deep</div></div>", ["a"], '<div><div data-label="a">Deep</div></div>'),
        # The page's own attributes of that name are not ours.
        ('<p data-label="x">One</p>', ["a"], '<p data-label="a">One</p>'),
        # What is not shown goes; what a sanitiser would unwrap stands in.
        ("<p>One</p><p hidden>No</p>", ["a"], '<p data-label="a">One</p>'),
        ("<p>One</p><dialog>No</dialog>", ["a"], '<p data-label="a">One</p>'),
        ("<math><mi>s</mi><annotation>No</annotation></math>", ["a"], None),
        # A child that two blocks share ends the span of the one and begins that of the other.
        (
            "<div>One<b>Two<p>Three</p>Four</b>Five</div>",
            ["a", "b", "c"],
            (
                '<div><span data-label="c"><span data-label="a">One<b>Two<p data-label="b">Three</p>Four</b>'
                "</span>Five</span></div>"
            ),
        ),
        ("<button>Send</button>", ["a"], '<span data-label="a">Send</span>'),
        ("Bare", ["a"], '<span data-label="a">Bare</span>'),
        ("<select><option>One<option>Two</select>", ["a", "b"], None),
    ],
)
def test_blocks_bear_their_labels(html: str, labels: list[str], expected: str | None) -> None:
    found = body(outlined(f"<body>{html}</body>", labels))
    assert sorted(re.findall(r'data-label="(\w)"', found)) == labels
    assert "No" not in found
    if expected is not None:
        assert found == expected


def test_as_many_labels_as_blocks() -> None:
    with pytest.raises(ValueError, match="zip"):
        outlined("<p>One</p>", ["a", "b"])


def test_a_custom_element_keeps_its_label_in_a_preview() -> None:
    page = "<app-card><app-price>From 40</app-price></app-card><p>One"
    gold = Gold("One", blocks=(Block("From 40", "interface"), Block("One", "paragraph")))
    html = preview(Document("a", Page(page.encode()), gold, Metadata()))
    assert re.findall(r'data-label="(\w+)"', html) == ["interface", "paragraph"]


def test_no_block_of_our_gold_loses_its_label() -> None:
    """Neither by outlining nor by sanitising."""
    for document in map(GOLD.document, GOLD.ids()[:: 1 if THOROUGH else 6]):
        labels = [block.label for block in document.gold.blocks]
        for html in (outlined(decode(document.page.content), labels), preview(document)):
            assert sorted(re.findall(r'data-label="(\w+)"', html)) == sorted(labels), document.id


@pytest.mark.parametrize(
    "page",
    [
        "".join(f"<div><font color=red>Line {number}" for number in range(3_000)),
        "".join(f"<b>Line {number}<br><br>" for number in range(3_000)),
        "".join(f"Line {number}<br><br>" for number in range(3_000)),
        "".join(f"Line {number}<input><input><p hidden></p>" for number in range(3_000)),
    ],
    ids=["deep", "deep in one block element", "flat", "flat, much hidden"],
)
def test_deep_and_flat_pages_are_outlined_and_shown(page: str) -> None:
    blocks = page_blocks(page)
    labels = [f"l{number}" for number in range(len(blocks))]
    assert sorted(re.findall(r'data-label="(\w+)"', outlined(page, labels))) == sorted(labels)
    gold = Gold(
        "", blocks=tuple(Block(block.text, label) for block, label in zip(blocks, labels, strict=True))
    )
    shown = preview(Document("deep", Page(page.encode()), gold, Metadata()))
    assert shown == preview(Document("deep", Page(page.encode()), gold, Metadata()))
    assert "Line 0" in shown

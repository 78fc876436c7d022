"""Pages and outputs whose structure can be counted by hand, as ``tests/test_docs_structure.py`` does."""

from __future__ import annotations

from typing import NamedTuple

from boilerbench.records import MarkupFormat

MARKDOWN, HTML, TEXT = MarkupFormat.MARKDOWN, MarkupFormat.HTML, None
PIECE = "is the block of the output that holds most of its words of this kind, too?"
ASKS = {
    "heading": f"of a heading that is present: {PIECE}",
    "paragraph": f"of a paragraph: {PIECE} And does the paragraph stand in one block, alone in it?",
    "list": f"of an item: {PIECE} In a text that is a line with a bullet or a number.",
    "quote": f"of a quote: {PIECE}",
    "code": f"of code: {PIECE}",
    "table": f"of what stands in a cell and is labelled so: {PIECE}",
    "formula": f"of a formula, which is `math` or text in the signs of LaTeX: {PIECE}",
    "level": "of two successive headings that are kept: does it go up, down or neither, as on the page?",
    "nesting": "of two successive items that are kept: does it go in, out or neither, as on the page?",
    "numbering": "of an item that is kept: is it numbered as on the page, or not?",
    "white space": "of code: are its lines there as they are, but for indentation that all share?",
    "neighbours": "of two cells that are kept, side by side or one above the other: still in one row, "
    "or column?",
    "link": "of a link in a block that is present: is its target in the output, in the same block? Invented "
    "are targets that the page has not.",
    "image": "of the description of an image beside body, with no boilerplate on its other side: is it in "
    "the output?",
    "order": "how many of the blocks that are present are in the longest run that is in page order?",
    "whole": "of a block that is present: do its words stand in one block of the output? In a text with "
    "blank lines between others, lines without one are of one block.",
    "boundary": "of two successive blocks that are present: do they stand apart?",
}


class Example(NamedTuple):
    """A page, all of it body, and an output."""

    aspect: str
    page: str
    labels: tuple[str, ...]
    """Of the blocks; the last is that of all that are left."""
    output: str
    format: MarkupFormat | None
    """None for a text."""
    explanation: str


EXAMPLES = (
    Example(
        "heading",
        "<h2>Fares</h2><p>Four crowns there and back.</p><h2>Times</h2><p>At nine from the pier.</p>",
        ("heading", "paragraph", "heading", "paragraph"),
        "## Fares\n\nFour crowns there and back.\n\n**Times**\n\nAt nine from the pier.",
        MARKDOWN,
        "what is bold is a paragraph, so that one heading is lost, and a paragraph is invented",
    ),
    Example(
        "paragraph",
        "<p>The ferry leaves at nine.</p><p>Bring a warm coat.</p><p>Sheep sleep below deck.</p>",
        ("paragraph",),
        "<p>The ferry leaves at nine. Bring a warm coat.</p><p>Sheep sleep below deck.</p>",
        HTML,
        "the first two have run together, and neither stands alone",
    ),
    Example(
        "list",
        "<ul><li>Bring a warm coat.</li><li>Bring forty sheep.</li></ul>",
        ("list",),
        "- Bring a warm coat.\nBring forty sheep.",
        TEXT,
        "a text can say what an item is, and says it of the first",
    ),
    Example(
        "quote",
        "<blockquote>Nobody has ever missed it.</blockquote><blockquote>Except me, once.</blockquote>",
        ("quote",),
        "> Nobody has ever missed it.\n\n*Except me, once.*",
        MARKDOWN,
        "the second is a paragraph in italics",
    ),
    Example(
        "code",
        "<p>Run this:</p><pre>if late:\n    run(fast)</pre>",
        ("paragraph", "code"),
        "Run this:\n\n    if late:\n        run(fast)",
        MARKDOWN,
        "four spaces make it code",
    ),
    Example(
        "table",
        "<table><tr><td>One fare</td><td>Four crowns</td></tr></table>",
        ("table",),
        "<p>One fare</p><table><tr><td>Four crowns</td></tr></table>",
        HTML,
        "the first cell has become a paragraph",
    ),
    Example(
        "formula",
        "<p>$$E = m c^2$$</p><p>$$a^2 + b^2 = c^2$$</p>",
        ("formula",),
        "<p>$$E = m c^2$$</p><p>a^2 + b^2 = c^2</p>",
        HTML,
        "without its signs the second is a paragraph",
    ),
    Example(
        "level",
        "<h2>When it leaves</h2><h3>What to bring</h3><h2>Who may come</h2>",
        ("heading",),
        "# When it leaves\n\n### What to bring\n\n### Who may come",
        MARKDOWN,
        "down to the second, as on the page, but not up again; which levels they are does not matter",
    ),
    Example(
        "nesting",
        "<ul><li>Two warm coats<ul><li>One with buttons</li></ul></li><li>Forty sheep</li></ul>",
        ("list",),
        "- Two warm coats\n  - One with buttons\n  - Forty sheep",
        MARKDOWN,
        "in to the buttons, as on the page, but not out again to the sheep",
    ),
    Example(
        "numbering",
        "<ol><li>Buy a ticket.</li><li>Go on board.</li></ol>",
        ("list",),
        "1. Buy a ticket.\n\n- Go on board.",
        MARKDOWN,
        "the second is an item and has lost its number",
    ),
    Example(
        "white space",
        "<pre>if late:\n    run(fast)</pre><p>Or:</p><pre>while late:\n    wait()</pre>",
        ("code", "paragraph", "code"),
        "<pre>  if late:\n      run(fast)</pre><p>Or:</p><pre>while late:\nwait()</pre>",
        HTML,
        "the first is indented as a whole, the second has lost the indentation of a line",
    ),
    Example(
        "neighbours",
        "<table><tr><td>One fare</td><td>Two fares</td></tr>\n"
        "<tr><td>Four crowns</td><td>Seven crowns</td></tr></table>",
        ("table",),
        "<table><tr><td>One fare</td><td>Two fares</td>\n"
        "<td>Four crowns</td><td>Seven crowns</td></tr></table>",
        HTML,
        "both rows are in one, so that neighbours in a row are such still, and those in a column are not",
    ),
    Example(
        "link",
        '<p>See <a href="/map">the map of piers</a> and <a href="/fares">the fares</a>.</p>',
        ("paragraph",),
        "See [the map of piers](https://harbour.example/map) and the fares, and "
        "[more](https://elsewhere.example/).",
        MARKDOWN,
        "targets are resolved, so that the first is kept; the second has none any more, and one leads away",
    ),
    Example(
        "image",
        '<p>The ferry leaves at nine.</p><img src="a.png" alt="A ferry"><p>Bring a warm coat.</p>',
        ("paragraph",),
        "The ferry leaves at nine.\n\n![A sheep](b.png)\n\nBring a warm coat.",
        MARKDOWN,
        "one description is missing, and one is not on the page",
    ),
    Example(
        "order",
        "<p>The ferry leaves at nine.</p><p>Bring a warm coat.</p><p>Sheep sleep below deck.</p>",
        ("paragraph",),
        "Sheep sleep below deck.\n\nThe ferry leaves at nine.\n\nBring a warm coat.",
        TEXT,
        "coat after ferry is the longest run in page order",
    ),
    Example(
        "whole",
        "<p>Sheep travel on the lower deck.</p><p>Bring a warm coat.</p>",
        ("paragraph",),
        "<p>Sheep travel on</p><p>the lower deck.</p><p>Bring a warm coat.</p>",
        HTML,
        "the first is torn in two",
    ),
    Example(
        "boundary",
        "<p>The ferry leaves at nine.</p><p>Bring a warm coat.</p><p>Sheep sleep below deck.</p>",
        ("paragraph",),
        "The ferry leaves at nine. Bring a warm coat.\n\nSheep sleep below deck.",
        TEXT,
        "ferry and coat stand in one line, coat and sheep apart",
    ),
)
WHOLE = Example(
    "",
    '<h2>Fares</h2>\n<p>The ferry leaves at nine from <a href="/pier">the old pier</a>.</p>\n'
    "<ol><li>Bring a warm coat.</li><li>Bring forty sheep.</li></ol>\n"
    "<table><tr><th>Single fare</th><th>Return fare</th></tr>"
    "<tr><td>Four crowns</td><td>Seven crowns</td></tr></table>",
    ("heading", "paragraph", "list", "list", "table"),
    "**Fares**\n\nThe ferry leaves at nine from the old pier.\n\n- Bring a warm coat.\n"
    "- Bring forty sheep.\n\n|Single fare|Return fare|\n|---|---|\n|Four crowns|Seven crowns|",
    MARKDOWN,
    "",
)
"""The same output as Markdown and as text."""

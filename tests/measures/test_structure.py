"""``structure``, on pages made by hand; every expected number is counted from the page."""

from __future__ import annotations

import pytest

from boilerbench.errors import InputError
from boilerbench.markup import html_of
from boilerbench.measures import make_measures
from boilerbench.measures.structure import measure
from boilerbench.page_blocks import page_blocks
from boilerbench.policy import default_policy
from boilerbench.records import Block, Gold, MarkupFormat, Page

URL = "https://harbour.example/news/ferry.html"
Numbers = dict[str, tuple[int, int, int, int]]


def gold_of(html: str, *labels: str) -> Gold:
    """Gold of a page: labels by block, the last for all that are left."""
    texts = [block.text for block in page_blocks(html)]
    padded = [*labels, *labels[-1:] * len(texts)]
    return Gold("", blocks=tuple(map(Block, texts, padded)), page=Page(html.encode(), URL, "utf-8"))


def aspects(gold: Gold, *, text: str = "", html: str = "", markdown: str = "") -> Numbers:
    """Kept, lost, invented and unjudged by aspect."""
    ours = measure("icu")
    html = html or (html_of(markdown, MarkupFormat.MARKDOWN) if markdown else "")
    counts = ours.judge(ours.prepare(gold), text, html).structure
    return {count.aspect: (count.kept, count.lost, count.invented, count.unjudged) for count in counts}


ARTICLE = """<nav>Home of the harbour</nav>
<h2>When it leaves</h2><p>The ferry leaves at nine from the pier.</p>
<h3>What to bring</h3><ul><li>A warm coat with buttons<li>Forty sheep and a dog
<ul><li>The dog may sleep on deck</ul></ul>
<blockquote>Nobody has ever missed it, she said.</blockquote>
<pre>if late:
    run(fast)</pre>
<table><tr><th>Single fare<th>Return fare<tr><td>Four crowns<td>Seven crowns</table>
<p>$$E = m c^2$$</p>
<p>More is on <a href="../map.html">the map of piers</a> today.</p>"""
LABELS = (
    *("navigation", "heading", "paragraph", "heading", "list", "list", "list", "quote", "code"),
    *("table", "table", "table", "table", "formula", "paragraph"),
)
GOLD = gold_of(ARTICLE, *LABELS)


def test_a_page_keeps_all_of_its_own_structure() -> None:
    numbers = aspects(GOLD, html=ARTICLE)
    assert {aspect: kept for aspect, (kept, *_) in numbers.items()} == {
        "heading": 2,
        "paragraph": 2,
        "list": 3,
        "quote": 1,
        "code": 1,
        "table": 4,
        "formula": 1,
        # From h2 to h3.
        "level": 1,
        # From coat to sheep, from sheep to dog.
        "nesting": 2,
        "numbering": 3,
        "white space": 1,
        # Two rows, two columns.
        "neighbours": 4,
        "link": 1,
        "order": 14,
        "whole": 14,
        "boundary": 13,
    }
    assert all(rest == (0, 0, 0) for _, *others in numbers.values() if (rest := tuple(others)))


def test_markdown_is_judged_like_html() -> None:
    numbers = aspects(
        GOLD,
        markdown="## When it leaves\n\nThe ferry leaves at nine from the pier.\n\n## What to bring\n\n"
        "- A warm coat with buttons\n- Forty sheep and a dog\n- The dog may sleep on deck\n\n"
        "> Nobody has ever missed it, she said.\n\n```\nif late:\nrun(fast)\n```\n\n"
        "|Single fare|Return fare|\n|---|---|\n|Four crowns|Seven crowns|\n\n$$E = m c^2$$\n\n"
        "More is on [the map of piers](https://harbour.example/map.html) today.",
    )
    # Both headings are of one level, the dog is no longer below the sheep, code has lost its indentation.
    assert numbers["level"] == (0, 1, 0, 0)
    assert numbers["nesting"] == (1, 1, 0, 0)
    assert numbers["white space"] == (0, 1, 0, 0)
    # The target is the page's own, resolved.
    assert numbers["link"] == (1, 0, 0, 0)
    assert {numbers[kind][1:] for kind in ("heading", "list", "quote", "code", "table", "formula")} == {
        (0, 0, 0)
    }
    assert numbers["neighbours"] == (4, 0, 0, 0)


def test_a_text_is_judged_by_what_it_can_say() -> None:
    numbers = aspects(
        GOLD,
        text="When it leaves\nThe ferry leaves at nine from the pier.\nWhat to bring\n"
        "- A warm coat with buttons\nForty sheep and a dog\n• The dog may sleep on deck\n"
        "Nobody has ever missed it, she said.\nif late:\n    run(fast)\nSingle fare Return fare\n"
        "Four crowns Seven crowns\n$$E = m c^2$$\nMore is on the map of piers today.",
    )
    unjudged = {aspect: number for aspect, (*_, number) in numbers.items() if number}
    # Of boundaries, one in each row of the table and the one between the rows.
    assert unjudged == {
        "heading": 2,
        "quote": 1,
        "code": 1,
        "table": 4,
        "formula": 1,
        "link": 1,
        "whole": 1,
        "boundary": 3,
    }
    # An item without a bullet is a paragraph.
    assert numbers["list"] == (2, 1, 0, 0)
    assert numbers["paragraph"] == (2, 0, 1, 0)
    assert numbers["white space"] == (1, 0, 0, 0)
    assert numbers["order"] == (14, 0, 0, 0)
    assert not numbers.keys() & {"level", "nesting", "neighbours"}


def test_of_another_kind_is_lost_here_and_invented_there() -> None:
    page = "<h2>When it leaves</h2><p>The ferry leaves at nine.</p>"
    gold = gold_of(page, "heading", "paragraph")
    numbers = aspects(gold, html="<p><b>When it leaves</b></p><h2>The ferry leaves at nine.</h2>")
    assert numbers["heading"] == numbers["paragraph"] == (0, 1, 1, 0)


def test_paragraphs_run_together_and_torn() -> None:
    page = (
        "<p>The ferry leaves at nine.</p><p>Bring a very warm coat.</p><p>Sheep travel on the lower deck.</p>"
    )
    gold = gold_of(page, "paragraph")
    html = (
        "<p>The ferry leaves at nine. Bring a very warm coat.</p><p>Sheep travel on</p><p>the lower deck.</p>"
    )
    numbers = aspects(gold, html=html)
    assert numbers["paragraph"] == (0, 3, 3, 0)
    assert numbers["boundary"] == (1, 1, 0, 0)
    assert numbers["whole"] == (2, 1, 0, 0)
    # Lines of a text are of one paragraph where blank lines divide the others.
    wrapped = "The ferry\nleaves at nine.\n\nBring a very warm coat.\n\nSheep travel on\nthe lower deck."
    assert aspects(gold, text=wrapped)["paragraph"] == (3, 0, 0, 0)
    assert aspects(gold, text=wrapped.replace("\n\n", "\n"))["whole"] == (1, 2, 0, 0)


def test_order_is_the_longest_increasing_run_of_blocks() -> None:
    words = ["alpha one two", "beta three four", "gamma five six", "delta seven eight"]
    gold = gold_of("".join(f"<p>{text}</p>" for text in words), "paragraph")
    # Alpha, gamma and delta are in order, whatever beta does.
    moved = "\n\n".join(words[index] for index in (0, 2, 3, 1))
    assert aspects(gold, text=moved)["order"] == (3, 1, 0, 0)
    assert aspects(gold, text="\n\n".join(reversed(words)))["order"] == (1, 3, 0, 0)


def test_rows_and_columns_that_change_places() -> None:
    page = "<table><tr><td>one fare<td>two fares<tr><td>three fares<td>four fares</table>"
    gold = gold_of(page, "table")
    turned = "<table><tr><td>one fare<td>three fares<tr><td>two fares<td>four fares</table>"
    assert aspects(gold, html=turned)["neighbours"] == (0, 4, 0, 0)
    flat = "<table><tr><td>one fare<td>two fares<td>three fares<td>four fares</table>"
    assert aspects(gold, html=flat)["neighbours"] == (2, 2, 0, 0)


def test_text_in_the_cells_of_a_layout_may_leave_them() -> None:
    page = "<table><tr><td>Home of the harbour<td>The ferry leaves at nine.</table>"
    gold = gold_of(page, "navigation", "paragraph")
    assert aspects(gold, html="<p>The ferry leaves at nine.</p>")["paragraph"] == (1, 0, 0, 0)
    assert aspects(gold, html=page)["paragraph"] == (1, 0, 0, 0)


def test_of_two_that_are_alike_the_first_is_taken_for_the_first() -> None:
    page = "<ul><li>Fares</ul><p>The ferry leaves at nine.</p><h2>Fares</h2>"
    gold = gold_of(page, "navigation", "paragraph", "heading")
    numbers = aspects(gold, html=page)
    assert (numbers["heading"], numbers["order"]) == ((1, 0, 0, 0), (2, 0, 0, 0))
    # The only one is that of the body.
    numbers = aspects(gold, html="<ul><li>Fares</ul><p>The ferry leaves at nine.</p>")
    assert (numbers["heading"], numbers["order"]) == ((0, 1, 0, 0), (1, 1, 0, 0))


def test_links_are_kept_lost_and_invented_by_target() -> None:
    page = (
        '<base href="/old/"><nav><a href="home">Go home now</a></nav><p>See <a href="map">the map</a>, '
        '<a href="/fares">the fares</a>, <a href="#top">the top</a>.</p>'
    )
    gold = gold_of(page, "navigation", "paragraph")
    html = (
        '<p>See <a href="https://harbour.example/old/map">the map</a>, the fares, '
        '<a href="https://harbour.example/old/home">the</a> <a href="https://else.example">top</a>.</p>'
    )
    # A link to elsewhere on the page is not asked for; that of the menu is not invented.
    assert aspects(gold, html=html)["link"] == (1, 1, 1, 0)


def test_images_beside_the_body() -> None:
    page = (
        '<p>The ferry leaves at nine.</p><img src=a alt="A ferry"><p>Bring a warm coat.</p>'
        '<img src=b alt="An advert"><p>Buy a coat here today.</p>'
    )
    gold = gold_of(page, "paragraph", "paragraph", "advert")
    html = "<p>The ferry leaves at nine.</p><p>Bring a warm coat.</p><img alt='A sheep'>"
    assert aspects(gold, html=html)["image"] == (0, 1, 1, 0)
    assert aspects(gold, markdown="The ferry leaves at nine.\n\n![A ferry](a)")["image"] == (1, 0, 0, 0)


def test_blocks_that_are_missing_do_not_count() -> None:
    assert aspects(GOLD, text="Something else") == {}
    counts = measure("icu").measure(GOLD, "").counts
    assert (counts.tp, counts.fp, counts.fn) == (0, 0, 0)


def test_a_policy_decides_what_is_body_and_optional_text_stays_in_the_output() -> None:
    (ours,) = make_measures(["structure"], "icu", print, default_policy())
    assert "|policy:default|v2" in ours.signature
    gold = gold_of("<h1>The harbour news</h1><p>The ferry leaves at nine.</p>", "title", "paragraph")
    found = ours.judge(ours.prepare(gold), "", "<h1>The harbour news</h1><p>The ferry leaves at nine.</p>")
    assert [(count.aspect, count.kept) for count in found.structure] == [("paragraph", 1), ("whole", 1)]


def test_labels_of_another_page_are_refused() -> None:
    gold = Gold("", blocks=(Block("Another", "paragraph"),), page=Page(b"<p>The ferry</p>"))
    with pytest.raises(InputError, match="not those of the page"):
        measure("icu").prepare(gold)


def test_the_example_of_the_documentation() -> None:
    page = (
        '<h2>Fares</h2><p>The ferry leaves at nine from <a href="/pier">the old pier</a>.</p>'
        "<ol><li>Bring a warm coat.</li><li>Bring forty sheep.</li></ol>"
        "<table><tr><th>Single fare</th><th>Return fare</th></tr>"
        "<tr><td>Four crowns</td><td>Seven crowns</td></tr></table>"
    )
    output = (
        "**Fares**\n\nThe ferry leaves at nine from the old pier.\n\n"
        "- Bring a warm coat.\n- Bring forty sheep.\n\n"
        "|Single fare|Return fare|\n|---|---|\n|Four crowns|Seven crowns|"
    )
    gold = gold_of(page, "heading", "paragraph", "list", "list", "table")
    assert aspects(gold, markdown=output) == {
        "heading": (0, 1, 0, 0),
        "paragraph": (1, 0, 1, 0),
        "list": (2, 0, 0, 0),
        "table": (4, 0, 0, 0),
        "nesting": (1, 0, 0, 0),
        "numbering": (0, 2, 0, 0),
        "neighbours": (4, 0, 0, 0),
        "link": (0, 1, 0, 0),
        "order": (8, 0, 0, 0),
        "whole": (8, 0, 0, 0),
        "boundary": (7, 0, 0, 0),
    }
    assert aspects(gold, text=output) == {
        "heading": (0, 0, 0, 1),
        "paragraph": (1, 0, 0, 0),
        "list": (2, 0, 0, 0),
        "table": (0, 0, 0, 4),
        "numbering": (0, 2, 0, 0),
        "link": (0, 0, 0, 1),
        "order": (8, 0, 0, 0),
        "whole": (8, 0, 0, 0),
        "boundary": (4, 0, 0, 3),
    }

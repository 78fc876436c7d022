"""Markup as text and as Markdown, worked by hand; CommonMark's own reading of it is markdown-it-py's."""

from __future__ import annotations

import pytest

from boilerbench import markup
from boilerbench.markup import html_of, markdown_of, text_of
from boilerbench.records import MarkupFormat

HTML, MARKDOWN = MarkupFormat.HTML, MarkupFormat.MARKDOWN


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("# The ferry\n\nIt *leaves* at **nine**.", "The ferry\n\nIt leaves at nine."),
        (
            'See [the timetable](https://ferry.example/times "Times") ![a ferry](f.png).',
            "See the timetable .",
        ),
        ("- one\n- two\n  1. three", "one\n\ntwo\n\nthree"),
        ("|a|b|\n|---|---|\n|1|2|", "a\n\nb\n\n1\n\n2"),
        # Cells beyond the header are kept, which GitHub ignores; not so in code.
        ("|a|\n|---|\n|1|2|3\\|4\n|5", "a\n\n1\n\n2\n\n3|4\n\n5"),
        ("a | b\n--|--\n1 | 2 | 3 |", "a\n\nb\n\n1\n\n2\n\n3"),
        ("```\n|a|\n|-|\n|1|2|\n```", "|a| |-| |1|2|"),
        ("> It is ~~nine~~ ten.", "It is nine ten."),
        ("```sh\nmake  all\n```", "make all"),
        (r"snake\_case and \# and 5 \* 3", "snake_case and # and 5 * 3"),
        ("a<br>b <span hidden>c</span>\n\n<script>d()</script>\n\ne &amp; f", "a b\n\ne & f"),
        ("no markup", "no markup"),
        ("", ""),
    ],
)
def test_signs_and_addresses_are_no_text_of_markdown(written: str, text: str) -> None:
    assert text_of(written, MARKDOWN) == text


def test_the_text_of_html_are_its_blocks() -> None:
    html = "<html><body><h1>A</h1><p>b <a href='/c'>c</a><ul><li>d<li>e</ul><img alt=f></body></html>"
    assert text_of(html, HTML) == "A\n\nb c\n\nd\n\ne"
    assert html_of(html, HTML) == html


def test_in_a_very_long_paragraph_no_signs_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "_LONGEST_INLINE", 10)
    assert text_of("*a* and *b*\n\n*c*", MARKDOWN) == "*a* and *b*\n\nc"


def test_nested_markdown_is_read_down_to_a_depth_that_nothing_readable_has() -> None:
    assert text_of(">" * 90 + " a", MARKDOWN) == "a"
    assert text_of(">" * 5_000 + " a\n\nb", MARKDOWN) == "b"


def test_markdown_stays_as_it_is_and_html_is_written_anew() -> None:
    assert markdown_of("*a*", MARKDOWN) == "*a*"
    html = (
        "<h2>T</h2><p>a <b>b</b><ul><li>one<ul><li>two</ul></ul><ol><li><p>n</p><p>m</p><li>o</ol>"
        "<blockquote>q</blockquote><pre>\nx\n  y</pre><table><tr><th>h<th>i<tr><td colspan=2>1<td>2|3</table>"
    )
    assert markdown_of(html, HTML).split("\n\n") == [
        "## T",
        "a b",
        "- one",
        "  - two",
        "1. n",
        "  m",
        "2. o",
        "> q",
        "```\nx\n  y\n```",
        "| h | i |  |\n|---|---|---|\n| 1 |  | 2\\|3 |",
    ]

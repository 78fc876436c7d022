"""What is said of a page at once, before anybody labels it."""

from __future__ import annotations

import pytest

from boilerbench.labelling.page_remarks import page_remarks
from boilerbench.page_blocks import page_blocks

TEXT = "<p>" + " word" * 50 + "</p>"


def remarks(html: str) -> list[str]:
    return page_remarks(html, [block.text for block in page_blocks(html)])


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (f"<h1>Headline</h1>{TEXT}", []),
        (f"<h1>Caf\ufffd</h1>{TEXT}", ["1 characters are not in the page's encoding"]),
        (TEXT, ["it has a single block"]),
        ("<h1>Headline</h1><p>" + " word" * 48, ["it shows only 49 words without scripts"]),
        ("<div id=app></div>", ["it shows no text without scripts"]),
        ("<frameset><frame src=a.html></frameset>", ["a frameset, whose text lies at other addresses"]),
        (
            "<meta http-equiv='refresh' content='0; url=https://a.example/x'><p>Moved</p><p>Here</p>",
            ["it leads on to 'https://a.example/x'; capture the page there"],
        ),
        (
            "<script>window.location.replace('/new')</script><p>Moved</p><p>Here</p>",
            ["it leads on to '/new'; capture the page there"],
        ),
        # A page that refreshes itself, as one with news does.
        (f"<meta http-equiv=refresh content='300; url=/'><h1>Headline</h1>{TEXT}", []),
    ],
)
def test_what_speaks_against_a_page(html: str, said: list[str]) -> None:
    made = remarks(html)
    assert len(made) == len(said)
    for remark, beginning in zip(made, said, strict=True):
        assert remark.startswith(beginning)


def test_a_page_of_one_line_is_said_twice() -> None:
    assert [each.split(" ")[1] for each in remarks("<p>One two")] == ["shows", "has"]

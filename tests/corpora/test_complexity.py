"""Page complexity, worked by hand."""

from __future__ import annotations

import pytest

from boilerbench.corpora.complexity import complexity
from boilerbench.records import Document, Gold, Metadata, Page

HIDDEN = "<title>No</title><script>no no</script><style>no{}</style><!-- no --> "


@pytest.mark.parametrize(
    ("html", "body", "expected"),
    [
        # Three of ten words are body; scripts, style sheets, comments and the head are no words of the page.
        (
            f"{HIDDEN}<nav>a b c d</nav> <p>one two three</p> <noscript>x y z</noscript>",
            "one two three",
            0.7,
        ),
        ("<p>one two</p>", "one two", 0.0),
        # Gold with more words than the page is all of it.
        ("<p>one</p>", "one two three", 0.0),
        ("<p>one two</p>", "", 1.0),
        ("", "one", 0.0),
        ("<p></p>", "", 0.0),
    ],
)
def test_complexity_is_the_share_of_words_that_are_not_body(html: str, body: str, expected: float) -> None:
    document = Document("d", Page(html.encode()), Gold(body), Metadata())
    assert complexity(document) == pytest.approx(expected)

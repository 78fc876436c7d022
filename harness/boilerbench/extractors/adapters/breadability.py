"""Article HTML by breadability, arc90's Readability in Python, turned to text by html-text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

PACKAGE = "breadability"
NEEDS = ("html-text",)
LICENCE = "BSD-2-Clause"
HOME = "https://github.com/bookieio/breadability"
TAKES = "text"


def load(*, mode: Literal["text", "html"] = "text") -> Callable[[str, str | None], str]:
    """Return ``Article(page, url=url).readable``, which is HTML, or its text."""
    import html_text
    from breadability.readable import Article

    def extract(page: str, url: str | None) -> str:
        html: str = Article(page, url=url).readable
        return html if mode == "html" else str(html_text.extract_text(html))

    return extract

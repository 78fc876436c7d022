"""Main content by turbohtml's readability scoring, in C."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

PACKAGE = "turbohtml"
LICENCE = "MIT"
HOME = "https://turbohtml.readthedocs.io"
TAKES = "text"


def load(*, mode: Literal["text", "markdown", "html"] = "text") -> Callable[[str, str | None], str | None]:
    """Return ``parse(page).main_text()``, or ``main_content()``, the same element, as markup."""
    from turbohtml import parse

    def extract(page: str, url: str | None) -> str | None:
        document = parse(page)
        if mode == "text":
            text: str = document.main_text()
            return text
        element = document.main_content()
        if element is None:
            return None
        return str(element.to_markdown() if mode == "markdown" else element.html)

    return extract

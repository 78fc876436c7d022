"""Main content by turbohtml's readability scoring, in C."""

from __future__ import annotations

from collections.abc import Callable

PACKAGE = "turbohtml"
LICENCE = "MIT"
HOME = "https://turbohtml.readthedocs.io"
TAKES = "text"


def load(*, markdown: bool = False) -> Callable[[str, str | None], str | None]:
    """Return ``parse(page).main_text()``, or ``main_content().to_markdown()`` of the same element."""
    from turbohtml import parse

    def extract(page: str, url: str | None) -> str | None:
        document = parse(page)
        if not markdown:
            text: str = document.main_text()
            return text
        element = document.main_content()
        return None if element is None else str(element.to_markdown())

    return extract

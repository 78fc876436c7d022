"""The whole page as Markdown by html2text; no content extraction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

PACKAGE = "html2text"
LICENCE = "GPL-3.0-or-later"
HOME = "https://github.com/Alir3z4/html2text"
TAKES = "text"


def load(
    *,
    mode: Literal["markdown"] = "markdown",
    body_width: int = 78,
    ignore_links: bool = False,
    ignore_images: bool = False,
    ignore_emphasis: bool = False,
    ignore_tables: bool = False,
) -> Callable[[str, str | None], str]:
    """Return ``html2text.html2text`` with the defaults of the tool, its line breaks included."""
    from html2text import HTML2Text

    def extract(page: str, url: str | None) -> str:
        # One for each page: it carries state from one to the next.
        converter = HTML2Text(bodywidth=body_width)
        converter.ignore_links = ignore_links
        converter.ignore_images = ignore_images
        converter.ignore_emphasis = ignore_emphasis
        converter.ignore_tables = ignore_tables
        text: str = converter.handle(page)
        return text

    return extract

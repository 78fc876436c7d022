"""The page's main or article element, else trafilatura's choice, by MainContentExtractor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

PACKAGE = "MainContentExtractor"
NEEDS = ("html-text",)
LICENCE = "MIT"
HOME = "https://github.com/HawkClaws/main_content_extractor"
TAKES = "text"
STATUS = "abandoned"


def load(
    *, include_links: bool = True, mode: Literal["text", "html", "markdown"] = "text"
) -> Callable[[str, str | None], str | None]:
    """Return ``MainContentExtractor.extract(page)``, which is HTML, or its text, or the tool's Markdown.

    The tool's own text runs words of neighbouring elements together; html-text makes it here.
    """
    import html_text
    from main_content_extractor import MainContentExtractor

    output_format = "markdown" if mode == "markdown" else "html"

    def extract(page: str, url: str | None) -> str | None:
        content: str | None = MainContentExtractor.extract(
            page, output_format=output_format, include_links=include_links
        )
        return str(html_text.extract_text(content)) if content and mode == "text" else content

    return extract

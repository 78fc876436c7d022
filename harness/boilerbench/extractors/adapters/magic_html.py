"""Article, forum or Weixin post found by magic-html, whose HTML is turned to text by html-text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

PACKAGE = "magic-html"
NEEDS = ("html-text",)
LICENCE = "Apache-2.0"
HOME = "https://github.com/opendatalab/magic-html"
TAKES = "text"
# It asks for 3.12 or newer.
PYTHON = "3.12"


def load(
    *, html_type: Literal["forum", "weixin"] | None = None, mode: Literal["text", "html"] = "text"
) -> Callable[[str, str | None], str]:
    """Return the ``html`` of ``GeneralExtractor().extract(page, base_url=url)``, or its text."""
    import html_text
    from magic_html import GeneralExtractor

    extractor = GeneralExtractor()

    def extract(page: str, url: str | None) -> str:
        html: str = extractor.extract(page, base_url=url or "", html_type=html_type)["html"]
        return html if mode == "html" else str(html_text.extract_text(html))

    return extract

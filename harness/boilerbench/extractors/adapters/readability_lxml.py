"""Article HTML by the Readability algorithm on lxml, turned to text by html-text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

PACKAGE = "readability-lxml"
NEEDS = ("html-text",)
LICENCE = "Apache-2.0"
HOME = "https://github.com/buriy/python-readability"
# Its documentation hands it bytes, on which 0.8.4 raises; of text all versions make the same as of bytes.
TAKES = "text"


def load(
    *,
    mode: Literal["text", "html"] = "text",
    html_partial: bool = False,
    min_text_length: int = 25,
    retry_length: int = 250,
) -> Callable[[str, str | None], str]:
    """Return ``Document(page).summary()``; the defaults of the options are the tool's own."""
    import html_text
    from readability import Document

    def extract(page: str, url: str | None) -> str:
        document = Document(page, min_text_length=min_text_length, retry_length=retry_length)
        summary: str = document.summary(html_partial=html_partial)
        if mode == "html":
            return summary
        text: str = html_text.extract_text(summary)
        return text

    return extract

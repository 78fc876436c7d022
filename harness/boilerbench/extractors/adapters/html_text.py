"""All visible text, by html-text; no content extraction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PACKAGE = "html-text"
LICENCE = "MIT"
HOME = "https://github.com/zytedata/html-text"
TAKES = "text"


def options() -> Any:
    """Return the tool's function that takes the options."""
    from html_text import extract_text

    return extract_text


def load(**options: Any) -> Callable[[str, str | None], str]:
    """Return ``html_text.extract_text`` with the given options of its own."""
    import html_text

    return lambda page, url: html_text.extract_text(page, **options)

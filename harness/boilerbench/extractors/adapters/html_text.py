"""All visible text, by html-text: a floor to beat."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

PACKAGE = "html-text"
LICENCE = "MIT"
HOME = "https://github.com/zytedata/html-text"
TAKES = "text"


def load(**options: Any) -> Callable[[str, str | None], str]:
    """``html_text.extract_text`` with the given options of its own."""
    import html_text

    inspect.signature(html_text.extract_text).bind("", **options)
    return lambda page, url: html_text.extract_text(page, **options)

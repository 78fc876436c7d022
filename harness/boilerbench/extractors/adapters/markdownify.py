"""The whole page as Markdown by markdownify; no content extraction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

PACKAGE = "markdownify"
LICENCE = "MIT"
HOME = "https://github.com/matthewwithanm/python-markdownify"
TAKES = "text"


def load(
    *,
    mode: Literal["markdown"] = "markdown",
    autolinks: bool = True,
    heading_style: Literal["underlined", "atx", "atx_closed"] = "underlined",
    escape_asterisks: bool = True,
    escape_underscores: bool = True,
) -> Callable[[str, str | None], str]:
    """Return ``markdownify(page)``; the defaults of the options are the tool's."""
    from markdownify import markdownify

    def extract(page: str, url: str | None) -> str:
        text: str = markdownify(
            page,
            autolinks=autolinks,
            heading_style=heading_style,
            escape_asterisks=escape_asterisks,
            escape_underscores=escape_underscores,
        )
        return text

    return extract

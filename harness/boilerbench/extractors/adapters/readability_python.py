"""Readability.js by way of go-readability, ported to Python as readability-python."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

PACKAGE = "readability-python"
LICENCE = "Apache-2.0"
HOME = "https://github.com/CyranoB/readability-python"
TAKES = "text"


def load(
    *, n_top_candidates: int = 5, char_thresholds: int = 500, mode: Literal["text", "html"] = "text"
) -> Callable[[str, str | None], str | None]:
    """Return the ``text_content`` or ``content`` of ``Readability().parse(page, url=url)``."""
    from readability import Readability

    parser = Readability(n_top_candidates=n_top_candidates, char_thresholds=char_thresholds)

    def extract(page: str, url: str | None) -> str | None:
        article, error = parser.parse(page, url=url)
        if error:
            raise RuntimeError(str(error))
        text: str | None = article.content if mode == "html" else article.text_content
        return text

    return extract

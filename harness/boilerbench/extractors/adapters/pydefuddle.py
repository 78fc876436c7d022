"""Defuddle, rewritten in Python as pydefuddle, which returns Markdown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

PACKAGE = "pydefuddle"
LICENCE = "MIT"
HOME = "https://github.com/phalt/pydefuddle"
TAKES = "text"


def load(
    *,
    remove_low_scoring: bool = True,
    remove_small_images: bool = True,
    remove_hidden_elements: bool = True,
    content_selector: str | None = None,
    mode: Literal["markdown", "html"] = "markdown",
) -> Callable[[str, str | None], str]:
    """Return the ``markdown`` or ``content`` of ``defuddle(page, url=url)``."""
    from pydefuddle import defuddle

    def extract(page: str, url: str | None) -> str:
        result = defuddle(
            page,
            url=url or "",
            remove_low_scoring=remove_low_scoring,
            remove_small_images=remove_small_images,
            remove_hidden_elements=remove_hidden_elements,
            content_selector=content_selector,
        )
        text: str = result.content if mode == "html" else result.markdown
        return text

    return extract

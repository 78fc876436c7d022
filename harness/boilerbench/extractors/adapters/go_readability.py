"""Readeck's go-readability, Readability.js in Go, through its Python binding pygoreadability."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

PACKAGE = "pygoreadability"
LICENCE = "MIT"
HOME = "https://codeberg.org/readeck/go-readability"
TAKES = "text"


def load(*, mode: Literal["text", "html"] = "text") -> Callable[[str, str | None], str]:
    """Return the ``content_text`` or ``content_html`` of ``from_string(page, url=url)``."""
    from pygoreadability import from_string

    field = f"content_{mode}"

    def extract(page: str, url: str | None) -> str:
        text: str = getattr(from_string(page, url=url), field)
        return text

    return extract

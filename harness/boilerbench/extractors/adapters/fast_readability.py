"""Readability.js in QuickJS, on its own small DOM, called from Python by fast-readability."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

PACKAGE = "fast-readability"
LICENCE = "MPL-2.0"
HOME = "https://github.com/darkqiank/fast-readability"
TAKES = "text"


def load(*, mode: Literal["text", "html"] = "text") -> Callable[[str, str | None], str | None]:
    """Return the ``textContent`` or ``content`` of ``Readability().extract_from_html(page)``."""
    from fast_readability import Readability

    field = "content" if mode == "html" else "textContent"

    def extract(page: str, url: str | None) -> str | None:
        # Each call builds its own tree, yet leaves what it made in the interpreter that an instance holds.
        article = Readability().extract_from_html(page)
        text: str | None = article and article[field]
        return text

    return extract

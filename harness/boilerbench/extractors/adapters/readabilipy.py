"""Text blocks of a page simplified by ReadabiliPy's own Python parser, without Readability.js."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

PACKAGE = "readabilipy"
LICENCE = "MIT"
HOME = "https://github.com/alan-turing-institute/ReadabiliPy"
TAKES = "text"


def load(*, mode: Literal["text", "html"] = "text") -> Callable[[str, str | None], str]:
    """Return the ``plain_text`` blocks of ``simple_json_from_html_string(page)``, or the HTML of them."""
    from readabilipy import simple_json_from_html_string

    def extract(page: str, url: str | None) -> str:
        # Not with use_readability=True, as its documentation begins: npm would fetch Readability.js, which is
        # another adapter's.
        article = simple_json_from_html_string(page)
        if mode == "html":
            return article["plain_content"] or ""
        blocks = article["plain_text"] or []
        return "\n\n".join(block["text"] for block in blocks)

    return extract

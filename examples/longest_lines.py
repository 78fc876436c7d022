"""An extractor as a callable: the lines of a page that are long once its tags are gone."""

from __future__ import annotations

import html
import re

__version__ = "0.1"


def extract(page: bytes, url: str | None) -> str:
    """The text of a page's long lines."""
    text = re.sub(r"(?s)<(script|style).*?</\1>|<[^>]*>", "\n", page.decode("utf-8", "replace"))
    lines = (html.unescape(line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if len(line) > 80)

"""Two versions of a tool, of which one fails on a page."""

from __future__ import annotations

import re


def whole(html: bytes, url: str | None = None) -> str:
    return re.sub(r"<[^>]*>", " ", html.decode())


def failing(html: bytes, url: str | None = None) -> str:
    if url and url.endswith("/0007"):
        raise ValueError("no")
    return whole(html)

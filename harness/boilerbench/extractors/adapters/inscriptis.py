"""All visible text, laid out as in a text browser, by inscriptis; no content extraction."""

from __future__ import annotations

from collections.abc import Callable

PACKAGE = "inscriptis"
LICENCE = "Apache-2.0"
HOME = "https://github.com/weblyzard/inscriptis"
TAKES = "text"


def load() -> Callable[[str, str | None], str]:
    """Return ``inscriptis.get_text``."""
    from inscriptis import get_text

    return lambda page, url: get_text(page)

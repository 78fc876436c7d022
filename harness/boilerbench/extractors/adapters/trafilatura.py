"""Main text by trafilatura's rules and fall-backs (trafilatura.extract)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PACKAGE = "trafilatura"
LICENCE = "Apache-2.0"
HOME = "https://trafilatura.readthedocs.io"
TAKES = "text"
CAUTION = "returns readers' comments by default, which most gold leaves out"
CAUTION_UNLESS = ("include_comments",)
# Objects, sets and dictionaries, which no spec can write.
GIVEN = ("author_blacklist", "config", "date_extraction_params", "options", "url_blacklist")


def options() -> Any:
    """Return the tool's function that takes the options."""
    from trafilatura import extract

    return extract


def load(**options: Any) -> Callable[[str, str | None], str | None]:
    """Return ``trafilatura.extract`` with the given options of its own."""
    from trafilatura import extract

    return lambda page, url: extract(page, **options)

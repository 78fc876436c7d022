"""Main text by trafilatura's rules and fall-backs (trafilatura.extract)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

PACKAGE = "trafilatura"
LICENCE = "Apache-2.0"
HOME = "https://trafilatura.readthedocs.io"
TAKES = "text"
CAUTION = "returns readers' comments by default, which most gold leaves out"
CAUTION_UNLESS = ("include_comments",)
# Objects, sets and dictionaries, which no spec can write.
GIVEN = (
    "author_blacklist",
    "config",
    "date_extraction_params",
    "options",
    "url_blacklist",
    # The mode says it.
    "output_format",
)


def options() -> Any:
    """Return the tool's function that takes the options."""
    from trafilatura import extract

    return extract


def load(
    *, mode: Literal["text", "markdown", "html"] = "text", **options: Any
) -> Callable[[str, str | None], str | None]:
    """Return ``trafilatura.extract`` with the given options of its own, and ``output_format`` for markup."""
    from trafilatura import extract

    if mode != "text":
        options["output_format"] = mode
    return lambda page, url: extract(page, **options)

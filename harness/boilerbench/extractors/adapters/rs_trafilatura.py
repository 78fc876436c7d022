"""Main content by trafilatura's rules in Rust, with a profile for each type of page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

PACKAGE = "rs-trafilatura"
LICENCE = "MIT OR Apache-2.0"
HOME = "https://github.com/Murrough-Foley/rs-trafilatura-python"
TAKES = "text"
# It has wheels for no other.
PYTHON = "3.12"
# The mode says it.
GIVEN = ("output_markdown",)

_FIELDS = {"text": "main_content", "markdown": "content_markdown", "html": "content_html"}


def options() -> Any:
    """Return the tool's function that takes the options."""
    from rs_trafilatura import extract

    return extract


def load(
    *, mode: Literal["text", "markdown", "html"] = "text", **options: Any
) -> Callable[[str, str | None], str | None]:
    """Return ``extract(page, url=url).main_content``, or its markup, with the given options of its own."""
    from rs_trafilatura import extract

    field = _FIELDS[mode]
    if mode == "markdown":
        options["output_markdown"] = True

    def call(page: str, url: str | None) -> str | None:
        result = extract(page, url=url, **options)
        text: str | None = getattr(result, field)
        return text

    return call

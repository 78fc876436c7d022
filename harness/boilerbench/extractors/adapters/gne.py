"""News article text by GNE's text and symbol density, made for Chinese news sites."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

PACKAGE = "gne"
LICENCE = "MIT"
HOME = "https://github.com/GeneralNewsExtractor/GeneralNewsExtractor"
TAKES = "text"
# The mode says it.
GIVEN = ("with_body_html",)

_FIELDS = {"text": "content", "html": "body_html"}


def options() -> Any:
    """Return the tool's function that takes the options."""
    from gne import GeneralNewsExtractor

    return GeneralNewsExtractor.extract


def load(
    *, mode: Literal["text", "html"] = "text", **options: Any
) -> Callable[[str, str | None], str | None]:
    """Return the ``content`` of ``GeneralNewsExtractor().extract`` with the given options of its own.

    As HTML it is the ``body_html`` that ``with_body_html`` asks for.
    """
    from gne import GeneralNewsExtractor

    extractor = GeneralNewsExtractor()
    if mode == "html":
        options["with_body_html"] = True

    def extract(page: str, url: str | None) -> str | None:
        text: str | None = extractor.extract(page, **options)[_FIELDS[mode]]
        return text

    return extract

"""News article text by GNE's text and symbol density, made for Chinese news sites."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PACKAGE = "gne"
LICENCE = "MIT"
HOME = "https://github.com/GeneralNewsExtractor/GeneralNewsExtractor"
TAKES = "text"


def options() -> Any:
    """Return the tool's function that takes the options."""
    from gne import GeneralNewsExtractor

    return GeneralNewsExtractor.extract


def load(**options: Any) -> Callable[[str, str | None], str | None]:
    """Return the ``content`` of ``GeneralNewsExtractor().extract`` with the given options of its own."""
    from gne import GeneralNewsExtractor

    extractor = GeneralNewsExtractor()

    def extract(page: str, url: str | None) -> str | None:
        text: str | None = extractor.extract(page, **options)["content"]
        return text

    return extract

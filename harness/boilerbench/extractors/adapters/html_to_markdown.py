"""The page as Markdown by html-to-markdown, in Rust; no content extraction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

PACKAGE = "html-to-markdown"
LICENCE = "MIT"
HOME = "https://github.com/xberg-io/html-to-markdown"
TAKES = "text"
# An object, made of the option ``preset``.
GIVEN = ("preprocessing",)


def options() -> Any:
    """Return the tool's function that takes the options."""
    from html_to_markdown import ConversionOptions

    return ConversionOptions


def load(
    *, mode: Literal["markdown"] = "markdown", preset: str | None = None, **options: Any
) -> Callable[[str, str | None], str | None]:
    """Return ``convert(page).content`` with the given ``ConversionOptions`` and preset of preprocessing."""
    from html_to_markdown import ConversionOptions, PreprocessingOptions, convert

    if preset is not None:
        options["preprocessing"] = PreprocessingOptions(preset=preset)
    given = ConversionOptions(**options) if options else None
    # Refuses a value that it does not know before the first page.
    convert("<p>", given)

    def extract(page: str, url: str | None) -> str | None:
        text: str | None = convert(page, given).content
        return text

    return extract

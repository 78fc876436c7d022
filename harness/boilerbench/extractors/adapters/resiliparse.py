"""Main content by Resiliparse's rules on its own fast HTML tree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

PACKAGE = "resiliparse"
LICENCE = "Apache-2.0"
HOME = "https://resiliparse.chatnoir.eu"
TAKES = "text"
CAUTION = "returns readers' comments by default, which most gold leaves out"
CAUTION_UNLESS = ("comments",)


def options() -> Any:
    """Return the tool's function that takes the options."""
    from resiliparse.extract.html2text import extract_plain_text

    return extract_plain_text


def load(
    *, mode: Literal["text", "html"] = "text", main_content: bool = True, **options: Any
) -> Callable[[str, str | None], str]:
    """Return ``extract_plain_text(page, main_content=True)`` with the given options of its own.

    As HTML it preserves the formatting as ``minimal_html``.
    """
    from resiliparse.extract.html2text import extract_plain_text

    if mode == "html":
        options["preserve_formatting"] = "minimal_html"
    extract_plain_text("", main_content=main_content, **options)
    return lambda page, url: extract_plain_text(page, main_content=main_content, **options)

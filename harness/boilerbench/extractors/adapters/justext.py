"""Paragraphs that jusText's stop-word and link density rules call good."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PACKAGE = "justext"
LICENCE = "BSD-2-Clause"
HOME = "https://github.com/miso-belica/jusText"
TAKES = "bytes"


def options() -> Any:
    """Return the tool's function that takes the options."""
    from justext import justext

    return justext


def load(*, language: str = "English", **options: Any) -> Callable[[bytes, str | None], str]:
    """Return ``justext.justext`` with the stop list of a language, English as in its documentation."""
    import justext

    stop_list = justext.get_stoplist(language)

    def extract(page: bytes, url: str | None) -> str:
        paragraphs = justext.justext(page, stop_list, **options)
        return "\n\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)

    return extract

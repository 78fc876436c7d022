"""jusText with trafilatura's thresholds and stop words, on pages that trafilatura has cleaned."""

from __future__ import annotations

from collections.abc import Callable

PACKAGE = "trafilatura"
LICENCE = "Apache-2.0"
HOME = "https://trafilatura.readthedocs.io"
TAKES = "text"
VARIANT_OF = "justext"


def load(*, target_language: str | None = None) -> Callable[[str, str | None], str | None]:
    """Return the paragraphs of trafilatura's own fall-back ``try_justext``.

    The stop words of all languages together, unless ``target_language`` names one by its code.
    """
    from trafilatura import load_html
    from trafilatura.baseline import basic_cleaning
    from trafilatura.external import try_justext

    def extract(page: str, url: str | None) -> str | None:
        tree = load_html(page)
        if tree is None:
            return None
        body = try_justext(basic_cleaning(tree), url, target_language)
        return "\n\n".join(paragraph.text or "" for paragraph in body)

    return extract

"""How much of a page is not its body."""

from __future__ import annotations

from harness.decoding import decode
from harness.records import Document
from harness.text import cased_words


def complexity(document: Document) -> float:
    """1 − words of the gold body / words of the page, from 0 (all is body) to 1; 0 for a page without words.

    The words of a page are those of its HTML body without scripts and style sheets. Source: WCEB,
    complexity.py (``calculate``), with its parser; Bevendorff et al., SIGIR 2023.
    """
    from resiliparse.parse.html import HTMLTree  # noqa: PLC0415

    body = HTMLTree.parse(decode(document.page.content)).body
    if body is None:
        return 0.0
    for element in body.query_selector_all("script, style"):
        element.decompose()
    words = len(cased_words(body.text or ""))
    return 1 - min(1.0, len(cased_words(document.gold.body)) / words) if words else 0.0

"""The title and the language that a page states."""

from __future__ import annotations

import re

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def title_of(html: str) -> str:
    """Return the text of a page's title, entities decoded, white space collapsed; empty without one."""
    from resiliparse.parse.html import HTMLTree

    return " ".join((HTMLTree.parse(html).title or "").split())


def language_of(html: str) -> str:
    """Return the language (BCP 47) of a page's ``<html lang>``; empty without a valid one."""
    from resiliparse.parse.html import HTMLTree

    document = HTMLTree.parse(html).document
    root = document.query_selector("html") if document is not None else None
    language = (root.getattr("lang") or "").strip().replace("_", "-") if root is not None else ""
    return language if _LANGUAGE_TAG.fullmatch(language) else ""

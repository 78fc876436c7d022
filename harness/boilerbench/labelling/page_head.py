"""What a page states of itself: headline, language, address."""

from __future__ import annotations

import re
from typing import Any

from boilerbench.page_blocks import page_blocks
from boilerbench.sites import is_web_address
from boilerbench.tokenizers import normalize

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def title_of(html: str) -> str:
    """Return the text of a page's title, entities decoded, white space collapsed; empty without one."""
    from resiliparse.parse.html import HTMLTree

    return " ".join((HTMLTree.parse(html).title or "").split())


def headline_of(html: str) -> str:
    """Return the headline that a page shows, else its title; empty without either.

    Of several ``<h1>`` it is the first that title or ``og:title`` contain, else the first; without any, the
    block of the page that is ``og:title``, or the title without the name of the site behind a sign.
    """
    shown = {block.text: block.path for block in page_blocks(html)}
    title, social = title_of(html), _meta(html, "og:title")
    headings = [text for text, path in shown.items() if re.search(r"(?:^| > )h1\b", path)]
    stated = (_folded(title), _folded(social))
    named = [text for text in headings if any(_folded(text) in each for each in stated)]
    if headings:
        return (named or headings)[0]
    folded = {_folded(text): text for text in shown}
    parts = re.split(r"\s+[|–—·»-]\s+", title)
    for candidate in (social, title, *parts):
        if candidate and _folded(candidate) in folded:
            return folded[_folded(candidate)]
    return title


def canonical_url_of(html: str) -> str | None:
    """Return the http(s) address that a page calls its own: the canonical one, else ``og:url``."""
    link = _first(html, 'link[rel="canonical"]')
    for address in ((link.getattr("href") or "") if link is not None else "", _meta(html, "og:url")):
        if is_web_address(address.strip()):
            return address.strip()
    return None


def refresh_of(html: str) -> str:
    """Return the content of a page's ``<meta http-equiv=refresh>``; empty without one."""
    from resiliparse.parse.html import HTMLTree

    document = HTMLTree.parse(html).document
    for element in document.query_selector_all("meta[http-equiv]") if document is not None else ():
        if (element.getattr("http-equiv") or "").strip().lower() == "refresh":
            return element.getattr("content") or ""
    return ""


def language_of(html: str) -> str:
    """Return the language (BCP 47) of a page's ``<html lang>``; empty without a valid one."""
    root = _first(html, "html")
    language = (root.getattr("lang") or "").strip().replace("_", "-") if root is not None else ""
    return language if _LANGUAGE_TAG.fullmatch(language) else ""


def _meta(html: str, name: str) -> str:
    """Return the content of ``<meta property=…>``; empty without one."""
    element = _first(html, f'meta[property="{name}"]')
    return " ".join((element.getattr("content") or "").split()) if element is not None else ""


def _first(html: str, selector: str) -> Any:
    from resiliparse.parse.html import HTMLTree

    document = HTMLTree.parse(html).document
    return document.query_selector(selector) if document is not None else None


def _folded(text: str) -> str:
    return normalize(text).casefold()

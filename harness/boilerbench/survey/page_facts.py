"""Facts about a page that no extractor decides: site, language, size, and the shape of what it shows."""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from boilerbench.decoding import page_text
from boilerbench.records import Page
from boilerbench.sampling import Stratum
from boilerbench.sites import site_of
from boilerbench.survey.languages import language_of

GROUPINGS = ("language", "size", "shape", "domain", "site")
"""The kinds of pages that a survey tells apart; each is a fact of the same name."""
SIZES = ((10_000, "under 10 kB"), (100_000, "10 to 100 kB"), (1_000_000, "100 kB to 1 MB"))
_LARGEST = "over 1 MB"
UNKNOWN = "unknown"
_SITE_GROUPS = 16

_HIDDEN = re.compile(r"<(script|style|template|!--)", re.IGNORECASE)
_ENDS = {
    "!--": re.compile("-->"),
    **{name: re.compile(f"</{name}[^<>]*>?", re.IGNORECASE) for name in ("script", "style", "template")},
}
# It stops at the next "<", so that a page of these alone takes no longer.
_TAG = re.compile(r"<[^<>]*>")
_LINK, _CELL, _CODE = (
    re.compile(pattern, re.IGNORECASE) for pattern in (r"<a\s", r"<t[dh][\s>]", r"<(?:pre|code)[\s>]")
)
_FEW_WORDS = 50
_WORDS_PER_LINK = 10
_CELLS = 20


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The facts about a page by which a survey groups and samples."""

    url: str
    """Empty where it has none."""
    site: str
    """The registered domain, else ``unknown``."""
    domain: str
    """The top-level domain, else ``unknown``."""
    language: str
    """ISO 639-1, as it is identified; ``unknown`` for less than a sentence."""
    size: str
    shape: str
    """``code``, ``table``, ``links``, ``prose`` or ``bare``, see ``shape_of``."""
    content_bytes: int

    def stratum(self) -> Stratum:
        """Return the stratum in which a sample counts it; sites are put together in sixteen groups."""
        group = hashlib.blake2b(self.site.encode(errors="replace"), digest_size=1).digest()[0] % _SITE_GROUPS
        return self.language, self.size, self.domain, f"{group:02}"


def facts_of(page: Page) -> PageFacts:
    """Find out the facts about a page, in time linear in its size."""
    markup = page_text(page)
    text = rough_text(markup)
    return PageFacts(
        url=page.url or "",
        site=site_of(page.url) or UNKNOWN,
        domain=_top_level_domain(page.url),
        language=language_of(text) or UNKNOWN,
        size=next((name for limit, name in SIZES if len(page.content) < limit), _LARGEST),
        shape=shape_of(markup, text),
        content_bytes=len(page.content),
    )


def shape_of(markup: str, text: str) -> str:
    """Return the shape of a page, the first that it has.

    ``bare``: fewer than 50 words, as where scripts fetch the text. ``code``: a ``<pre>`` or ``<code>``.
    ``table``: at least 20 cells. ``links``: more than a link for ten words. ``prose``: any other.

    Args:
        markup: the page.
        text: its ``rough_text``.
    """
    words = len(text.split())
    if words < _FEW_WORDS:
        return "bare"
    if _CODE.search(markup):
        return "code"
    if len(_CELL.findall(markup)) >= _CELLS:
        return "table"
    return "links" if len(_LINK.findall(markup)) * _WORDS_PER_LINK > words else "prose"


def rough_text(markup: str) -> str:
    """Return a page without scripts, style sheets, templates, comments and tags: what a look at it needs."""
    pieces, position = [], 0
    while opening := _HIDDEN.search(markup, position):
        pieces.append(markup[position : opening.start()])
        closing = _ENDS[opening[1].lower()].search(markup, opening.end())
        if closing is None:
            position = len(markup)
            break
        position = closing.end()
    pieces.append(markup[position:])
    return html.unescape(_TAG.sub(" ", " ".join(pieces)))


def _top_level_domain(url: str | None) -> str:
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return UNKNOWN
    last = host.rstrip(".").rpartition(".")[2]
    return last if last.isalpha() or last.startswith("xn--") else UNKNOWN

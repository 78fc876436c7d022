"""Remarks on a page that is to be labelled: what makes it a page that nobody should label as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from boilerbench.corpora.gold_files import FILLED_BY_SCRIPTS
from boilerbench.labelling.page_head import refresh_of
from boilerbench.tokenizers import icu_words

FEWEST_WORDS = 50
"""Words that a page shows at least, if it has something to extract."""
_LOST = "\ufffd"
_FRAME = re.compile(r"<frame[\s>]", re.IGNORECASE)
_REFRESH = re.compile(r"url\s*=\s*[\"']?([^\"'\s]+)", re.IGNORECASE)
_SCRIPTED_MOVE = re.compile(
    r"\blocation(?:\.href)?\s*=\s*[\"']([^\"']+)|\blocation\.replace\(\s*[\"']([^\"']+)", re.IGNORECASE
)


def page_remarks(html: str, texts: Sequence[str]) -> list[str]:
    """List in a sentence each what speaks against labelling a page as it was captured.

    Args:
        html: the page, decoded.
        texts: its blocks.
    """
    words = sum(len(icu_words(text)) for text in texts)
    remarks = []
    if lost := sum(text.count(_LOST) for text in texts):
        remarks.append(f"{lost} characters are not in the page's encoding (U+FFFD); capture it again")
    if _FRAME.search(html):
        remarks.append(
            "a frameset, whose text lies at other addresses; capture the frame that holds the text"
        )
    elif (target := _redirect(html)) and words < FEWEST_WORDS:
        remarks.append(f"it leads on to {target!r}; capture the page there")
    elif not texts:
        remarks.append(
            "it shows no text without scripts; capture it as a browser shows it, "
            f"or name the trap {FILLED_BY_SCRIPTS}"
        )
    elif words < FEWEST_WORDS:
        remarks.append(
            f"it shows only {words} words without scripts; if a browser shows more, capture it as it stands "
            f"there, or name the trap {FILLED_BY_SCRIPTS}"
        )
    if len(texts) == 1:
        remarks.append("it has a single block, so that body and boilerplate cannot be told apart")
    return remarks


def _redirect(html: str) -> str:
    """Return where a page sends the browser at once; empty where it does not."""
    if match := _REFRESH.search(refresh_of(html)):
        return match[1]
    match = _SCRIPTED_MOVE.search(html)
    return (match[1] or match[2]) if match else ""

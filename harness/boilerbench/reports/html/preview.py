"""A page as it may be looked at: hostile until sanitised, and then without any address, script or style."""

from __future__ import annotations

import re

from boilerbench.decoding import page_text
from boilerbench.labelling.annotated_html import LABEL_ATTRIBUTE, outlined
from boilerbench.labelling.nesting import shallow
from boilerbench.markup import html_of
from boilerbench.page_blocks import HIDDEN_ELEMENTS
from boilerbench.records import Document, MarkupFormat

LARGEST = 1 << 20
"""Characters of a sanitised page that are kept."""

_MORE_TAGS = {"address", "figure", "main", "search", "section"}
_FEWER_TAGS = {"area", "map", "span"}
# Neither links nor images: nothing in the preview has an address that could be opened or loaded.
_ATTRIBUTES = {
    "*": {"dir", "hidden", "lang", "style"},
    "img": {"alt"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_STYLES = {"display", "visibility"}
_HIDING = re.compile("none|hidden|collapse", re.IGNORECASE)
_WHITE_SPACE = re.compile(r"\s+")


def preview(document: Document) -> str:
    """The page's text in its elements, blocks that are labelled with their label (``data-label``).

    Left are elements without behaviour and attributes without addresses; of inline styles what hides. What
    is longer than ``LARGEST`` is cut.
    """
    html = page_text(document.page)
    blocks = document.gold.blocks
    return sanitised(outlined(html, [block.label for block in blocks]) if blocks else html, bool(blocks))


def rendered(markup: str, format_: MarkupFormat) -> str:
    """The markup that an extractor returned as it may be looked at, sanitised as a page is."""
    return sanitised(html_of(markup[:LARGEST], format_))


def sanitised(html: str, labelled: bool = False) -> str:
    """Sanitise HTML: no script, no address, no style but what hides; labels are kept where it has any."""
    import nh3

    attributes = {tag: set(names) for tag, names in _ATTRIBUTES.items()}
    tags = (set(nh3.ALLOWED_TAGS) | _MORE_TAGS) - _FEWER_TAGS
    if labelled:
        attributes["*"].add(LABEL_ATTRIBUTE)
        tags.add("span")
    clean = nh3.clean(
        shallow(html),
        tags=tags,
        clean_content_tags=set(HIDDEN_ELEMENTS - tags - {"head"}),
        attributes=attributes,
        attribute_filter=_only_hiding,
        filter_style_properties=_STYLES,
        link_rel=None,
    )
    # Where white space means something it stays; elsewhere it would only take room.
    return (clean if "<pre" in clean else _WHITE_SPACE.sub(" ", clean))[:LARGEST]


def _only_hiding(tag: str, attribute: str, value: str) -> str | None:
    """Of styles those that hide, since a sanitised page has no use for others."""
    return value if attribute != "style" or _HIDING.search(value) else None

"""A page as the app shows it: with its inline and embedded styles, without address, script or network."""

from __future__ import annotations

import html as escaping
import re
from typing import Any

from boilerbench.labelling.annotated_html import LABEL_ATTRIBUTE, annotate, nodes_within
from boilerbench.labelling.nesting import shallow
from boilerbench.page_blocks import BLOCK_ELEMENTS, HIDDEN_ELEMENTS, segmented

FRAME_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-same-origin"
)
"""The frame's Content-Security-Policy. Nothing runs and nothing loads; the app reaches in from outside."""

_MORE_TAGS = {"address", "body", "big", "dir", "figure", "main", "menu", "search", "section", "tt"}
_FEWER_TAGS = {"area", "map"}
_ATTRIBUTES = {
    "*": {
        *("align", "bgcolor", "class", "color", "dir", "height", "hidden", "id", "lang", "role", "style"),
        *("valign", "width", LABEL_ATTRIBUTE),
    },
    "a": set(),
    "img": {"alt"},
    "ol": {"start"},
    "table": {"border", "cellpadding", "cellspacing"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "details": {"open"},
}
_KEPT_ON_ROOT = ("class", "dir", "id", "lang", "style")
# The Content-Security-Policy lets none of these load; a browser that ignored it would find nothing to load.
_LOADING = re.compile(
    r"@(?:import|charset|namespace)\b[^;{}]*;?|(?:url|src|image|image-set|-webkit-image-set|expression)\s*\(",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_MORE_LOADING = re.compile(r"behavior\s*:|-moz-binding\s*:", re.IGNORECASE)
_PAGE_STYLE = (
    f"[{LABEL_ATTRIBUTE}]{{cursor:pointer}}"
    "html{scroll-behavior:auto!important}"
    "*{pointer-events:auto!important;animation:none!important;transition:none!important}"
)


def frame_page(html: str, sheet: str) -> str:
    """Return a page to be shown in the app's frame, each block with its index as ``data-label``.

    Args:
        html: the page, decoded.
        sheet: the app's style sheet for blocks, which comes after the page's own.

    Raises:
        InputError: the page is nested too deep.
    """
    page, collector = segmented(shallow(html))
    styles = "\n".join(_style_texts(page))
    roots = {node.name: node for node in nodes_within(page) if node.name in ("html", "body")}
    annotate(page, collector, [str(index) for index in range(len(collector.blocks))])
    for node in nodes_within(page):
        _rename(node)
    body = _clean(page.to_html(pretty=False))
    return (
        f"<!doctype html>\n<html{_attributes(roots.get('html'))}><head><meta charset=utf-8>"
        f"<style>{harmless_css(styles)}</style><style>{_PAGE_STYLE}{sheet}</style></head>"
        f"<body{_attributes(roots.get('body'))}>{body}</body></html>\n"
    )


def harmless_css(css: str) -> str:
    """Return CSS that names nothing to load and cannot end its element.

    Escapes are written out first, since ``\\75rl(`` is ``url(`` to a browser.
    """
    written_out = _ESCAPE.sub(_unescaped, css.replace("\0", ""))
    # Something stays in the place of each, so that what stood around it does not come together to another.
    cut = _LOADING.sub(lambda match: "none(" if match[0].endswith("(") else " ", written_out)
    return _MORE_LOADING.sub("x:", cut).replace("<", "\\3c ")


def _unescaped(match: re.Match[str]) -> str:
    """Write out an escape that stands for a letter, digit, hyphen or parenthesis; others stay."""
    code = int(match[1], 16) if match[1] else ord(match[2])
    plain = chr(code) if 0 < code < 128 else ""
    return plain if plain.isalpha() or plain in ("-", "@") else match[0]


def _style_texts(page: Any) -> list[str]:
    """Return the texts of a page's embedded style sheets, those for some media within their condition."""
    texts = []
    for node in nodes_within(page):
        if node.name != "style":
            continue
        text = "".join(child.data or "" for child in node.children or ())
        media = (node.attrs or {}).get("media") or ""
        texts.append(f"@media {media} {{{text}}}" if re.fullmatch(r"[\w\s():,.-]+", media) else text)
    return texts


def _rename(node: Any) -> None:
    """Give an element that the sanitiser does not know the name of a plain one, so that its block stays."""
    if node.name.startswith(("#", "!")) or node.name in ("html", "head"):
        return
    if node.name not in _tags() and node.name not in HIDDEN_ELEMENTS:
        node.name = "div" if node.name in BLOCK_ELEMENTS else "span"
    if node.name == "body":
        node.name = "div" if node.parent is not None and node.parent.name != "html" else "body"


def _tags() -> set[str]:
    import nh3

    return (set(nh3.ALLOWED_TAGS) | _MORE_TAGS) - _FEWER_TAGS


def _clean(html: str) -> str:
    import nh3

    tags = _tags()
    return nh3.clean(
        html,
        tags=tags - {"body"},
        clean_content_tags=set(HIDDEN_ELEMENTS - tags - {"head"}),
        attributes=_ATTRIBUTES,
        attribute_filter=_filtered,
        generic_attribute_prefixes={"data-", "aria-"},
        link_rel=None,
    )


def _filtered(tag: str, attribute: str, value: str) -> str:
    """Return the value of an attribute without anything to load."""
    return harmless_css(value) if attribute == "style" else value


def _attributes(node: Any) -> str:
    """Return the attributes of the page's root or body that its style sheets may ask for."""
    values = (getattr(node, "attrs", None) or {}).items()
    return "".join(
        f' {name}="{escaping.escape(harmless_css(value or "") if name == "style" else value or "")}"'
        for name, value in values
        if name in _KEPT_ON_ROOT
    )

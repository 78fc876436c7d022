"""Pages nested no deeper than browsers nest them."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

DEEPEST = 512
"""Chromium and Firefox put what is nested deeper beside one another at this depth."""

_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*)")
_VOID_ELEMENTS = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)


def shallow(html: str) -> str:
    """The page with elements below the depth ``DEEPEST`` side by side at that depth, each with its own text.

    What sanitises a page takes time in proportion to the square of its depth. A page that is not so deep is
    returned as it is.
    """
    if not _may_be_deep(html):
        return html
    from justhtml import JustHTML

    page = JustHTML(html, sanitize=False).root
    deep = False
    waiting = [(page, 0)]
    while waiting:
        node, depth = waiting.pop()
        if depth < DEEPEST:
            waiting.extend((child, depth + 1) for child in node.children or ())
        elif any(child.children for child in node.children or ()):
            _flatten(node)
            deep = True
    if not deep:
        return html
    text: str = page.to_html(pretty=False)
    return text


def _may_be_deep(html: str) -> bool:
    """Tell whether so many elements are open at once; an element without an end tag counts as open."""
    open_elements: Counter[str] = Counter()
    depth = 0
    for end, name in _TAG.findall(html):
        lowered = name.lower()
        if not end and lowered not in _VOID_ELEMENTS:
            open_elements[lowered] += 1
            depth += 1
            if depth >= DEEPEST:
                return True
        elif end and open_elements[lowered]:
            open_elements[lowered] -= 1
            depth -= 1
    return False


def _flatten(node: Any) -> None:
    """Put all elements within an element side by side in it, in page order."""
    flat = []
    waiting = list(reversed(node.children))
    while waiting:
        child = waiting.pop()
        flat.append(child)
        child.parent = node
        if child.children:
            waiting.extend(inner for inner in reversed(child.children) if inner.children)
            child.children[:] = [inner for inner in child.children if not inner.children]
    node.children[:] = flat

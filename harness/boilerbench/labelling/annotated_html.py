"""A page as HTML whose blocks carry their labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from boilerbench.page_blocks import is_hidden, segmented

LABEL_ATTRIBUTE = "data-label"

# A sanitiser would remove these, although their text is shown, and the label needs an element.
_STAND_INS = {
    **dict.fromkeys(("button", "font", "label"), "span"),
    **dict.fromkeys(
        ("dialog", "fieldset", "form", "legend", "marquee", "optgroup", "option", "select"), "div"
    ),
}
_WHOLE_PAGE = ("#document", "html", "body")


def outlined(html: str, labels: Sequence[str]) -> str:
    """Return the page as HTML with ``data-label`` on the element of each block, or on a span around its text.

    ``labels`` has one label per block, in page order. Such attributes of the page's own are removed, and so
    is what is not shown.

    Raises:
        ValueError: there are not as many labels as blocks.
    """
    page, runs = segmented(html)
    for node in list(_nodes(page)):
        if getattr(node, "attrs", None):
            node.attrs.pop(LABEL_ATTRIBUTE, None)
    for nodes, label in zip(runs.nodes, labels, strict=True):
        _outline(nodes, label)
    for node in list(_nodes(page)):
        if node.name in _STAND_INS or getattr(node, "namespace", None) == "math":
            node.name, node.namespace = _STAND_INS.get(node.name, "span"), "html"
        elif is_hidden(node) and node.parent is not None:
            node.parent.remove_child(node)
    text: str = page.to_html(pretty=False)
    return text


def _outline(nodes: Sequence[Any], label: str) -> None:
    paths = [_ancestors(node) for node in nodes]
    shared = 0
    while all(len(path) > shared + 1 and path[shared] is paths[0][shared] for path in paths):
        shared += 1
    around = paths[0][shared - 1]
    own = {id(node) for node in nodes}
    if around.name not in _WHOLE_PAGE and all(
        id(node) in own for node in _nodes(around) if node.name == "#text" and node.data.strip()
    ):
        around.attrs[LABEL_ATTRIBUTE] = label
        return
    children = list(around.children)
    first, last = (children.index(path[shared]) for path in (paths[0], paths[-1]))
    span = _element(label)
    around.insert_before(span, children[first])
    for child in children[first : last + 1]:
        around.remove_child(child)
        span.append_child(child)


def _element(label: str) -> Any:
    from justhtml import Element

    return Element("span", {LABEL_ATTRIBUTE: label}, "html")


def _ancestors(node: Any) -> list[Any]:
    """Return the path from the document down to the node itself."""
    path = [node]
    while path[-1].parent is not None:
        path.append(path[-1].parent)
    return path[::-1]


def _nodes(root: Any) -> Iterator[Any]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(node.children or ())

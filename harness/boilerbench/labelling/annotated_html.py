"""A page as HTML whose blocks carry their labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from boilerbench.page_blocks import BlockCollector, is_hidden, segmented

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
    """Return the page as HTML with ``data-label`` on the element of each block, or a span around its text.

    ``labels`` has one label per block, in page order. Such attributes of the page's own are removed, and so
    is what is not shown. Takes time in proportion to the page, however deep or flat it is.

    Raises:
        ValueError: there are not as many labels as blocks.
        InputError: the page is nested too deep.
    """
    page, collector = segmented(html)
    annotate(page, collector, labels)
    text: str = page.to_html(pretty=False)
    return text


def annotate(page: Any, collector: BlockCollector, labels: Sequence[str]) -> None:
    """Put labels into a parsed page in place, as ``outlined`` does.

    Raises:
        ValueError: there are not as many labels as blocks.
    """
    nodes = list(nodes_within(page))
    for node in nodes:
        if getattr(node, "attrs", None):
            node.attrs.pop(LABEL_ATTRIBUTE, None)
    texts = _texts_within(nodes)
    spans: dict[int, _Spans] = {}
    for block, label in zip(collector.nodes, labels, strict=True):
        around, first, last = _common_ancestor(block[0], block[-1])
        if around.name not in _WHOLE_PAGE and texts[id(around)] == len(block):
            around.attrs[LABEL_ATTRIBUTE] = label
        else:
            if id(around) not in spans:
                spans[id(around)] = _Spans(around)
            spans[id(around)].add(first, last, label)
    for parent in spans.values():
        parent.insert()
    for node in list(nodes_within(page)):
        # Before they are renamed, which comes after their parent in page order.
        if node.children:
            node.children[:] = [child for child in node.children if not is_hidden(child)]
        # The names of custom elements, and of no others, have a hyphen.
        if node.name in _STAND_INS or "-" in node.name or getattr(node, "namespace", None) == "math":
            node.name, node.namespace = _STAND_INS.get(node.name, "span"), "html"


class _Spans:
    """The spans to be put around children of one element."""

    def __init__(self, parent: Any) -> None:
        self._parent = parent
        self._index = {id(child): index for index, child in enumerate(parent.children)}
        self._ranges: list[tuple[int, int, str]] = []

    def add(self, first: Any, last: Any, label: str) -> None:
        """Take up a span from one child to another, in page order."""
        self._ranges.append((self._index[id(first)], self._index[id(last)], label))

    def insert(self) -> None:
        """Put the children into their spans; one that two blocks share ends a span and begins the next."""
        children = list(self._parent.children)
        arranged: list[Any] = []
        done = 0
        for first, last, label in self._ranges:
            span = _element(label)
            if first < done:
                inside = [arranged.pop()]
            else:
                arranged += children[done:first]
                inside = []
            span.children[:] = inside + children[max(first, done) : last + 1]
            for child in span.children:
                child.parent = span
            span.parent = self._parent
            arranged.append(span)
            done = last + 1
        self._parent.children[:] = arranged + children[done:]


def _element(label: str) -> Any:
    from justhtml import Element

    return Element("span", {LABEL_ATTRIBUTE: label}, "html")


def _common_ancestor(first: Any, last: Any) -> tuple[Any, Any, Any]:
    """The innermost element around two text nodes, and the children of it that hold the one and the other."""
    if first is last:
        return first.parent, first, last
    below: list[dict[int, Any]] = [{}, {}]
    climbers = [first, last]
    # By turns, so that the way is in proportion to the distance between the two and not to the depth of both.
    while True:
        for mine, other in ((0, 1), (1, 0)):
            child = climbers[mine]
            if child.parent is None:
                continue
            climbers[mine] = parent = child.parent
            below[mine][id(parent)] = child
            if id(parent) in below[other]:
                return parent, below[0][id(parent)], below[1][id(parent)]


def _texts_within(nodes: Sequence[Any]) -> dict[int, int]:
    """The number of text nodes with text in each of a page's nodes, in page order, by identity."""
    texts = {id(node): int(node.name == "#text" and bool(node.data.strip())) for node in nodes}
    for node in reversed(nodes):
        if node.parent is not None:
            texts[id(node.parent)] += texts[id(node)]
    return texts


def nodes_within(root: Any) -> Iterator[Any]:
    """A node and all within it, in page order."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children or ()))

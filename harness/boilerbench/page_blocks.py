"""A page as its blocks: what a reader would see without scripts and style sheets, run by run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from boilerbench.errors import InputError

# Displayed as blocks by every browser's own style sheet (HTML, section 15.3).
BLOCK_ELEMENTS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "listing",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "plaintext",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "xmp",
    ]
)
# Never displayed, or displayed without the text in them.
HIDDEN_ELEMENTS = frozenset(
    [
        "annotation",
        "annotation-xml",
        "area",
        "audio",
        "base",
        "canvas",
        "datalist",
        "embed",
        "head",
        "iframe",
        "input",
        "link",
        "meta",
        "meter",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "param",
        "progress",
        "rp",
        "script",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
    ]
)
NO_ELEMENTS = ("#comment", "!doctype", "#processing-instruction")
SEGMENTATION = 1
"""The version of the rules by which a page is cut into blocks; labels of published pages name it."""
DEEPEST = 100_000
"""Elements within one another; browsers stop nesting at 512."""
_DEPTH = 4
_CLASSES = 3
_NAME_LENGTH = 80
_BLOCK_DISPLAYS = re.compile(
    r"block|flex|grid|table|table-caption|table-cell|table-row.*|list-item|flow-root"
)
_DECLARATION = re.compile(r"(?:^|;)\s*(display|visibility|content-visibility)\s*:\s*([a-z-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A block as it stands on the page."""

    text: str
    """White space folded."""
    path: str
    """The innermost elements around its beginning with id and classes, outermost first, to tell it by."""


def page_blocks(html: str) -> list[PageBlock]:
    """The blocks of a page in page order.

    A block is a run of text in one block-level element, as long as neither another block-level element nor
    two line breaks in a row come between. Left out is what browsers do not display: ``HIDDEN_ELEMENTS``,
    closed dialogs, what is ``hidden``, and what an inline style takes out of sight (``display: none``,
    ``visibility: hidden``). ``<details>`` count as open. What only a style sheet or a script would hide is
    there for every extractor, and so is what is kept from screen readers alone (``aria-hidden``).
    """
    return segmented(html)[1].blocks


def segmented(html: str) -> tuple[Any, BlockCollector]:
    """The page as justhtml parses it, and its blocks with the nodes of their text.

    Raises:
        InputError: elements are nested deeper than ``DEEPEST``.
    """
    from justhtml import JustHTML

    page = JustHTML(html, sanitize=False).root
    collector = BlockCollector()
    collector.read(page)
    collector.end()
    return page, collector


class BlockCollector:
    """The blocks that a walk through a page has found."""

    def __init__(self) -> None:
        self.blocks: list[PageBlock] = []
        self.nodes: list[list[Any]] = []
        """The text nodes of each block."""
        self._of_run: list[Any] = []
        self._path: list[Any] = []
        self._run_path = ""
        self._run: list[str] = []
        self._breaks = 0

    def read(self, root: Any) -> None:
        """Take up a node with all that is in it.

        Raises:
            InputError: elements are nested deeper than ``DEEPEST``.
        """
        # Pages nest deeper than Python calls do; None stands for the end of the innermost element.
        waiting = [root]
        block_ends: list[bool] = []
        while waiting:
            node = waiting.pop()
            if node is None:
                self._path.pop()
                if block_ends.pop():
                    self.end()
                continue
            name = node.name.lower()
            if name == "#text":
                self._text(node)
            elif name == "br":
                self._breaks += 1
                self._run.append(" ")
            elif name == "#document" or (name not in NO_ELEMENTS and not is_hidden(node)):
                block = name != "#document" and _is_block(node, name)
                if block:
                    self.end()
                self._path.append(node)
                if len(self._path) > DEEPEST:
                    raise InputError(f"elements nested more than {DEEPEST:,} deep")
                block_ends.append(block)
                waiting.append(None)
                waiting.extend(reversed(node.children or ()))

    def end(self) -> None:
        """End the run, if one has begun."""
        if text := " ".join("".join(self._run).split()):
            self.blocks.append(PageBlock(text, self._run_path))
            self.nodes.append(self._of_run)
        self._of_run = []
        self._run.clear()
        self._breaks = 0
        self._run_path = ""

    def _text(self, node: Any) -> None:
        if node.data.strip():
            if self._breaks >= 2:
                self.end()
            self._breaks = 0
            self._run_path = self._run_path or " > ".join(map(_named, self._path[-_DEPTH:]))
            self._of_run.append(node)
        self._run.append(node.data)


def _named(node: Any) -> str:
    """An element as a style sheet would name it."""
    attributes = node.attrs or {}
    identity = f"#{_cut(attributes['id'])}" if attributes.get("id") else ""
    names = (attributes.get("class") or "").split(None, _CLASSES)[:_CLASSES]
    classes = "".join(f".{_cut(name)}" for name in names)
    return f"{_cut(node.name)}{identity}{classes}"


def _cut(name: str) -> str:
    """A name that is no longer than it takes to tell it by: each block of a page repeats those around it."""
    return name if len(name) <= _NAME_LENGTH else name[: _NAME_LENGTH - 1] + "…"


def is_hidden(node: Any) -> bool:
    """Tell whether browsers do not display an element, by its name or its attributes."""
    name, attributes = node.name.lower(), getattr(node, "attrs", None) or {}
    if name in HIDDEN_ELEMENTS or "hidden" in attributes or (name == "dialog" and "open" not in attributes):
        return True
    style = _style(attributes)
    return (
        style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or style.get("content-visibility") == "hidden"
    )


def _is_block(node: Any, name: str) -> bool:
    display = _style(node.attrs or {}).get("display")
    if display in (None, "inherit", "initial", "revert", "unset", "contents"):
        return name in BLOCK_ELEMENTS
    return _BLOCK_DISPLAYS.fullmatch(display) is not None


def _style(attributes: dict[str, str | None]) -> dict[str, str]:
    """The inline declarations that decide whether and how an element is displayed; the last one holds."""
    found = _DECLARATION.findall(attributes.get("style") or "")
    return {name.lower(): value.lower() for name, value in found}

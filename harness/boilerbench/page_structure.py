"""A page, or markup that a tool returned, as blocks with what they are: headings, list items, cells, code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from boilerbench.page_blocks import NO_ELEMENTS, is_hidden, segmented

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = ("ul", "ol", "menu", "dir", "dl")
_ITEMS = ("li", "dt", "dd")
_CELLS = ("td", "th")
_FORMULA = re.compile(r"\$\$.+\$\$|\$[^$]+\$|\\\[.+\\\]|\\\(.+\\\)", re.DOTALL)
_WIDEST = 1000
"""Columns or rows that a cell may span, as browsers have it."""
_SPANNED_COLUMNS = 100
"""Columns in which a cell that reaches down from above is seen; hostile tables have any number of them."""


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    QUOTE = "quote"
    CODE = "code"
    TABLE = "table"
    FORMULA = "formula"


_KINDS = {
    **dict.fromkeys(_HEADINGS, Kind.HEADING),
    **dict.fromkeys(("pre", "xmp", "listing", "plaintext"), Kind.CODE),
    "blockquote": Kind.QUOTE,
    "caption": Kind.PARAGRAPH,
    "math": Kind.FORMULA,
}


@dataclass(frozen=True, slots=True)
class Position:
    """The position of a cell: the number of its table on the page, and its row and column there."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Nature:
    """What the elements around a piece of text make of it."""

    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    """Of a heading, from 1 to 6."""
    depth: int = 0
    """The number of lists around it."""
    ordered: bool = False
    """Whether the innermost list is numbered."""
    list: int = 0
    """The number of the innermost list among all of the page, from 1; 0 outside of lists."""
    item: int = 0
    """The number of its list item among all of the page, from 1; 0 outside of lists."""
    position: Position | None = None
    """Of a cell."""


@dataclass(frozen=True, slots=True)
class StructuredBlock:
    """A block with what it is."""

    text: str
    """White space folded."""
    nature: Nature
    source: str
    """Its text with the white space that the markup has."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link with text."""

    block: int
    """The index of the block that it begins in."""
    target: str
    """The address as it is written."""
    text: str


@dataclass(frozen=True, slots=True)
class Image:
    """An image with a description."""

    after: int
    """The index of the block before it; -1 before the first."""
    description: str


@dataclass(frozen=True, slots=True)
class Structure:
    """All blocks of a page with what they are, its links and its images, in page order."""

    blocks: tuple[StructuredBlock, ...]
    links: tuple[Link, ...]
    images: tuple[Image, ...]
    base: str
    """The address that the page names as the base of its links; empty where it names none."""


def structure_of(html: str) -> Structure:
    """Read a page as structured blocks, which are those of ``page_blocks`` in their order.

    A block is what the innermost element around its beginning says: a heading, an item of a list, a cell of a
    table, preformatted code, a quote, a formula (``math``, or text in the signs of LaTeX), else a paragraph.

    Raises:
        InputError: elements are nested too deep.
    """
    root, collected = segmented(html)
    walk = _Walk({id(node): index for index, nodes in enumerate(collected.nodes) for node in nodes})
    walk.read(root)
    blocks = []
    for index, (block, nodes) in enumerate(zip(collected.blocks, collected.nodes, strict=True)):
        nature = walk.natures[id(nodes[0])]
        if nature.kind == Kind.PARAGRAPH and _FORMULA.fullmatch(block.text):
            nature = replace(nature, kind=Kind.FORMULA)
        blocks.append(StructuredBlock(block.text, nature, "".join(walk.sources[index])))
    return Structure(tuple(blocks), tuple(walk.links()), tuple(walk.images), walk.base)


@dataclass(slots=True)
class _OpenTable:
    """A table whose end has not come, and how far its cells have."""

    number: int
    row: int = 0
    column: int = 0
    """The column of the next cell, unless one from above stands there."""
    covered: dict[int, int] = field(default_factory=dict)
    """By column, the last row that a cell from above reaches down to."""

    def begin_row(self) -> None:
        """Go to the next row."""
        self.row, self.column = self.row + 1, 0

    def add_cell(self, columns: int, rows: int) -> Position:
        """Return the position of the next cell, which spans so many columns and rows."""
        while self.covered.get(self.column, 0) >= max(1, self.row):
            self.column += 1
        first, self.column = self.column, self.column + columns
        if rows > 1:
            reached = range(first, min(self.column, _SPANNED_COLUMNS))
            self.covered.update(dict.fromkeys(reached, self.row + rows - 1))
        return Position(self.number, self.row, first)


class _Walk:
    """A walk through a page that notes what stands around each piece of text."""

    def __init__(self, blocks: dict[int, int]) -> None:
        self.natures: dict[int, Nature] = {}
        self.sources: dict[int, list[str]] = {}
        self.images: list[Image] = []
        self.base = ""
        self._blocks = blocks
        self._last = -1
        self._items = self._lists = self._tables = 0
        self._open_tables: list[_OpenTable] = []
        self._targets = [""]
        self._linked: dict[int, tuple[int, list[str]]] = {}

    def read(self, root: Any) -> None:
        """Take up a node with all that is in it."""
        # Pages nest deeper than Python calls do; a nature alone stands for the end of a table.
        waiting: list[tuple[Any, Nature, int]] = [(root, Nature(), 0)]
        while waiting:
            node, nature, anchor = waiting.pop()
            if node is None:
                self._open_tables.pop()
                continue
            name = node.name.lower()
            if name == "#text":
                self._text(node, nature, anchor)
                continue
            if name == "base" and not self.base:
                self.base = (node.attrs or {}).get("href") or ""
            if name == "br" and nature.kind == Kind.CODE and self._last >= 0:
                self.sources[self._last].append("\n")
            if name in NO_ELEMENTS or (name not in ("#document", "head") and is_hidden(node)):
                continue
            if name == "img" and (description := ((node.attrs or {}).get("alt") or "").strip()):
                self.images.append(Image(self._last, " ".join(description.split())))
            if name == "a" and (target := (node.attrs or {}).get("href")):
                anchor = len(self._targets)
                self._targets.append(target.strip())
            if name == "table":
                self._tables += 1
                self._open_tables.append(_OpenTable(self._tables))
                waiting.append((None, nature, 0))
            inner = self._inside(node, name, nature)
            waiting.extend((child, inner, anchor) for child in reversed(node.children or ()))

    def links(self) -> Iterator[Link]:
        """Yield the links that have text in a block."""
        for anchor, (block, pieces) in self._linked.items():
            if text := " ".join("".join(pieces).split()):
                yield Link(block, self._targets[anchor], text)

    def _text(self, node: Any, nature: Nature, anchor: int) -> None:
        index = self._blocks.get(id(node))
        if index is None:
            # White space alone is in no block, and yet part of code.
            if nature.kind == Kind.CODE and self._last >= 0:
                self.sources[self._last].append(node.data)
            return
        self._last = index
        self.natures[id(node)] = nature
        self.sources.setdefault(index, []).append(node.data)
        if anchor:
            self._linked.setdefault(anchor, (index, []))[1].append(node.data)

    def _inside(self, node: Any, name: str, nature: Nature) -> Nature:
        """Return what an element makes of what is in it."""
        if name in _KINDS:
            return replace(nature, kind=_KINDS[name], level=_HEADINGS.get(name, 0))
        if name in _LISTS:
            self._lists += 1
            return replace(nature, depth=nature.depth + 1, list=self._lists, ordered=name == "ol")
        if name in _ITEMS:
            self._items += 1
            return replace(nature, kind=Kind.LIST, item=self._items)
        if name == "tr" and self._open_tables:
            self._open_tables[-1].begin_row()
        if name in _CELLS and self._open_tables:
            spans = (cell_span(node, "colspan"), cell_span(node, "rowspan"))
            return replace(nature, kind=Kind.TABLE, position=self._open_tables[-1].add_cell(*spans))
        return nature


def cell_span(cell: Any, name: str) -> int:
    """How many columns or rows a cell spans, by its ``colspan`` or ``rowspan``."""
    value = (cell.attrs or {}).get(name) or ""
    digits = value.lstrip("0") if value.isascii() and value.isdigit() else ""
    return min(int(digits[:5]), _WIDEST) if digits else 1

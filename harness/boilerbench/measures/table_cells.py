"""The tables of Markdown with HTML in it, as rows of cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from boilerbench.measures.markdown_parts import TABLE_TAG, pipe_tables, without_code
from boilerbench.page_structure import cell_span

_PIPE = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, header or not: its text, white space folded, and how far it reaches."""

    text: str
    columns: int = 1
    rows: int = 1


Table = list[list[Cell]]
"""The rows of a table, none of them without cells."""


def tables_of(text: str) -> list[Table]:
    """Return the tables of a text outside code that have cells: first those in HTML, then pipe tables.

    A table within a cell of another is text of that cell. Row groups make no difference.
    """
    bare = without_code(text)
    tables = [*_html_tables(bare), *_pipe_tables(bare)]
    return [filled for table in tables if (filled := [row for row in table if row])]


def _pipe_tables(text: str) -> Iterator[Table]:
    lines = text.split("\n")
    for start, end in pipe_tables(lines):
        yield [_pipe_cells(line) for number, line in enumerate(lines[start:end]) if number != 1]


def _pipe_cells(line: str) -> list[Cell]:
    bare = line.strip()
    cells = _PIPE.split(bare)
    first = 1 if bare.startswith("|") else 0
    last = len(cells) - 1 if len(cells) > first and not cells[-1].strip() else len(cells)
    return [Cell(" ".join(cell.replace(r"\|", "|").split())) for cell in cells[first:last]]


def _html_tables(text: str) -> Iterator[Table]:
    if not TABLE_TAG.search(text):
        return
    from justhtml import JustHTML

    for table in _elements(JustHTML(text, sanitize=False).root, "table", but=()):
        rows = _elements(table, "tr", but=("table",))
        yield [
            [
                Cell(" ".join(_text(cell).split()), cell_span(cell, "colspan"), cell_span(cell, "rowspan"))
                for cell in _elements(row, "td", "th", but=("table",))
            ]
            for row in rows
        ]


def _elements(root: Any, *names: str, but: tuple[str, ...]) -> Iterator[Any]:
    """Yield the outermost elements of some names in a node, in page order, but none within others."""
    waiting = list(reversed(root.children or ()))
    while waiting:
        node = waiting.pop()
        if node.name in names:
            yield node
        elif node.name not in but:
            waiting.extend(reversed(node.children or ()))


def _text(root: Any) -> str:
    """Join all text in a node, with white space between elements."""
    pieces: list[str] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.name == "#text":
            pieces.append(node.data)
        elif node.name not in ("#comment", "script", "style"):
            waiting.extend(reversed(node.children or ()))
            pieces.append("\n" if node.name in ("br", "p", "div", "li", "tr", "td", "th") else "")
    return "".join(pieces)

"""Structured blocks as Markdown, for what reads Markdown where a tool returned HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from boilerbench.page_structure import Kind, StructuredBlock

_INDENT = "  "


def written_as_markdown(blocks: Sequence[StructuredBlock]) -> str:
    """Write blocks as Markdown, a blank line between each two.

    Headings get their signs, items of lists a dash or a number, quotes a sign, code fences, and tables become
    pipe tables with their first row as headers. Links, images and emphasis are left out.
    """
    parts: list[str] = []
    for table, group in groupby(blocks, key=_table):
        neighbours = list(group)
        parts += [_pipe_table(neighbours)] if table else _plain_blocks(neighbours)
    return "\n\n".join(parts)


def _table(block: StructuredBlock) -> int:
    position = block.nature.position
    return position.table if position and block.nature.kind == Kind.TABLE else 0


def _pipe_table(blocks: Sequence[StructuredBlock]) -> str:
    rows: dict[int, dict[int, list[str]]] = {}
    for block in blocks:
        assert block.nature.position is not None
        row = rows.setdefault(block.nature.position.row, {})
        row.setdefault(block.nature.position.column, []).append(block.text.replace("|", r"\|"))
    width = 1 + max(column for row in rows.values() for column in row)
    lines = [
        f"| {' | '.join(' '.join(row.get(column, ())) for column in range(width))} |" for row in rows.values()
    ]
    return "\n".join([lines[0], f"|{'---|' * width}", *lines[1:]])


def _plain_blocks(blocks: Sequence[StructuredBlock]) -> Iterator[str]:
    item = 0
    numbers: dict[int, int] = {}
    for block in blocks:
        nature = block.nature
        if nature.kind == Kind.HEADING:
            yield f"{'#' * nature.level} {block.text}"
        elif nature.kind == Kind.CODE:
            source = block.source.strip("\n")
            yield f"```\n{source}\n```"
        elif nature.kind == Kind.QUOTE:
            yield f"> {block.text}"
        elif nature.kind == Kind.LIST:
            margin = _INDENT * max(nature.depth - 1, 0)
            if nature.item == item:
                yield f"{margin}{_INDENT}{block.text}"
                continue
            numbers[nature.list] = numbers.get(nature.list, 0) + 1
            sign = f"{numbers[nature.list]}." if nature.ordered else "-"
            yield f"{margin}{sign} {block.text}"
            item = nature.item
        else:
            yield block.text

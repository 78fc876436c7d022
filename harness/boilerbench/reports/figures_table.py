"""A table of names and figures in as many columns as the terminal has room for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rich import box
from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

_GAP = 2
_NARROWEST = 4
_PIECE = re.compile(r"\s+|[^\s?:/-]*[?:/-]|[^\s?:/-]+")

Cell = str | Text


@dataclass(frozen=True)
class FiguresTable:
    """Columns of names and columns of figures, which are shown whole or not at all.

    Where there is not room enough, names are broken behind ``?``, ``-``, ``:`` or ``/``; then columns of
    figures are left out, those in ``spare`` first and the others from the last one on, which a line below the
    table says; then names are broken anywhere. The first column of figures always stays.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    texts: frozenset[int]
    """The columns that are names; the others are figures."""
    spare: Sequence[Sequence[str]] = ()
    """Headings of columns that are left out first, a group at a time."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        widths = [
            max(_width(row[index]) for row in (self.columns, *self.rows))
            for index in range(len(self.columns))
        ]
        shown, widths = self._fitted(widths, options.max_width)
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True, show_edge=False)
        padded = {index for index in shown if index not in self.texts and self._has_padding(index)}
        for index in shown:
            name = index in self.texts
            heading = self.columns[index]
            table.add_column(
                heading.rjust(widths[index]) if index in padded else heading,
                justify="left" if name or index in padded else "right",
                width=widths[index],
                no_wrap=not name,
            )
        for row in self.rows:
            table.add_row(
                *(
                    broken(row[index], widths[index])
                    if index in self.texts
                    else _right(row[index], widths[index])
                    if index in padded
                    else row[index]
                    for index in shown
                )
            )
        yield table
        if missing := [name for index, name in enumerate(self.columns) if index not in shown]:
            # A heading may be broken into lines, or end with a full stop of its own.
            named = ", ".join(missing).replace("\n", "").removesuffix(".")
            yield Text(f"Not shown for want of width: {named}.")

    def _has_padding(self, index: int) -> bool:
        """Tell whether a cell ends with space for a mark or a decimal of others, which rich would strip."""
        return any(_plain(row[index]).endswith(" ") for row in self.rows)

    def _fitted(self, widths: list[int], room: int) -> tuple[list[int], list[int]]:
        """Return the columns to show, and the width of each column."""
        shown = list(range(len(self.columns)))
        names = [index for index in shown if index in self.texts]
        figures = [index for index in shown if index not in self.texts]
        least = list(widths)
        for index in names:
            cells = (_plain(row[index]) for row in (self.columns, *self.rows))
            least[index] = max(
                cell_len(piece.rstrip()) for cell in cells for piece in [*_PIECE.findall(cell), ""]
            )

        def needed(chosen: Sequence[int]) -> int:
            return sum(chosen) + _GAP * (len(shown) - 1)

        for group in self._leavable(figures):
            if needed([least[index] for index in shown]) <= room:
                break
            shown = [index for index in shown if index not in group]
        spare = room - needed([least[index] for index in shown])
        fitted = list(least)
        for index in names:
            change = min(spare, widths[index] - least[index])
            if spare < 0:
                change = max(spare, _NARROWEST - least[index], -least[index] + 1)
            fitted[index] += change
            spare -= change
        return shown, fitted

    def _leavable(self, figures: Sequence[int]) -> list[list[int]]:
        """Return the groups of columns in the order in which they are left out."""
        first = [[index for index in figures[1:] if self.columns[index] in group] for group in self.spare]
        gone = {index for group in first for index in group}
        return [*first, *([index] for index in reversed(figures[1:]) if index not in gone)]


def _right(cell: Cell, width: int) -> Cell:
    """Return a cell padded on its left to a width."""
    missing = width - cell_len(_plain(cell))
    if isinstance(cell, Text):
        padded = cell.copy()
        padded.pad_left(missing)
        return padded
    return " " * missing + cell


def broken(cell: Cell, width: int) -> Cell:
    """Return a name in lines of a width, broken behind ``?``, ``-``, ``:`` or ``/``, and else anywhere."""
    name = _plain(cell)
    if cell_len(name) <= width:
        return cell
    lines = [""]
    for piece in _PIECE.findall(name):
        if cell_len((lines[-1] + piece).rstrip()) <= width:
            lines[-1] += piece
        else:
            lines += chop_cells(piece, width) if cell_len(piece.rstrip()) > width else [piece.lstrip()]
    text = "\n".join(line for line in lines if line)
    return text if isinstance(cell, str) else Text(text, style=cell.style)


def _width(cell: Cell) -> int:
    """The width of a cell's widest line; a heading may have several."""
    return max(map(cell_len, _plain(cell).split("\n")))


def _plain(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.plain

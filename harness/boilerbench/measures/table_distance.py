"""The edit distance of tables as trees: the least number of nodes to insert, delete and rename.

A table is a tree of three levels: itself, its rows, their cells. Inserting or deleting a node costs 1; what
was in it moves up one level, so that two rows can be joined by deleting one of them. Renaming costs 1 between
kinds and between cells that reach over different numbers of rows or columns, else the edit distance of
their texts by the length of the longer. These are the costs of TEDS (Zhong et al., ECCV 2020).

Zhang and Shasha (1989), Simple Fast Algorithms for the Editing Distance between Trees and Related Problems,
compare every pair of subtrees. With three levels, those of cells and rows can be compared beforehand, all at
once, since two nodes of one kind with anything in them are best renamed into one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from boilerbench.measures.table_cells import Cell, Table

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TableTrees:
    """Tables as trees, all cells and rows of all tables numbered through."""

    cells: tuple[Cell, ...]
    rows: tuple[tuple[int, int], ...]
    """The first cell of each row, and the one after its last."""
    tables: tuple[tuple[int, int], ...]
    """The first row of each table, and the one after its last."""

    @property
    def sizes(self) -> list[int]:
        """The number of nodes of each table."""
        return [
            1 + sum(1 + end - start for start, end in self.rows[first:last]) for first, last in self.tables
        ]


def table_trees(tables: Sequence[Table]) -> TableTrees:
    """Number the cells and rows of tables through; every row has a cell."""
    cells: list[Cell] = []
    rows: list[tuple[int, int]] = []
    spans: list[tuple[int, int]] = []
    for table in tables:
        first = len(rows)
        for row in table:
            rows.append((len(cells), len(cells) + len(row)))
            cells += row
        spans.append((first, len(rows)))
    return TableTrees(tuple(cells), tuple(rows), tuple(spans))


def table_distances(first: TableTrees, second: TableTrees) -> Floats:
    """Return the edit distance of each table of one side and each of the other: tables × tables."""
    costs = _Costs(first, second)
    columns = [_nodes(second, span) for span in second.tables]
    distances = np.zeros((len(first.tables), len(second.tables)))
    for number, span in enumerate(first.tables):
        nodes = _nodes(first, span)
        for other, others in enumerate(columns):
            distances[number, other] = _forest_distance(nodes, others, costs)
    return distances


@dataclass(frozen=True, slots=True)
class _Nodes:
    """The nodes of a table below itself, each after what is in it."""

    numbers: Ints
    """The number of each cell; of each row its number behind all cells."""
    before: Ints
    """The number of nodes before the subtree of each."""


def _nodes(trees: TableTrees, table: tuple[int, int]) -> _Nodes:
    numbers: list[int] = []
    before: list[int] = []
    for row in range(*table):
        start = len(numbers)
        cells = range(*trees.rows[row])
        numbers += [*cells, len(trees.cells) + row]
        before += [*range(start, start + len(cells)), start]
    return _Nodes(np.array(numbers), np.array(before))


class _Costs:
    """The edit distances of all cells and rows of one side and all of the other."""

    def __init__(self, first: TableTrees, second: TableTrees) -> None:
        cells = _cell_costs(first.cells, second.cells)
        # A cell and a row: all of the row is inserted but one node, which the cell is renamed into. The row
        # itself would cost 1, as much as its most different cell.
        cell_row = _nearest(cells, second.rows)
        row_cell = _nearest(cells.T, first.rows).T
        rows = _row_distances(first, second, cells)
        self.trees: Floats = np.block([[cells, cell_row], [row_cell, rows]])


def _cell_costs(first: Sequence[Cell], second: Sequence[Cell]) -> Floats:
    texts = [list(dict.fromkeys(cell.text for cell in cells)) for cells in (first, second)]
    distances = cdist(*texts, scorer=Levenshtein.normalized_distance, dtype=np.float64)
    indices = [{text: index for index, text in enumerate(known)} for known in texts]
    costs = distances[
        np.ix_(
            [indices[0][cell.text] for cell in first],
            [indices[1][cell.text] for cell in second],
        )
    ]
    spans = [np.array([(cell.columns, cell.rows) for cell in cells]) for cells in (first, second)]
    costs[(spans[0][:, None, :] != spans[1][None, :, :]).any(axis=2)] = 1
    return costs


def _nearest(cells: Floats, rows: Sequence[tuple[int, int]]) -> Floats:
    """Return the edit distance of each cell and each row: cells × rows."""
    nearest = np.minimum.reduceat(cells, [start for start, _ in rows], axis=1)
    costs: Floats = nearest + np.array([end - start for start, end in rows])
    return costs


def _row_distances(first: TableTrees, second: TableTrees, cells: Floats) -> Floats:
    """Return the edit distance of each row and each row: rows of one length at once."""
    distances = np.zeros((len(first.rows), len(second.rows)))
    for length, rows in _by_length(first).items():
        for other_length, others in _by_length(second).items():
            shape = (len(rows), len(others), other_length)
            steps = np.arange(other_length + 1)
            row = np.broadcast_to(steps.astype(float), (*shape[:2], other_length + 1))
            starts = np.array([second.rows[number][0] for number in others])
            columns = starts[:, None] + np.arange(other_length)
            for index in range(length):
                own = np.array([first.rows[number][0] + index for number in rows])
                costs = cells[own[:, None, None], columns[None, :, :]]
                best = np.minimum(row[..., 1:] + 1, row[..., :-1] + costs)
                row = _with_insertions(np.full((*shape[:2], 1), index + 1.0), best, steps)
            distances[np.ix_(rows, others)] = row[..., -1]
    return distances


def _by_length(trees: TableTrees) -> dict[int, list[int]]:
    lengths: dict[int, list[int]] = {}
    for number, (start, end) in enumerate(trees.rows):
        lengths.setdefault(end - start, []).append(number)
    return lengths


def _with_insertions(first: Floats, best: Floats, steps: Ints) -> Floats:
    """Complete a line of a table of distances: each is 1 more than the one before it, if that is less."""
    line = np.concatenate([first, best], axis=-1)
    completed: Floats = np.minimum.accumulate(line - steps, axis=-1) + steps
    return completed


def _forest_distance(first: _Nodes, second: _Nodes, costs: _Costs) -> float:
    """Return the edit distance of what is in two tables, and so of the tables."""
    trees = costs.trees[np.ix_(first.numbers, second.numbers)]
    steps = np.arange(len(second.numbers) + 1)
    lines = np.empty((len(first.numbers) + 1, len(steps)))
    lines[0] = steps
    for index in range(len(first.numbers)):
        whole = lines[first.before[index], second.before] + trees[index]
        best = np.minimum(lines[index, 1:] + 1, whole)
        lines[index + 1] = _with_insertions(np.array([index + 1.0]), best, steps)
    return float(lines[-1, -1])

"""The best assignment of the rows of a matrix to its columns, one to one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def best_assignment(gains: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Return the pairs of rows and columns, each in one pair at most, whose gains have the largest sum.

    The Hungarian method with potentials (Kuhn, 1955; Munkres, 1957), row by row, in cubic time.

    Args:
        gains: of each pair, rows × columns, none of them negative.

    Returns:
        As many pairs as there are of the fewer, by row.
    """
    rows, columns = gains.shape
    if rows > columns:
        return sorted((row, column) for column, row in best_assignment(gains.T))
    costs = -gains
    of_row, of_column = np.zeros(rows), np.zeros(columns)
    owner = np.full(columns, -1)
    for row in range(rows):
        _assign(row, costs, of_row, of_column, owner)
    return sorted((int(row), column) for column, row in enumerate(owner) if row >= 0)


def _assign(
    row: int,
    costs: NDArray[np.float64],
    of_row: NDArray[np.float64],
    of_column: NDArray[np.float64],
    owner: NDArray[np.int64],
) -> None:
    """Give one more row a column along the cheapest way of giving others another one."""
    columns = costs.shape[1]
    least = np.full(columns, np.inf)
    before = np.full(columns, -1)
    used = np.zeros(columns, bool)
    at_row, at_column = row, -1
    while True:
        reduced = costs[at_row] - of_row[at_row] - of_column
        nearer = ~used & (reduced < least)
        least[nearer] = reduced[nearer]
        before[nearer] = at_column
        column = int(np.argmin(np.where(used, np.inf, least)))
        step = least[column]
        of_row[row] += step
        of_row[owner[used]] += step
        of_column[used] -= step
        least[~used] -= step
        used[column] = True
        at_column = column
        if owner[column] < 0:
            break
        at_row = int(owner[column])
    while at_column >= 0:
        previous = int(before[at_column])
        owner[at_column] = owner[previous] if previous >= 0 else row
        at_column = previous

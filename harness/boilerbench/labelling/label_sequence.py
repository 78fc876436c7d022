"""The best sequence of labels, found again from where scores have changed.

Viterbi's algorithm (1967), whose state is kept: the best scores up to a block depend on the block before, so
that a change runs on to the next blocks until it makes no difference any more, which is soon.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]
    Rows = NDArray[np.intp]

_SAME = 1e-9
"""Scores that differ by less are the same but for rounding."""
_ROUNDS = 64
"""Rounds after which what still changes is followed row by row, which is linear in any case."""
_AT_ONCE = 2048
"""Rows that are computed at once, which bounds memory."""


class BestSequence:
    """The columns of the path with the highest sum of scores and steps.

    Args:
        scores: of each label (column) for each block (row); it is kept, and changed by ``change``.
        steps: of a label (row) before another one (column).
    """

    def __init__(self, scores: Scores, steps: Scores) -> None:
        import numpy as np

        self.scores = scores
        self._into = np.ascontiguousarray(steps.T)
        number, width = scores.shape
        # Each row less its highest, so that what is the same looks the same.
        self._best = np.zeros((number, width))
        self._before = np.zeros((number, width), dtype=np.uint8)
        self._follow(set(range(number)))

    def change(self, rows: Rows, scores: Scores) -> None:
        """Set the scores of some rows.

        Args:
            rows: their indices, ascending.
            scores: a row for each of them, or one row for all.
        """
        moved = rows[(self.scores[rows] != scores).any(axis=1)]
        self.scores[rows] = scores
        self._renew(moved)

    def columns(self) -> list[int]:
        """Return the column of each block."""
        number = len(self.scores)
        if not number:
            return []
        path = [int(self._best[-1].argmax())]
        before = self._before.item
        for index in range(number - 1, 0, -1):
            path.append(before(index, path[-1]))
        return path[::-1]

    def _renew(self, rows: Rows) -> None:
        """Compute rows, and those after them as far as they change."""
        import numpy as np

        number = len(self.scores)
        for _ in range(_ROUNDS):
            if not len(rows):
                return
            pieces = range(0, len(rows), _AT_ONCE)
            moved = np.concatenate([self._computed(rows[start : start + _AT_ONCE]) for start in pieces])
            rows = moved[moved < number - 1] + 1
        self._follow(set(rows.tolist()))

    def _follow(self, rows: set[int]) -> None:
        """Compute rows one after the other, and those after them as far as they change."""
        import numpy as np

        every = np.arange(self.scores.shape[1])
        for index in range(min(rows, default=0), len(self.scores) if rows else 0):
            if index not in rows:
                continue
            through = self._best[index - 1] + self._into if index else 0 * self._into
            before = through.argmax(axis=1)
            fresh = through[every, before] + self.scores[index]
            fresh -= fresh.max()
            if np.abs(fresh - self._best[index]).max() > _SAME:
                rows.add(index + 1)
            self._before[index] = before
            self._best[index] = fresh

    def _computed(self, rows: Rows) -> Rows:
        """Compute rows from those before them as they are; return the rows that changed."""
        import numpy as np

        best = self._best[rows - 1]
        best[rows == 0] = 0
        through = best[:, None, :] + self._into
        through[rows == 0] = 0
        before = through.argmax(axis=2)
        fresh = np.take_along_axis(through, before[:, :, None], axis=2)[:, :, 0] + self.scores[rows]
        fresh -= fresh.max(axis=1, keepdims=True)
        moved: Rows = rows[np.abs(fresh - self._best[rows]).max(axis=1) > _SAME]
        self._before[rows] = before
        self._best[rows] = fresh
        return moved

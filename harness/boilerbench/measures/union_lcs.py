"""The union of the longest common subsequences of each line of gold with all lines of an output."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np

from boilerbench.measures.bit_vectors import UNKNOWN, as_characters
from boilerbench.measures.bounds import check_table
from boilerbench.measures.lcs_columns import LcsColumns, LineWalk
from boilerbench.records import Counts

if TYPE_CHECKING:
    from numpy.typing import NDArray

Lines = list[list[str]]

_FOREIGN_RUN = re.compile("\0\0+")
_WALK_IN_STEP = 8
"""The cost of walking back all lines of gold by a token, in matches of a single line."""


class UnionLcs:
    """Several golds as lines of tokens, to be compared with many outputs; a line of several is kept once.

    The lines of gold lie side by side in one large number, one bit a token. The longest common subsequences
    of an output's line with all of them are found at once: the table's columns as bit vectors, see
    ``LcsColumns``, then walked back. Where several longest common subsequences exist, the walk takes the one
    that rouge-score's ``_backtrack_norec`` takes: a match wherever there is one, else up (to the token of
    gold before) unless only left keeps the length. Up is taken exactly where the column's vertical step is 0.
    Left is then taken until there is a match: as far as the length stays the same to the left, that of a
    token less of gold is smaller there, too.
    """

    def __init__(self, *golds: Lines) -> None:
        distinct = dict.fromkeys(tuple(line) for gold in golds for line in gold)
        numbers: dict[str, str] = {}
        for token in (token for line in distinct for token in line):
            numbers.setdefault(token, chr(len(numbers) + 1))
        self._numbers = numbers
        self._lines = ["".join(map(numbers.__getitem__, line)) for line in distinct]
        self._totals = [sum(map(len, gold)) for gold in golds]
        indexes = {line: index for index, line in enumerate(distinct)}
        self._weights = [
            np.bincount([indexes[tuple(line)] for line in gold], minlength=len(distinct)) for gold in golds
        ]
        self._matches = _matches_by_length(self._lines)
        self._placed = False

    def _place_lines(self) -> None:
        """Give each token of gold its bit, the first of a line the lowest, and each line a bit above them.

        That bit, the guard, stops carries. For the walk of all lines in step, which needs the highest set bit
        in every line, vectors are mirrored, since the lowest is what a subtraction finds in all at once.
        """
        positions: dict[str, list[int]] = {}
        self._starts, guards, lowest = [], [], []
        start = 0
        for line in self._lines:
            self._starts.append(start)
            for bit, token in enumerate(line, start):
                positions.setdefault(token, []).append(bit)
            start += len(line) + 1
        self._width = start
        for begin, line in zip(self._starts, self._lines, strict=True):
            # Mirrored, a line begins with its last token, and the guard is the bit above its first.
            lowest.append(start - begin - len(line))
            guards.append(start - begin)
        self._bytes = self._width // 8 + 1
        self._masks = {token: _bits(bits) for token, bits in positions.items()}
        self._mirrored = {
            token: _bits([self._width - 1 - bit for bit in bits]) for token, bits in positions.items()
        }
        self._masks[UNKNOWN] = self._mirrored[UNKNOWN] = 0
        self._all = sum(self._masks.values())
        self._all_mirrored = sum(self._mirrored.values())
        self._lowest, self._guards = _bits(lowest), _bits(guards)

    def counts(self, lines: Iterable[Sequence[str]]) -> list[Counts]:
        """Count for each gold the tokens that an output shares with it, and those that either has beyond.

        Raises:
            UnscorableError: gold or output is too long.
        """
        total = 0
        returned: Counter[str] = Counter()
        distinct: dict[str, None] = {}
        for line in lines:
            total += len(line)
            text = as_characters(line, self._numbers)
            returned.update(text)
            # A second foreign token in a row changes nothing in the walk, nor does one at the beginning.
            distinct[_FOREIGN_RUN.sub(UNKNOWN, text).lstrip(UNKNOWN)] = None
        hits = self._hits(self._found(distinct), returned) if any(distinct) else repeat(0)
        return [
            Counts(shared, total - shared, expected - shared)
            for expected, shared in zip(self._totals, hits, strict=False)
        ]

    def _found(self, lines: Collection[str]) -> int:
        """Gold's tokens, mirrored, that lie on the longest common subsequences with any of these lines."""
        check_table(sum(map(len, self._lines)), sum(map(len, lines)), len(self._numbers))
        if not self._placed:
            self._place_lines()
            self._placed = True
        found = 0
        complete = {UNKNOWN}
        for line in lines:
            if complete.issuperset(line):
                # All that this line could find has been found.
                continue
            matches = self._matches[min(len(line), len(self._matches) - 1)]
            walk = self._walk_each if matches <= _WALK_IN_STEP * len(line) else self._walk_in_step
            new = walk(line) & ~found
            if new:
                found |= new
                missing = self._all_mirrored ^ found
                complete.update(token for token in set(line) if not self._mirrored[token] & missing)
        return found

    def _hits(self, found: int, returned: Counter[str]) -> Iterator[int]:
        """For each gold, the tokens found, none more often than the output has it."""
        bits = np.unpackbits(
            np.frombuffer(found.to_bytes(self._bytes, "little"), np.uint8), bitorder="little"
        )
        positions = self._width - 1 - np.flatnonzero(bits)
        lines = np.searchsorted(self._starts, positions, side="right") - 1
        tokens = self._tokens[positions]
        most = np.array([returned[chr(number)] for number in range(len(self._numbers) + 1)])
        for weights in self._weights:
            times = np.bincount(tokens, weights[lines], minlength=len(most))
            yield int(np.minimum(times, most).sum())

    @functools.cached_property
    def _tokens(self) -> NDArray[np.int64]:
        """By bit, the number of the token."""
        return np.array([ord(token) for line in self._lines for token in (*line, UNKNOWN)], np.int64)

    def _walk_each(self, line: str) -> int:
        """Gold's tokens, mirrored, on the longest common subsequences with a line: gold line by gold line."""
        columns = LcsColumns(self._masks, self._all, line)
        found: list[int] = []
        walks = [LineWalk(*gold, len(line) - 1) for gold in zip(self._lines, self._starts, strict=True)]
        for first in columns.chunks():
            for walk in walks:
                if walk.index >= first:
                    found += [walk.start + row for row, _ in walk.on(columns, self._masks, line, first)]
            walks = [walk for walk in walks if walk.index >= 0]
            if not walks:
                break
        return _bits(self._width - 1 - bit for bit in found)

    def _walk_in_step(self, line: str) -> int:
        """Gold's tokens, mirrored, on the longest common subsequences with a line: all gold lines at once."""
        columns = LcsColumns(self._masks, self._all, line)
        lowest, guards, everything = self._lowest, self._guards, self._all_mirrored
        found = 0
        open_ = everything
        for first in columns.chunks():
            steps = columns.steps()
            tokens = reversed(line[first : first + len(steps)])
            for token, step in zip(tokens, self._mirror(steps), strict=True):
                matches = self._mirrored[token]
                ahead = ((matches | step) & open_) | guards
                passed = ahead ^ (ahead - lowest)
                reached = ahead & passed
                found |= reached & matches
                open_ = everything & (~passed | reached & ~matches)
                if not open_:
                    return found
        return found

    def _mirror(self, vectors: Sequence[int]) -> Iterator[int]:
        """The vectors from the last to the first, each with its bits in opposite order."""
        size = self._bytes
        # A vector fills the lowest ``width`` bits; mirrored as whole bytes it has the spare bits below.
        spare = 8 * size - self._width
        for vector in reversed(vectors):
            yield int.from_bytes(vector.to_bytes(size, "big").translate(_MIRRORED_BYTES), "little") >> spare


_MIRRORED_BYTES = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


def _matches_by_length(lines: Sequence[str]) -> list[int]:
    """By the length of an output's line, the most matches and ends that walks of lines of gold can have."""
    longest = max(map(len, lines), default=0)
    by_length = np.bincount([len(line) for line in lines], minlength=longest + 1)
    longer = by_length[::-1].cumsum()[::-1]
    matches: list[int] = (np.concatenate(([0], longer[1:].cumsum())) + len(lines)).tolist()
    return matches


def _bits(positions: Iterable[int]) -> int:
    """The number that has just these bits."""
    return functools.reduce(lambda bits, position: bits | 1 << position, positions, 0)

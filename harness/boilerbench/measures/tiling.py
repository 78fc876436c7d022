"""Greedy string tiling: the longest runs of a sequence in what is left of a text, over and over.

Source: Wise (1993), String Similarity via Greedy String Tiling. Here the longest run of all pieces of a
sequence that are not yet in a run is taken first; of equally long ones, that of the piece that has been there
longest, then the first in the piece, and where that stands several times in the text, the first of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from boilerbench.measures.suffix_automaton import Occurrences, SuffixAutomaton

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

SHORTEST_RUN = 3
"""Words in a row that are evidence of a block; of a shorter block, all its words."""

BYTES = 3
"""Of a token, the first with its highest bit set and the others not, so that no token begins within one."""
_BLANK = bytes((0x80, 0, 1))
_SMALL = 1 << 13
"""Bytes of a text up to which all of it is looked at."""
_FEW = 4096
"""Positions of a run up to which each is looked at, instead of all of the text."""

Run = tuple[int, int]
"""A node of the automaton and a length."""


class RestOfText:
    """A text whose tokens can be taken, with the automaton of the sequences that take them.

    Args:
        automaton: of the sequences.
        text: a character a token; ``chr(1)`` stands for none.
    """

    def __init__(self, automaton: SuffixAutomaton, text: str) -> None:
        self._automaton = automaton
        self._occurrences = Occurrences(automaton, text)
        self._rest = bytearray(encoded(text))
        self._taken: list[tuple[int, bytes]] = []
        self._lowest: dict[Run, int] = {}
        """Where a run first stands, or a position before it; −1 where it no longer does."""
        self._lowest_now: dict[Run, int] = {}

    def longest(self, starts: Iterable[int]) -> list[int]:
        """The lengths of the longest runs from nodes of ``starts`` that were in the text from the first."""
        return list(map(self._occurrences.longest.__getitem__, starts))

    def find(self, start: int, run: bytes) -> int:
        """Return the first index of an encoded run, which begins at a node of ``starts``, or −1."""
        length = len(run) // BYTES
        if self._occurrences.longest[start] < length:
            return -1
        node = self._automaton.node_of(self._occurrences.deepest[start], length)
        key = node, length
        lowest = self._lowest_now.get(key)
        if lowest is None:
            lowest = self._lowest.get(key, 0)
        if lowest >= 0:
            lowest = self._lowest_now[key] = self._found(node, run, lowest)
        return lowest

    def blank(self, start: int, length: int) -> None:
        """Take tokens out of the text."""
        piece = slice(BYTES * start, BYTES * (start + length))
        self._taken.append((start, bytes(self._rest[piece])))
        self._rest[piece] = _BLANK * length

    def keep(self) -> None:
        """Make what was taken since the last time final."""
        self._taken.clear()
        self._lowest.update(self._lowest_now)
        self._lowest_now.clear()

    def undo(self) -> None:
        """Put back what was taken since the last time."""
        for start, tokens in reversed(self._taken):
            self._rest[BYTES * start : BYTES * start + len(tokens)] = tokens
        self._taken.clear()
        self._lowest_now.clear()

    def _found(self, node: int, run: bytes, lowest: int) -> int:
        import numpy as np

        small = len(self._rest) < _SMALL
        if small or self._occurrences.number(node) > _FEW:
            lowest = lowest if small else max(lowest, self._occurrences.first(node))
            index = self._rest.find(run, BYTES * lowest)
            return index // BYTES if index >= 0 else -1
        positions = np.sort(self._occurrences.positions(node))
        for position in positions[np.searchsorted(positions, lowest) :].tolist():
            if self._rest.startswith(run, BYTES * position):
                return int(position)
        return -1


@dataclass(slots=True)
class _Piece:
    """Tokens of a sequence that are not yet in a run."""

    start: int
    end: int
    bound: int
    """A number of tokens that no run of it has more of."""


def tiles(
    sequence: bytes, starts: Sequence[int], rest: RestOfText, least: float = 0
) -> list[tuple[int, int]]:
    """Take the runs of a sequence from the rest of a text, longest first; return their spans there.

    Args:
        sequence: encoded.
        starts: the automaton's nodes of its tokens.
        rest: what it takes its runs from; the caller keeps or undoes that.
        least: a number of tokens; fewer are not worth the search, and then there may be no spans.
    """
    import numpy as np

    known = rest.longest(starts)
    if not 0 < _covered(known) >= least:
        return []
    longest = np.array(known)
    pieces = [_piece(longest, 0, len(starts))]
    spans: list[tuple[int, int]] = []
    while pieces and (length := max(piece.bound for piece in pieces)) >= SHORTEST_RUN:
        index = 0
        while index < len(pieces):
            piece = pieces[index]
            if piece.bound < length:
                index += 1
                continue
            start = piece.start + int(np.argmax(_bounds(longest, piece.start, piece.end) >= length))
            found = rest.find(starts[start], _run(sequence, start, length))
            if found < 0:
                longest[start] = _longest_left(sequence, starts, start, length - 1, rest)
                piece.bound = int(_bounds(longest, piece.start, piece.end).max())
                continue
            rest.blank(found, length)
            spans.append((found, found + length))
            sides = (piece.start, start), (start + length, piece.end)
            pieces[index : index + 1] = []
            pieces += [_piece(longest, *side) for side in sides if side[1] - side[0] >= SHORTEST_RUN]
    return spans


def _covered(longest: Sequence[int]) -> int:
    """Count the tokens in runs, given the longest from each."""
    covered = end = 0
    for start, length in enumerate(longest):
        if length >= SHORTEST_RUN and start + length > end:
            covered += start + length - max(start, end)
            end = start + length
    return covered


def _run(sequence: bytes, start: int, length: int) -> bytes:
    return sequence[BYTES * start : BYTES * (start + length)]


def _piece(longest: Integers, start: int, end: int) -> _Piece:
    return _Piece(start, end, int(_bounds(longest, start, end).max()))


def _bounds(longest: Integers, start: int, end: int) -> Integers:
    """For each token of a piece, the number of tokens that no run from it has more of."""
    import numpy as np

    return np.minimum(longest[start:end], np.arange(end - start, 0, -1))


def _longest_left(sequence: bytes, starts: Sequence[int], start: int, most: int, rest: RestOfText) -> int:
    """The length of the longest run from a token that is in the rest of a text, at most ``most``."""
    least = SHORTEST_RUN - 1
    while least < most:
        length = (least + most + 1) // 2
        if rest.find(starts[start], _run(sequence, start, length)) >= 0:
            least = length
        else:
            most = length - 1
    return least


def encoded(text: str) -> bytes:
    """Each token as ``BYTES`` bytes."""
    import numpy as np

    numbers = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    tokens = np.empty((len(numbers), BYTES), np.uint8)
    tokens[:, 0] = numbers >> 14 | 0x80
    tokens[:, 1] = numbers >> 7 & 0x7F
    tokens[:, 2] = numbers & 0x7F
    return tokens.tobytes()

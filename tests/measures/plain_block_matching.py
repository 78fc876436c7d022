"""Blocks matched against an output as plainly as can be, by looking for strings in what is left of it.

It takes cubic time on texts that repeat themselves. The measure has to match the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from boilerbench.measures.block_matching import PRESENT, PreparedBlocks, WordSpan
from boilerbench.measures.tiling import SHORTEST_RUN

_UNKNOWN = "\0"
_TAKEN = "\1"


def plainly_taken_spans(expected: PreparedBlocks, words: Sequence[str]) -> list[list[WordSpan]]:
    """Find the spans of words that each block, in page order, takes from an output."""
    return PlainMatching(expected, words).run()


class PlainMatching:
    """The blocks of a page taking their words from one output."""

    def __init__(self, expected: PreparedBlocks, words: Sequence[str]) -> None:
        self._expected = expected
        self._taken: list[list[WordSpan]] = [[] for _ in expected.texts]
        self._rest = "".join(expected.characters.get(word, _UNKNOWN) for word in words)

    def run(self) -> list[list[WordSpan]]:
        """Match whole blocks, then partial blocks, then short blocks, then fragments.

        A block that is there for the most part may contain a whole one, so that goes first; the words of a
        short block may stand anywhere.
        """
        texts, order = self._expected.texts, self._expected.order
        long = [block for block in order if len(texts[block]) >= SHORTEST_RUN]
        short = [block for block in order if 0 < len(texts[block]) < SHORTEST_RUN]
        broken = self._take_runs(self._take_whole(long), PRESENT)
        self._take_whole(short)
        self._take_runs(broken, 0)
        return self._taken

    def _take_whole(self, blocks: Iterable[int]) -> list[int]:
        """Let blocks take their words where all stand in a row; return those that do not."""
        missing = []
        for block in blocks:
            text = self._expected.texts[block]
            start = self._rest.find(text)
            if start >= 0:
                self._rest = _blanked(self._rest, start, len(text))
                self._taken[block] = [(start, start + len(text))]
            else:
                missing.append(block)
        return missing

    def _take_runs(self, blocks: Iterable[int], least: float) -> list[int]:
        """Let blocks take runs of their words that are a share of at least ``least``; return the others."""
        missing = []
        for block in blocks:
            text = self._expected.texts[block]
            spans, rest = _runs_found(text, self._rest)
            number = sum(end - start for start, end in spans)
            if number and number >= least * len(text):
                self._taken[block], self._rest = spans, rest
            else:
                missing.append(block)
        return missing


def _runs_found(block: str, rest: str) -> tuple[list[WordSpan], str]:
    """Find runs of a block's words in the rest of an output; return them and what is left."""
    pieces = [block]
    spans: list[WordSpan] = []
    number = 0
    while pieces:
        best = max(((*_longest_run(piece, rest), piece) for piece in pieces), key=lambda run: run[0])
        length, start_in_piece, start, piece = best
        if length < SHORTEST_RUN:
            break
        number += length
        spans.append((start, start + length))
        rest = _blanked(rest, start, length)
        pieces.remove(piece)
        sides = (piece[:start_in_piece], piece[start_in_piece + length :])
        pieces += [side for side in sides if len(side) >= SHORTEST_RUN]
    if number:
        rest = _closed(rest, sorted(spans), len(block) - number)
    return spans, rest


def _longest_run(piece: str, rest: str) -> tuple[int, int, int]:
    """Length of the longest run of a piece in the rest of an output, and its start in either."""
    best = (0, 0, 0)
    start = 0
    while start + max(SHORTEST_RUN, best[0] + 1) <= len(piece):
        length = max(SHORTEST_RUN, best[0] + 1)
        start_in_rest = rest.find(piece[start : start + length])
        if start_in_rest < 0:
            start += 1
            continue
        while (
            start + length < len(piece)
            and (later := rest.find(piece[start : start + length + 1], start_in_rest)) >= 0
        ):
            length, start_in_rest = length + 1, later
        best = (length, start, start_in_rest)
    return best


def _blanked(rest: str, start: int, length: int) -> str:
    return f"{rest[:start]}{_TAKEN * length}{rest[start + length :]}"


def _closed(rest: str, spans: Sequence[WordSpan], missing: int) -> str:
    """Blank gaps between a block's runs that are not much wider than the words it misses."""
    for (_, end), (start, _) in pairwise(spans):
        if 0 < start - end <= missing + SHORTEST_RUN:
            rest = _blanked(rest, end, start - end)
    return rest

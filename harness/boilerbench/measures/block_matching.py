"""The blocks of a page matched against an output: which words of it each block takes.

Every block takes its words from the output, and no word is taken twice: longest first after Wise (1993),
String Similarity via Greedy String Tiling.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from boilerbench.records import FOREIGN, Block, Role
from boilerbench.tokenizers import icu_words

SHORTEST_RUN = 3
"""Words in a row that are evidence of a block; of a shorter block, all its words."""
PRESENT = 0.5
"""The share of its words from which a block counts as present."""

WordSpan = tuple[int, int]
"""The index of a first word, and the index after the last."""

_UNKNOWN = "\0"
_TAKEN = "\1"
_FIRST = 2


@dataclass(frozen=True, slots=True)
class PreparedBlocks:
    """A page's blocks, their words as one character each."""

    blocks: tuple[Block, ...]
    texts: list[str]
    characters: dict[str, str]
    order: list[int]
    """Longest first; of equally long ones body before optional before boilerplate, then as on the page."""


def prepare_blocks(blocks: Sequence[Block], roles: Sequence[Role]) -> PreparedBlocks:
    """Make the blocks of a page, each with its role, ready to be matched against many outputs."""
    words = [block_words(block.text) for block in blocks]
    distinct = dict.fromkeys(word for block in words for word in block)
    characters = {word: chr(number) for number, word in enumerate(distinct, _FIRST)}
    texts = ["".join(map(characters.__getitem__, block)) for block in words]
    ranks = {role: rank for rank, role in enumerate(Role)}
    order = sorted(
        range(len(texts)),
        key=lambda index: (-len(texts[index]), ranks[roles[index]], index),
    )
    return PreparedBlocks(tuple(blocks), texts, characters, order)


def block_words(text: str) -> list[str]:
    """ICU's words, without the underscores of Markdown's emphasis, which would belong to them."""
    return [bare for word in icu_words(text) if (bare := word.strip("_"))]


def found_words(expected: PreparedBlocks, words: Sequence[str]) -> list[int]:
    """Count the words of each block, in page order, that are among those of an output."""
    return [sum(end - start for start, end in spans) for spans in taken_spans(expected, words)]


def labels_of_words(expected: PreparedBlocks, words: Sequence[str]) -> list[str]:
    """For each word of an output, as ICU cuts it, the label of the block that took it, or ``FOREIGN``."""
    bare_words = [(index, bare) for index, word in enumerate(words) if (bare := word.strip("_"))]
    labels = [FOREIGN] * len(words)
    taken = taken_spans(expected, [bare for _, bare in bare_words])
    for block, spans in zip(expected.blocks, taken, strict=True):
        for start, end in spans:
            for index, _ in bare_words[start:end]:
                labels[index] = block.label
    return labels


def taken_spans(expected: PreparedBlocks, words: Sequence[str]) -> list[list[WordSpan]]:
    """Find the spans of words that each block, in page order, takes from an output."""
    return _Matching(expected, words).run()


class _Matching:
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

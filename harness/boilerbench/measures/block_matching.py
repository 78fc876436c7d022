"""The blocks of a page matched against an output: which words of it each block takes.

Every block takes its words from the output, and no word is taken twice: longest first after Wise (1993),
String Similarity via Greedy String Tiling.
"""

from __future__ import annotations

import functools
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from boilerbench.measures.bit_vectors import as_characters
from boilerbench.measures.suffix_automaton import SuffixAutomaton
from boilerbench.measures.tiling import SHORTEST_RUN, RestOfText, encoded, tiles
from boilerbench.records import FOREIGN, Block, Role
from boilerbench.tokenizers import icu_words

__all__ = [
    "PRESENT",
    "PreparedBlocks",
    "WordSpan",
    "block_words",
    "found_words",
    "is_present",
    "labels_of_words",
    "prepare_blocks",
    "taken_spans",
    "taken_words",
]

PRESENT = 0.5
"""The share of its words from which a block counts as present."""

WordSpan = tuple[int, int]
"""The index of a first word, and the index after the last."""

_FIRST = 2


@dataclass(frozen=True, slots=True, eq=False)
class PreparedBlocks:
    """A page's blocks, their words as one character each; it equals itself alone."""

    blocks: tuple[Block, ...]
    texts: list[str]
    characters: dict[str, str]
    order: list[int]
    """Longest first; of equally long ones body before optional before boilerplate, then as on the page."""
    automaton: SuffixAutomaton
    encoded: list[bytes]
    """The texts, encoded as the automaton's."""


# Several measures in a row match the same page, and the same output.
@functools.lru_cache(maxsize=2)
def prepare_blocks(blocks: tuple[Block, ...], roles: tuple[Role, ...]) -> PreparedBlocks:
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
    return PreparedBlocks(blocks, texts, characters, order, SuffixAutomaton(texts), list(map(encoded, texts)))


def block_words(text: str) -> list[str]:
    """ICU's words, without the underscores of Markdown's emphasis, which would belong to them."""
    return [bare for word in icu_words(text) if (bare := word.strip("_"))]


def is_present(found: int, total: int) -> bool:
    """Tell whether so many of a block's words make it present."""
    return found >= PRESENT * total


def found_words(expected: PreparedBlocks, words: Sequence[str]) -> list[int]:
    """Count the words of each block, in page order, that are among those of an output."""
    return [sum(end - start for start, end in spans) for spans in taken_spans(expected, words)]


def labels_of_words(expected: PreparedBlocks, words: Sequence[str]) -> list[str]:
    """For each word of an output, as ICU cuts it, the label of the block that took it, or ``FOREIGN``."""
    labels = [FOREIGN] * len(words)
    for block, indexes in zip(expected.blocks, taken_words(expected, words), strict=True):
        for index in indexes:
            labels[index] = block.label
    return labels


def taken_words(expected: PreparedBlocks, words: Sequence[str]) -> Iterator[Iterator[int]]:
    """Yield the indexes of the words, as ICU cuts an output, that each block, in page order, takes."""
    bare_words = [word.strip("_") for word in words]
    indexes: Sequence[int] = range(len(words))
    if not all(bare_words):
        # In a small array, since there may be millions.
        indexes = array("i", (index for index, bare in enumerate(bare_words) if bare))
        bare_words = list(filter(None, bare_words))
    for spans in taken_spans(expected, bare_words):
        yield chain.from_iterable(indexes[start:end] for start, end in spans)


def taken_spans(expected: PreparedBlocks, words: Sequence[str]) -> list[list[WordSpan]]:
    """Find the spans of words that each block, in page order, takes from an output."""
    return _matched(expected, as_characters(words, expected.characters))


@functools.lru_cache(maxsize=2)
def _matched(expected: PreparedBlocks, text: str) -> list[list[WordSpan]]:
    return _Matching(expected, text).run()


class _Matching:
    """The blocks of a page taking their words from one output."""

    def __init__(self, expected: PreparedBlocks, text: str) -> None:
        self._texts, self._order = expected.texts, expected.order
        self._starts, self._encoded = expected.automaton.starts, expected.encoded
        self._taken: list[list[WordSpan]] = [[] for _ in expected.texts]
        self._rest = RestOfText(expected.automaton, text)

    def run(self) -> list[list[WordSpan]]:
        """Match whole blocks, then partial blocks, then short blocks, then fragments.

        A block that is there for the most part may contain a whole one, so that goes first; the words of a
        short block may stand anywhere.
        """
        long = [block for block in self._order if len(self._texts[block]) >= SHORTEST_RUN]
        short = [block for block in self._order if 0 < len(self._texts[block]) < SHORTEST_RUN]
        broken = self._take_runs(self._take_whole(long), PRESENT)
        self._take_whole(short)
        self._take_runs(broken, 0)
        return self._taken

    def _take_whole(self, blocks: Iterable[int]) -> list[int]:
        """Let blocks take their words where all stand in a row; return those that do not."""
        missing = []
        for block in blocks:
            start = self._rest.find(self._starts[block][0], self._encoded[block])
            if start >= 0:
                end = start + len(self._texts[block])
                self._rest.blank(start, end - start)
                self._taken[block] = [(start, end)]
            else:
                missing.append(block)
        self._rest.keep()
        return missing

    def _take_runs(self, blocks: Iterable[int], least: float) -> list[int]:
        """Let blocks take runs of their words that are a share of at least ``least``; return the others."""
        missing = []
        for block in blocks:
            total = len(self._texts[block])
            spans = tiles(self._encoded[block], self._starts[block], self._rest, least * total)
            number = sum(end - start for start, end in spans)
            if number and number >= least * total:
                self._close(sorted(spans), total - number)
                self._rest.keep()
                self._taken[block] = spans
            else:
                self._rest.undo()
                missing.append(block)
        return missing

    def _close(self, spans: Sequence[WordSpan], missing: int) -> None:
        """Blank gaps between a block's runs that are not much wider than the words it misses."""
        for (_, end), (start, _) in pairwise(spans):
            if 0 < start - end <= missing + SHORTEST_RUN:
                self._rest.blank(end, start - end)

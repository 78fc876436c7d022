"""Words of gold and output aligned: which got lost, which leaked, and which only stand elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Any

import numpy as np

from boilerbench.measures.alignment import aligned
from boilerbench.measures.bounds import UnscorableError
from boilerbench.measures.marks import Mark, Marked, Marker
from boilerbench.measures.optional_text import Characters, OptionalText
from boilerbench.measures.span_table import CODES, SpanTable
from boilerbench.measures.spanned_text import SpannedText, SpanTokenizer, without_spans
from boilerbench.records import Gold

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.signedinteger[Any]]

_BREAK = re.compile("\n")


def word_marker(
    gold: Gold, optional: OptionalText | None, tokenizer: SpanTokenizer, *, ordered: bool = False
) -> Marker:
    """A marker of words.

    Args:
        gold: what outputs are marked against.
        optional: what costs nothing in an output.
        tokenizer: shows a text and cuts its words.
        ordered: whether words that stand in another order cost something, as to a subsequence measure.
    """
    body = tokenizer.cut(tokenizer.shown(gold.body))

    def mark(text: str) -> Marked:
        shown = tokenizer.shown(text)
        pieces = optional.pieces(shown) if optional else []
        output = tokenizer.cut(without_spans(shown, pieces, " "))
        in_gold, in_output = _marks(body.words, output.words, strict=ordered)
        if pieces:
            output, in_output = _with_optional(shown, tokenizer.columns(shown), output, in_output, pieces)
        return Marked(shown, _spans(body, in_gold), _spans(output, in_output))

    counted = {Mark.LOST, Mark.LEAKED, *((Mark.MOVED,) if ordered else ())}
    return Marker(body.text, mark, counted=frozenset(counted))


def differing_words(first: SpannedText, second: SpannedText) -> tuple[SpanTable, SpanTable]:
    """Mark the words that either of two texts alone has: lost in the first, leaked in the second."""
    in_first, in_second = _marks(first.words, second.words, strict=False)
    return _spans(first, in_first), _spans(second, in_second)


def _with_optional(
    shown: str,
    spans: tuple[Integers, Integers],
    output: SpannedText,
    marks: Integers,
    pieces: Sequence[Characters],
) -> tuple[SpannedText, Integers]:
    """An output's words and their marks, with those that were taken out of it as optional.

    Args:
        shown: the output as it is shown.
        spans: start and end of all its words.
        output: the words that were measured.
        marks: of the words that were measured.
        pieces: what was taken out, in order.
    """
    firsts, lasts = np.array(pieces).T
    # A word may be taken out in part only: "nine.12" keeps its first half.
    before = np.searchsorted(lasts, spans[0], side="right")
    after = np.searchsorted(firsts, spans[1], side="left")
    touched = np.flatnonzero(before < after)
    columns = (column[touched].tolist() for column in (*spans, before, after))
    parts = [
        (max(start, int(firsts[piece])), min(end, int(lasts[piece])))
        for start, end, low, high in zip(*columns, strict=True)
        for piece in range(low, high)
    ]
    starts, ends = np.array(parts, np.int32).reshape(-1, 2).T
    all_starts, all_ends = np.concatenate((output.starts, starts)), np.concatenate((output.ends, ends))
    all_marks = np.concatenate((marks, np.full(len(starts), CODES[Mark.OPTIONAL], marks.dtype)))
    order = np.argsort(all_starts, kind="stable")
    # Words as they are compared are not asked for any more.
    return SpannedText(shown, [], all_starts[order], all_ends[order]), all_marks[order]


def _marks(gold: Sequence[str], output: Sequence[str], *, strict: bool) -> tuple[Integers, Integers]:
    """Align words by their longest common subsequence, then match those left over wherever they stand.

    So the words lost and leaked are as many as a comparison of multisets counts as false negatives and false
    positives, and, with those moved, as many as the subsequence leaves.

    Args:
        gold: the words of the one text.
        output: the words of the other.
        strict: whether texts too long to be aligned are an error; without, all their words are left over.

    Returns:
        The code of the mark of each word of either.

    Raises:
        UnscorableError: the texts are too long to be aligned.
    """
    in_gold = np.full(len(gold), CODES[Mark.LOST], np.int8)
    in_output = np.full(len(output), CODES[Mark.LEAKED], np.int8)
    try:
        for one, other in aligned(gold, output):
            in_gold[one] = in_output[other] = CODES[Mark.KEPT]
    except UnscorableError:
        if strict:
            raise
    numbers = {word: number for number, word in enumerate(dict.fromkeys(gold), 1)}
    gold_words, output_words = (_numbered(words, numbers) for words in (gold, output))
    left = [np.flatnonzero(marks != CODES[Mark.KEPT]) for marks in (in_gold, in_output)]
    size = len(numbers) + 1
    counts = [
        np.bincount(words[indexes], minlength=size)
        for words, indexes in zip((gold_words, output_words), left, strict=True)
    ]
    # Number 0 is every word of the output that gold lacks.
    counts[0][0] = 0
    shared = np.minimum(*counts)
    in_gold[_first_of_each(left[0], gold_words, shared)] = CODES[Mark.MOVED]
    in_output[_first_of_each(left[1], output_words, shared)] = CODES[Mark.MOVED]
    return in_gold, in_output


def _numbered(words: Sequence[str], numbers: Mapping[str, int]) -> Integers:
    return np.fromiter(map(numbers.get, words, repeat(0)), np.int32, len(words))


def _first_of_each(indexes: Integers, words: Integers, most: Integers) -> Integers:
    """Of the words at some indexes, in order, the indexes of the first ``most`` of each."""
    some = words[indexes]
    wanted = most[some] > 0
    indexes, some = indexes[wanted], some[wanted]
    order = np.argsort(some, kind="stable")
    grouped = some[order]
    ranks = np.arange(len(grouped)) - np.searchsorted(grouped, grouped)
    return indexes[order[ranks < most[grouped]]]


def _spans(text: SpannedText, marks: Integers) -> SpanTable:
    """The marked words as spans, with the number of kept words around each on its line."""
    # Of 32 bits, since there may be millions of each.
    indexes = np.flatnonzero(marks != CODES[Mark.KEPT]).astype(np.int32)
    breaks = np.fromiter((match.start() for match in _BREAK.finditer(text.text)), np.int32)
    line_of = np.searchsorted(breaks, text.starts).astype(np.int32)
    lines = line_of[indexes]
    gaps = np.diff(indexes, prepend=np.int32(-1)) - np.int32(1)
    same_line = np.diff(lines) == 0
    before = indexes - np.searchsorted(line_of, lines).astype(np.int32)
    before[1:][same_line] = gaps[1:][same_line]
    after = np.searchsorted(line_of, lines, side="right").astype(np.int32) - indexes - np.int32(1)
    after[:-1][same_line] = gaps[1:][same_line]
    starts, ends, units = text.starts[indexes], text.ends[indexes], np.ones_like(indexes)
    return SpanTable(starts, ends, marks[indexes], units, before, after, gaps)

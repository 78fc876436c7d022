"""Words of gold and output aligned: which got lost, which leaked, and which only stand elsewhere."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from boilerbench.measures.marks import Mark, Marked, Marker, Span
from boilerbench.measures.spanned_text import SpannedText
from boilerbench.records import Gold


@dataclass(frozen=True, slots=True)
class _Aligned:
    """Marks by the index of a word, for either text."""

    gold: Mapping[int, Mark]
    output: Mapping[int, Mark]


def word_marker(
    gold: Gold, tokenizer: Callable[[str], SpannedText], *, forgiving: bool, ordered: bool = False
) -> Marker:
    """A marker of words.

    Args:
        gold: what outputs are marked against.
        tokenizer: makes a text as it is shown, with its words.
        forgiving: whether words that optional text explains cost nothing.
        ordered: whether words that stand in another order cost something, as to a subsequence measure.
    """
    body = tokenizer(gold.body)
    optional = tokenizer(gold.optional).words if forgiving else []

    def mark(text: str) -> Marked:
        output = tokenizer(text)
        aligned = _aligned(body.words, output.words, optional)
        return Marked(output.text, _spans(body, aligned.gold), _spans(output, aligned.output))

    counted = {Mark.LOST, Mark.LEAKED, *((Mark.MOVED,) if ordered else ())}
    return Marker(body.text, mark, counted=frozenset(counted))


def differing_words(first: SpannedText, second: SpannedText) -> tuple[list[Span], list[Span]]:
    """Mark the words that either of two texts alone has: lost in the first, leaked in the second."""
    aligned = _aligned(first.words, second.words, ())
    return _spans(first, aligned.gold), _spans(second, aligned.output)


def _aligned(gold: Sequence[str], output: Sequence[str], optional: Sequence[str]) -> _Aligned:
    """Align words by their longest common subsequence, then match those left over wherever they stand.

    What is left in the output and is among the optional words is marked as such. So the words lost and leaked
    are as many as a comparison of multisets counts as false negatives and false positives, and, with those
    moved, as many as the subsequence leaves.
    """
    gold_left, output_left = _unaligned(gold, output)
    shared = Counter(gold[index] for index in gold_left) & Counter(output[index] for index in output_left)
    lost, leaked = _without(gold_left, gold, shared), _without(output_left, output, shared)
    unexplained = _without(sorted(leaked), output, Counter(optional))
    return _Aligned(
        {index: Mark.LOST if index in lost else Mark.MOVED for index in gold_left},
        {
            index: Mark.LEAKED if index in unexplained else (Mark.OPTIONAL if index in leaked else Mark.MOVED)
            for index in output_left
        },
    )


def _unaligned(gold: Sequence[str], output: Sequence[str]) -> tuple[list[int], list[int]]:
    """The indexes of the words outside the longest common subsequence."""
    from rapidfuzz.distance import Indel

    in_gold: list[int] = []
    in_output: list[int] = []
    for step in Indel.opcodes(gold, output):
        if step.tag != "equal":
            in_gold.extend(range(step.src_start, step.src_end))
            in_output.extend(range(step.dest_start, step.dest_end))
    return in_gold, in_output


def _without(indexes: Iterable[int], words: Sequence[str], taken: Counter[str]) -> set[int]:
    """The indexes that remain when each word taken accounts for one of them, first come."""
    left = taken.copy()
    remaining = set()
    for index in indexes:
        if left[words[index]]:
            left[words[index]] -= 1
        else:
            remaining.add(index)
    return remaining


def _spans(text: SpannedText, marks: Mapping[int, Mark]) -> list[Span]:
    """The marked words as spans, with the number of kept words around each on its line."""
    spans: list[Span] = []
    starts = [start for start, _ in text.spans]
    line_end = -1
    first = last = previous = 0
    for index, mark in sorted(marks.items()):
        start, end = text.spans[index]
        if start > line_end:
            line_start = text.text.rfind("\n", 0, start) + 1
            line_end = text.text.find("\n", end)
            line_end = len(text.text) if line_end < 0 else line_end
            first, last = bisect_left(starts, line_start), bisect_left(starts, line_end)
            previous = first - 1
        elif spans:
            spans[-1] = replace(spans[-1], after=index - previous - 1)
        spans.append(Span(start, end, mark, before=index - previous - 1, after=last - index - 1))
        previous = index
    return spans

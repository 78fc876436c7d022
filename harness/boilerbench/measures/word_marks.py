"""Words of gold and output aligned: which got lost, which leaked, and which only stand elsewhere."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from boilerbench.measures.marks import Mark, Marked, Marker, Span
from boilerbench.measures.optional_text import Characters, OptionalText
from boilerbench.measures.spanned_text import SpannedText, SpanTokenizer
from boilerbench.records import Gold


@dataclass(frozen=True, slots=True)
class _Aligned:
    """Marks by the index of a word, for either text."""

    gold: Mapping[int, Mark]
    output: Mapping[int, Mark]


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
        output = tokenizer.cut(_blanked(shown, pieces))
        aligned = _aligned(body.words, output.words)
        free = _inside(tokenizer.cut(shown).spans, pieces) if pieces else []
        return Marked(
            shown, _spans(body.text, body.spans, aligned.gold), _output_spans(shown, output, aligned, free)
        )

    counted = {Mark.LOST, Mark.LEAKED, *((Mark.MOVED,) if ordered else ())}
    return Marker(body.text, mark, counted=frozenset(counted))


def differing_words(first: SpannedText, second: SpannedText) -> tuple[list[Span], list[Span]]:
    """Mark the words that either of two texts alone has: lost in the first, leaked in the second."""
    aligned = _aligned(first.words, second.words)
    return (
        _spans(first.text, first.spans, aligned.gold),
        _spans(second.text, second.spans, aligned.output),
    )


def _blanked(text: str, pieces: Iterable[Characters]) -> str:
    """A text with spaces for some pieces, so that all else stands where it stood."""
    kept = []
    done = 0
    for start, end in pieces:
        kept += [text[done:start], " " * (end - start)]
        done = end
    return "".join([*kept, text[done:]])


def _inside(words: Sequence[Characters], pieces: Sequence[Characters]) -> list[Characters]:
    """The parts of words that lie in some pieces; both are in order."""
    parts = []
    piece = 0
    for start, end in words:
        while piece < len(pieces) and pieces[piece][1] <= start:
            piece += 1
        at = piece
        while at < len(pieces) and pieces[at][0] < end:
            parts.append((max(start, pieces[at][0]), min(end, pieces[at][1])))
            at += 1
    return parts


def _output_spans(
    shown: str, output: SpannedText, aligned: _Aligned, optional: Sequence[Characters]
) -> list[Span]:
    """The spans of an output, with those of the words that were taken out of it."""
    marks = [aligned.output.get(index) for index in range(len(output.spans))] + [Mark.OPTIONAL] * len(
        optional
    )
    words = sorted(zip([*output.spans, *optional], marks, strict=True), key=lambda word: word[0])
    marked = {index: mark for index, (_, mark) in enumerate(words) if mark}
    return _spans(shown, [span for span, _ in words], marked)


def _aligned(gold: Sequence[str], output: Sequence[str]) -> _Aligned:
    """Align words by their longest common subsequence, then match those left over wherever they stand.

    So the words lost and leaked are as many as a comparison of multisets counts as false negatives and false
    positives, and, with those moved, as many as the subsequence leaves.
    """
    gold_left, output_left = _unaligned(gold, output)
    shared = Counter(gold[index] for index in gold_left) & Counter(output[index] for index in output_left)
    lost, leaked = _without(gold_left, gold, shared), _without(output_left, output, shared)
    return _Aligned(
        {index: Mark.LOST if index in lost else Mark.MOVED for index in gold_left},
        {index: Mark.LEAKED if index in leaked else Mark.MOVED for index in output_left},
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


def _spans(text: str, words: Sequence[Characters], marks: Mapping[int, Mark]) -> list[Span]:
    """The marked words as spans, with the number of kept words around each on its line."""
    spans: list[Span] = []
    starts = [start for start, _ in words]
    line_end = -1
    first = last = previous = 0
    for index, mark in sorted(marks.items()):
        start, end = words[index]
        if start > line_end:
            line_start = text.rfind("\n", 0, start) + 1
            line_end = text.find("\n", end)
            line_end = len(text) if line_end < 0 else line_end
            first, last = bisect_left(starts, line_start), bisect_left(starts, line_end)
            previous = first - 1
        elif spans:
            spans[-1] = replace(spans[-1], after=index - previous - 1)
        spans.append(Span(start, end, mark, before=index - previous - 1, after=last - index - 1))
        previous = index
    return spans

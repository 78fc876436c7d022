"""Gold and output side by side, word by word: what got lost and what leaked, and where it comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from boilerbench.reports.word_spans import Cut


class Mark(StrEnum):
    """What became of a stretch of text."""

    KEPT = "kept"
    MOVED = "moved"
    """It stands elsewhere in the other text: no matter to ``words``, lost and leaked to ``lcs``."""
    LOST = "lost"
    LEAKED = "leaked"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text with one mark; ``words`` is the number of words in it that the mark is about."""

    text: str
    mark: Mark
    words: int = 0
    label: str = ""
    """That of the block it came from, where it leaked and the page is labelled."""


@dataclass(frozen=True)
class Marked:
    """An output as it is shown, and the pieces of the gold and of itself."""

    text: str
    in_gold: list[Stretch]
    in_output: list[Stretch]


_Marks = Mapping[int, tuple[Mark, str]]


def mark(
    gold: Cut, output: Cut, optional: Sequence[str] = (), labels: Sequence[str] | None = None
) -> tuple[list[Stretch], list[Stretch]]:
    """The gold with its lost words marked, and the output with its leaked words marked.

    Words are aligned by their longest common subsequence, as ``lcs`` does; words left over on both sides are
    then matched wherever they stand. What is left in the output and is among the ``optional`` words is marked
    as such. ``labels`` has, for each word of the output, the label of the block it came from, or nothing.

    So the words lost and leaked are as many as ``words`` counts as false negatives and false positives, and,
    with those moved, as many as ``lcs`` does.
    """
    gold_left, output_left = _unaligned(gold.words, output.words)
    shared = Counter(gold.words[place] for place in gold_left) & Counter(
        output.words[place] for place in output_left
    )
    lost, leaked = _without(gold_left, gold.words, shared), _without(output_left, output.words, shared)
    unexplained = _without(sorted(leaked), output.words, Counter(optional))
    in_gold = {place: (Mark.LOST if place in lost else Mark.MOVED, "") for place in gold_left}
    in_output = {
        place: (Mark.LEAKED, labels[place] if labels else "")
        if place in unexplained
        else (Mark.OPTIONAL if place in leaked else Mark.MOVED, "")
        for place in output_left
    }
    return _stretches(gold, in_gold), _stretches(output, in_output)


def words_marked(pieces: Sequence[Stretch], *marks: Mark) -> int:
    """How many words bear one of these marks."""
    return sum(piece.words for piece in pieces if piece.mark in marks)


def _unaligned(gold: Sequence[str], output: Sequence[str]) -> tuple[list[int], list[int]]:
    """The places of words outside the longest common subsequence."""
    from rapidfuzz.distance import Indel

    in_gold: list[int] = []
    in_output: list[int] = []
    for step in Indel.opcodes(gold, output):
        if step.tag != "equal":
            in_gold.extend(range(step.src_start, step.src_end))
            in_output.extend(range(step.dest_start, step.dest_end))
    return in_gold, in_output


def _without(places: Sequence[int], words: Sequence[str], taken: Counter[str]) -> set[int]:
    """The places that remain when each word taken accounts for one of them, first come."""
    left = taken.copy()
    remaining = set()
    for place in places:
        if left[words[place]]:
            left[words[place]] -= 1
        else:
            remaining.add(place)
    return remaining


def _stretches(cut: Cut, marks: _Marks) -> list[Stretch]:
    """The text in pieces; words of one mark that follow one another in a line make one piece."""
    text, spans = cut.text, cut.spans
    pieces: list[Stretch] = []
    done = 0
    place = 0
    while place < len(spans):
        if place not in marks:
            place += 1
            continue
        start, end = spans[place]
        first = place
        place += 1
        while marks.get(place) == marks[first] and "\n" not in text[end : spans[place][0]]:
            end = spans[place][1]
            place += 1
        its, label = marks[first]
        pieces += [
            Stretch(text[done:start], Mark.KEPT),
            Stretch(text[start:end], its, place - first, label),
        ]
        done = end
    pieces.append(Stretch(text[done:], Mark.KEPT))
    return [piece for piece in pieces if piece.text]

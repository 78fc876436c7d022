"""Gold and output side by side, word by word: what got lost and what leaked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from harness.text import icu_word_spans, normalise, plain_word_spans


class Mark(StrEnum):
    """What became of a stretch of text."""

    KEPT = "kept"
    LOST = "lost"
    LEAKED = "leaked"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text with one mark; ``words`` is the number of words in it that the mark is about."""

    text: str
    mark: Mark
    words: int = 0


def mark(
    gold: str, output: str, segmentation: str, optional: str = ""
) -> tuple[list[Stretch], list[Stretch]]:
    """The gold with its lost words marked, and the output with its leaked words marked.

    Words are aligned by their longest common subsequence; words left over on both sides are then matched
    wherever they stand, so that text which only moved is not marked. What is left in the output and stands in
    the optional text is marked as such. The words marked as lost and as leaked are as many as ``words``
    counts as false negatives and false positives.
    """
    gold, output, optional = _lines(gold), _lines(output), _lines(optional)
    gold_spans, output_spans = (_spans(text, segmentation) for text in (gold, output))
    gold_words = [gold[start:end].casefold() for start, end in gold_spans]
    output_words = [output[start:end].casefold() for start, end in output_spans]
    lost, leaked = _unmatched(gold_words, output_words)
    allowed = Counter(optional[start:end].casefold() for start, end in _spans(optional, segmentation))
    unexplained = _without(sorted(leaked), output_words, allowed)
    marks = {place: Mark.LEAKED if place in unexplained else Mark.OPTIONAL for place in leaked}
    return (
        _stretches(gold, gold_spans, dict.fromkeys(lost, Mark.LOST)),
        _stretches(output, output_spans, marks),
    )


def _lines(text: str) -> str:
    return "\n".join(line for line in map(normalise, text.splitlines()) if line)


def _spans(text: str, segmentation: str) -> list[tuple[int, int]]:
    return icu_word_spans(text) if segmentation == "icu" else plain_word_spans(text)


def _unmatched(gold: list[str], output: list[str]) -> tuple[set[int], set[int]]:
    """The places of words that have no partner on the other side."""
    from rapidfuzz.distance import Indel  # noqa: PLC0415

    lost: list[int] = []
    leaked: list[int] = []
    for step in Indel.opcodes(gold, output):
        if step.tag != "equal":
            lost.extend(range(step.src_start, step.src_end))
            leaked.extend(range(step.dest_start, step.dest_end))
    moved = Counter(gold[place] for place in lost) & Counter(output[place] for place in leaked)
    return _without(lost, gold, moved), _without(leaked, output, moved)


def _without(places: list[int], words: list[str], moved: Counter[str]) -> set[int]:
    left = moved.copy()
    kept = set()
    for place in places:
        if left[words[place]]:
            left[words[place]] -= 1
        else:
            kept.add(place)
    return kept


def _stretches(text: str, spans: list[tuple[int, int]], marks: dict[int, Mark]) -> list[Stretch]:
    """The text in pieces; words of one mark that follow one another in a line make one piece."""
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
        pieces += [
            Stretch(text[done:start], Mark.KEPT),
            Stretch(text[start:end], marks[first], place - first),
        ]
        done = end
    pieces.append(Stretch(text[done:], Mark.KEPT))
    return [piece for piece in pieces if piece.text]

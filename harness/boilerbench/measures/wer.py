"""``wer``: the word error rate of an output against the gold body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from boilerbench.measures.base import Example, Measure, Measurement
from boilerbench.measures.bit_vectors import as_characters, edit_distance
from boilerbench.measures.optional_paragraphs import (
    MOST,
    SEPARATOR,
    allowed_bodies,
    gold_paragraphs,
    text_paragraphs,
)
from boilerbench.records import Counts, Gold

_SPACES = re.compile(r"\s\s+")


@dataclass(frozen=True, slots=True)
class Bodies:
    """The bodies that gold allows, the longest first, their words as one character each."""

    characters: dict[str, str]
    texts: list[str]


def measure(tokenizer: str) -> Measure[Bodies]:
    """``wer``: Fundus's word error rate, whatever the corpus."""
    return Measure(
        name="wer",
        signature=f"wer|seg:space|case:keep|optional:{MOST}|v1",
        summary="word error rate: insertions, deletions and substitutions of words",
        source="Fundus evaluation, scorers.py (score_wer), by jiwer; Dallabetta et al., ACL 2024 demos",
        explanation=(
            "The fewest insertions, deletions and substitutions of words that turn the gold body into the "
            "output, by the number of gold's words, are the word error rate (WER). Words are what stands "
            "between spaces, punctuation and case included. Order counts: a paragraph that has moved is "
            "deleted and inserted. Found is what no error touches, tp, of the longer of both texts; the WER "
            "is then the larger of fp and fn by the number of gold's words. Accuracy is 1 − WER, so below 0 "
            "where there are more errors than words. Of all choices of optional paragraphs (of more than "
            f"{MOST}, all or none) the one with the lowest WER counts."
        ),
        example=Example(
            Gold("the ferry leaves at nine"),
            "Menu the ferry sails at nine today",
            Counts(tp=4, fp=3, fn=1),
            "'Menu' and 'today' are inserted and 'sails' stands for 'leaves': three errors, which leave four "
            "of the output's seven words alone; by gold's five words a WER of 60 %",
        ),
        unseen=Example(
            Gold("The ferry leaves at nine.\n\nBring a coat."),
            "The ferry\nleaves at nine. Bring a coat.",
            Counts(tp=8, fp=0, fn=0),
            "paragraphs are white space like any other",
        ),
        knows_paragraphs=True,
        prepare=_prepare,
        count=_count,
        averages=("wer", "mean"),
    )


def _prepare(gold: Gold) -> Bodies:
    characters: dict[str, str] = {}
    texts = []
    for body in allowed_bodies(gold_paragraphs(gold)):
        words = _words(body)
        for word in words:
            characters.setdefault(word, chr(len(characters) + 1))
        texts.append(as_characters(words, characters))
    return Bodies(characters, texts)


def _count(bodies: Bodies, text: str) -> Measurement:
    returned = as_characters(_words(text_paragraphs(text)), bodies.characters)
    longest, *others = bodies.texts
    counts = _errors(longest, returned)
    if max(counts.fp, counts.fn) > len(longest):
        # A body with fewer words has at most as many errors less, and so a higher rate.
        return Measurement(counts)
    return Measurement(min((counts, *(_errors(body, returned) for body in others)), key=_rate))


def _words(paragraphs: Sequence[str]) -> list[str]:
    """Cut paragraphs, a blank line between each two, into words as jiwer does by default."""
    return [word for word in _SPACES.sub(" ", SEPARATOR.join(paragraphs)).strip().split(" ") if word]


def _errors(expected: str, returned: str) -> Counts:
    errors = edit_distance(expected, returned)
    # Never more than the shorter text has, since the difference in length takes so many errors.
    untouched = max(len(expected), len(returned)) - errors
    return Counts(untouched, len(returned) - untouched, len(expected) - untouched)


def _rate(counts: Counts) -> float:
    """Errors by words of gold; where it has none, the errors themselves, so that none is best."""
    return max(counts.fp, counts.fn) / max(1, counts.tp + counts.fn)

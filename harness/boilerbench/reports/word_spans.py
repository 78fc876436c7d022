"""A text as it is shown, cut into the words that a measure counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from boilerbench.tokenizers import (
    Tokenizer,
    icu_word_spans,
    icu_words,
    normalise,
    plain_word_spans,
    plain_words,
    storable,
    white_space_tokens,
)

CUTTING_MEASURES = ("words", "lcs")
"""The measures whose counts can be shown word by word, the plainer one first."""

_NO_SPACE = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Cut:
    """A text with its words: as they are compared, and where they stand."""

    text: str
    words: list[str]
    spans: list[tuple[int, int]]


Cutter = Callable[[str], Cut]


def cutter(measure: str, tokenizer: str) -> Cutter:
    """How a measure of ``CUTTING_MEASURES`` cuts the texts of a corpus.

    The text is shown line by line, white space folded, empty lines left out. It has exactly the words that
    the measure counts in the text as it came.
    """
    if measure == "lcs":
        return lambda text: _cut(shown_lines(text), white_space_tokens, _white_space_spans)
    if tokenizer == "icu":
        return lambda text: icu_cut(_normalised(text))
    # The one letter that lower case makes longer, as it does to a measure's words.
    return lambda text: _cut(shown_lines(text).replace("İ", "I\u0307"), plain_words, plain_word_spans)


def icu_cut(text: str) -> Cut:
    """A text that is shown already, cut into ICU's words."""
    return _cut(text, icu_words, icu_word_spans)


def _cut(text: str, tokenize: Tokenizer, find: Callable[[str], list[tuple[int, int]]]) -> Cut:
    words, spans = tokenize(text), find(text)
    if len(words) != len(spans):
        # Folding case can move the border of a word, in theory.
        words = [text[start:end].casefold() for start, end in spans]
    return Cut(text, words, spans)


def _normalised(text: str) -> str:
    return "\n".join(line for line in map(normalise, text.splitlines()) if line)


def shown_lines(text: str) -> str:
    """A text as it is shown: line by line, white space folded, empty lines left out."""
    whole = storable(text)
    return "\n".join(line for each in whole.splitlines() if (line := " ".join(each.split())))


def _white_space_spans(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _NO_SPACE.finditer(text)]

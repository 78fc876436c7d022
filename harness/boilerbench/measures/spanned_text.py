"""A text as it is shown, with the words that a measure counts and where they stand in it.

A text is shown line by line, white space folded, empty lines left out. It has exactly the words that the
measure counts in the text as it came.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from boilerbench.tokenizers import (
    Tokenizer,
    icu_word_spans,
    icu_words,
    invisible_positions,
    normalize,
    plain_word_spans,
    plain_words,
    storable,
    white_space_tokens,
    without_invisible,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.signedinteger[Any]]

_NO_SPACE = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class SpannedText:
    """A text with its words: as they are compared, and where they stand."""

    text: str
    words: list[str]
    starts: Integers
    """The index of the first character of each word."""
    ends: Integers
    """The index after its last."""


@dataclass(frozen=True, slots=True)
class SpanTokenizer:
    """A tokenizer whose words can be pointed at."""

    shown: Callable[[str], str]
    """A text as it is shown; it has the words of the text as it came."""
    tokenize: Tokenizer
    spans: Callable[[str], Iterator[tuple[int, int]]]

    def cut(self, text: str) -> SpannedText:
        """Cut a text that is shown already, in which white space may be wider by now."""
        words = self.tokenize(text)
        starts, ends = self.columns(text)
        if len(words) != len(starts):
            # Folding case can move the border of a word, in theory.
            words = [text[start:end].casefold() for start, end in zip(starts, ends, strict=True)]
        return SpannedText(text, words, starts, ends)

    def columns(self, text: str) -> tuple[Integers, Integers]:
        """Start and end of each word of a text that is shown already."""
        return _columns(self.spans(text))


def without_spans(text: str, spans: Iterable[tuple[int, int]], fill: str = "") -> str:
    """A text without some pieces, or with as many of a character in their place as they have."""
    kept = []
    done = 0
    for start, end in spans:
        kept += [text[done:start], fill * (end - start)]
        done = end
    return "".join([*kept, text[done:]])


def shown_lines(text: str) -> str:
    """A text as it is shown, with all its characters but white space."""
    whole = storable(text)
    return "\n".join(folded for line in whole.splitlines() if (folded := " ".join(line.split())))


def _normalized_lines(text: str) -> str:
    return "\n".join(line for line in map(normalize, text.splitlines()) if line)


def _plain_lines(text: str) -> str:
    # The one letter that lower case makes longer, as it does to a measure's words.
    return shown_lines(text).replace("İ", "I\u0307")


def _white_space_spans(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _NO_SPACE.finditer(text))


ICU = SpanTokenizer(_normalized_lines, icu_words, icu_word_spans)
PLAIN = SpanTokenizer(_plain_lines, plain_words, plain_word_spans)
WHITE_SPACE = SpanTokenizer(shown_lines, white_space_tokens, _white_space_spans)


def icu_spans_as_measured(text: str) -> tuple[Integers, Integers]:
    """Start and end of each of ``icu_words`` in a text as it came, invisible characters and all."""
    hidden = invisible_positions(text)
    starts, ends = _columns(icu_word_spans(without_invisible(text)))
    if not hidden:
        return starts, ends
    visible = np.delete(np.arange(len(text)), hidden)
    return visible[starts], visible[ends - 1] + 1


def _columns(spans: Iterator[tuple[int, int]]) -> tuple[Integers, Integers]:
    starts, ends = np.fromiter(chain.from_iterable(spans), np.int32).reshape(-1, 2).T
    return starts, ends

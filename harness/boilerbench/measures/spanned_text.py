"""A text as it is shown, with the words that a measure counts and where they stand in it.

A text is shown line by line, white space folded, empty lines left out. It has exactly the words that the
measure counts in the text as it came.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from boilerbench.tokenizers import (
    Tokenizer,
    icu_words,
    iter_icu_word_spans,
    iter_plain_word_spans,
    normalize,
    plain_words,
    storable,
    white_space_tokens,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.int32]

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


def icu_spanned(text: str) -> SpannedText:
    """The words that ``icu_words`` cuts."""
    return shown_icu_spanned("\n".join(line for line in map(normalize, text.splitlines()) if line))


def shown_icu_spanned(text: str) -> SpannedText:
    """The words that ``icu_words`` cuts, in a text that is shown already."""
    return _spanned(text, icu_words, iter_icu_word_spans)


def plain_spanned(text: str) -> SpannedText:
    """The words that ``plain_words`` cuts."""
    # The one letter that lower case makes longer, as it does to a measure's words.
    return _spanned(shown_lines(text).replace("İ", "I\u0307"), plain_words, iter_plain_word_spans)


def white_space_spanned(text: str) -> SpannedText:
    """The tokens between white space."""
    return _spanned(shown_lines(text), white_space_tokens, _white_space_spans)


def shown_lines(text: str) -> str:
    """A text as it is shown, with all its characters but white space."""
    whole = storable(text)
    return "\n".join(folded for line in whole.splitlines() if (folded := " ".join(line.split())))


def _spanned(text: str, tokenize: Tokenizer, find: Callable[[str], Iterator[tuple[int, int]]]) -> SpannedText:
    import numpy as np

    words = tokenize(text)
    starts, ends = np.fromiter(chain.from_iterable(find(text)), np.int32).reshape(-1, 2).T
    if len(words) != len(starts):
        # Folding case can move the border of a word, in theory.
        words = [text[start:end].casefold() for start, end in zip(starts, ends, strict=True)]
    return SpannedText(text, words, starts, ends)


def _white_space_spans(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _NO_SPACE.finditer(text))

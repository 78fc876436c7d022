"""Lengths of longest common subsequences and edit distances, by bit vectors as large as a gold.

A text is a character a token. rapidfuzz is faster than Python's large numbers unless gold is long and has
many different tokens, each of which it looks up once for every 64 tokens of gold, in tables that no cache
holds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import repeat

from boilerbench.measures.bounds import check_table

UNKNOWN = "\0"
_FEW_TOKENS = 256
_SHORT = 4096
_SMALL_TABLE = 1 << 24


def as_characters(tokens: Iterable[str], characters: Mapping[str, str]) -> str:
    """Write tokens as a text of one character each; those without a character are all ``UNKNOWN``."""
    return "".join(map(characters.get, tokens, repeat(UNKNOWN)))


def lcs_length(gold: str, text: str) -> int:
    """The length of the longest common subsequence of two texts.

    Raises:
        UnscorableError: they are too long.
    """
    from rapidfuzz.distance import LCSseq

    return _by_size(gold, text, LCSseq.similarity, _lcs_length)


def edit_distance(gold: str, text: str) -> int:
    """The fewest insertions, deletions and substitutions that turn one text into the other.

    Raises:
        UnscorableError: they are too long.
    """
    from rapidfuzz.distance import Levenshtein

    return _by_size(gold, text, Levenshtein.distance, _edit_distance)


def token_masks(text: str, tokens: Collection[str]) -> dict[str, int]:
    """By token, of some, the bits of the indexes at which a text has it."""
    masks: dict[str, int] = {}
    for index, token in enumerate(text):
        if token in tokens:
            masks[token] = masks.get(token, 0) | 1 << index
    return masks


def _by_size(gold: str, text: str, rapid: Callable[[str, str], int], plain: Callable[[str, str], int]) -> int:
    check_table(len(gold), len(text), min(len(set(gold)), len(set(text))))
    short = len(gold) <= _SHORT or len(gold) * len(text) <= _SMALL_TABLE
    return (rapid if short or max(gold) < chr(_FEW_TOKENS) else plain)(gold, text)


def _lcs_length(gold: str, text: str) -> int:
    """Source: Hyyrö (2004), "Bit-parallel LCS-length computation revisited"."""
    masks = token_masks(gold, set(text))
    rest = everything = (1 << len(gold)) - 1
    for token in text:
        if shared := rest & masks.get(token, 0):
            rest = ((rest + shared) | (rest ^ shared)) & everything
    return len(gold) - rest.bit_count()


def _edit_distance(gold: str, text: str) -> int:
    """Source: Hyyrö (2003), "A bit-vector algorithm for computing Levenshtein and Damerau edit distances"."""
    masks = token_masks(gold, set(text))
    everything = (1 << len(gold)) - 1
    up, down = everything, 0
    for token in text:
        matches = masks.get(token, 0)
        if matches:
            diagonal = (((matches & up) + up) ^ up | matches | down) & everything
            right = down | (everything ^ (diagonal | up))
            left = diagonal & up
            right = (right << 1 | 1) & everything
            up = (left << 1 & everything) | (everything ^ (diagonal | right))
            down = right & diagonal
        else:
            right = ((down | (everything ^ (down | up))) << 1 | 1) & everything
            up = everything ^ (down | right)
            down &= right
    return len(text) + up.bit_count() - down.bit_count()

"""Multisets of tokens, and of runs of tokens interned to small integers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, islice, repeat
from typing import TYPE_CHECKING

import numpy as np

from boilerbench.records import Counts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

_HIGHEST = 1 << 62


class TokenCounts:
    """The tokens of a gold text, each with its count, to be compared with many outputs.

    It counts what ``NgramCounts`` does of runs of one token, and short texts in half the time.
    """

    def __init__(self, tokens: Sequence[str]) -> None:
        self._expected = Counter(tokens)
        self._total = len(tokens)

    def overlap(self, tokens: Sequence[str]) -> Counts:
        """Count the tokens that an output shares with gold, and those that either has beyond them."""
        returned = Counter(filter(self._expected.__contains__, tokens))
        shared = sum(min(number, self._expected[token]) for token, number in returned.items())
        return Counts(shared, len(tokens) - shared, self._total - shared)


class NgramCounts:
    """The runs of ``size`` tokens of a gold text, each with its count, to be compared with many outputs.

    A text shorter than ``size`` is one run, an empty one none. Tokens get a number by their first place in
    gold, others 0, and a run is the number that its tokens make in that base: no run of an output has to be
    built or hashed. Where such numbers would outgrow 64 bits, beginnings of runs are numbered again on the
    way; so no two runs ever share a number.
    """

    def __init__(self, tokens: Sequence[str], size: int) -> None:
        self._size = size
        self._total = _number(len(tokens), size)
        self._short = tuple(tokens) if len(tokens) < size else None
        self._numbers = {token: number for number, token in enumerate(dict.fromkeys(tokens), 1)}
        self._base = bound = len(self._numbers) + 1
        self._beginnings: dict[int, Integers] = {}
        ids = codes = self._ids(tokens)
        for length in range(1, 1 if self._short is not None else size):
            if bound * self._base > _HIGHEST:
                self._beginnings[length], codes = np.unique(codes, return_inverse=True)
                codes += 1
                bound = len(self._beginnings[length]) + 1
            codes = codes[:-1] * self._base + ids[length:]
            bound *= self._base
        self._runs, self._counts = np.unique(codes, return_counts=True)

    def overlap(self, tokens: Iterable[str]) -> Counts:
        """Count the runs that an output shares with gold, and those that either has beyond them."""
        following = iter(tokens)
        first = tuple(islice(following, self._size))
        if self._short is not None or len(first) < self._size:
            total = _number(len(first) + sum(1 for _ in following), self._size)
            shared = int(self._short == first != ())
        else:
            ids = self._ids(chain(first, following))
            total = _number(len(ids), self._size)
            shared = self._shared(ids)
        return Counts(shared, total - shared, self._total - shared)

    def _shared(self, ids: Integers) -> int:
        codes = ids
        for length in range(1, self._size):
            if length in self._beginnings:
                index, known = _indexes(self._beginnings[length], codes)
                codes = np.where(known, index + 1, 0)
            codes = codes[:-1] * self._base + ids[length:]
        index, known = _indexes(self._runs, codes)
        returned = np.bincount(index[known], minlength=len(self._runs))
        return int(np.minimum(returned, self._counts).sum())

    def _ids(self, tokens: Iterable[str]) -> Integers:
        return np.fromiter(map(self._numbers.get, tokens, repeat(0)), np.int64)


def _indexes(known: Integers, codes: Integers) -> tuple[Integers, NDArray[np.bool_]]:
    """Find the index of each code among the known, which are sorted, and whether it is one of them."""
    index = np.searchsorted(known, codes)
    index[index == len(known)] = 0
    return index, known[index] == codes


def _number(tokens: int, size: int) -> int:
    """The number of runs that so many tokens make."""
    return max(tokens - size + 1, min(tokens, 1))

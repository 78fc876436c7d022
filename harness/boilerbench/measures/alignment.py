"""The tokens of two texts that a longest common subsequence pairs, in bounded memory."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from boilerbench.measures.bit_vectors import token_masks
from boilerbench.measures.bounds import UnscorableError, check_table
from boilerbench.measures.lcs_columns import LcsColumns, LineWalk

_SMALL_TABLE = 1 << 28
"""Tokens times tokens up to which rapidfuzz, which keeps a bit of each pair, aligns them."""
_FEW_PAIRS = 1 << 21
"""Pairs of equal tokens up to which they are looked at one by one."""

Pairs = Iterable[tuple[int, int]]


def aligned(first: Sequence[str], second: Sequence[str]) -> Pairs:
    """Pair the tokens of two texts that a longest common subsequence has, by their indexes.

    Which one, where there are several, is said by no measure.

    Raises:
        UnscorableError: the texts are too long.
    """
    if len(first) * len(second) <= _SMALL_TABLE:
        return _by_rapidfuzz(first, second)
    begin, end = _common_ends(first, second)
    pairs = [(index, index) for index in range(begin)]
    more = _aligned(first[begin : len(first) - end], second[begin : len(second) - end])
    pairs += [(one + begin, other + begin) for one, other in more]
    pairs += [(len(first) - index, len(second) - index) for index in range(end, 0, -1)]
    return pairs


def _by_rapidfuzz(first: Sequence[str], second: Sequence[str]) -> Pairs:
    from rapidfuzz.distance import Indel

    for step in Indel.opcodes(first, second):
        if step.tag == "equal":
            yield from zip(
                range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True
            )


def _common_ends(first: Sequence[str], second: Sequence[str]) -> tuple[int, int]:
    """The numbers of tokens at the beginning and at the end that both have."""
    shorter = min(len(first), len(second))
    begin = 0
    while begin < shorter and first[begin] == second[begin]:
        begin += 1
    end = 0
    while end < shorter - begin and first[-1 - end] == second[-1 - end]:
        end += 1
    return begin, end


def _aligned(first: Sequence[str], second: Sequence[str]) -> Pairs:
    if len(first) > len(second):
        return sorted((one, other) for other, one in _aligned(second, first))
    # Tokens that only one of them has are in no pair.
    shared = Counter(first) & Counter(second)
    if len(shared) >= sys.maxunicode:
        raise UnscorableError(f"{len(shared):,} different tokens")
    characters = {token: chr(number) for number, token in enumerate(shared, 1)}
    kept = [
        array("q", (index for index, token in enumerate(text) if token in characters))
        for text in (first, second)
    ]
    gold, text = (
        "".join(map(characters.__getitem__, map(tokens.__getitem__, indexes)))
        for tokens, indexes in zip((first, second), kept, strict=True)
    )
    in_gold, in_text = Counter(gold), Counter(text)
    few = sum(number * in_text[token] for token, number in in_gold.items()) <= _FEW_PAIRS
    pairs = _by_pairs(gold, text) if few else _by_columns(gold, text)
    return [(kept[0][one], kept[1][other]) for one, other in pairs]


def _by_columns(gold: str, text: str) -> Pairs:
    check_table(len(gold), len(text), len(set(gold)))
    masks = token_masks(gold, set(text))
    columns = LcsColumns(masks, (1 << len(gold)) - 1, text)
    walk = LineWalk(gold, 0, len(text) - 1)
    pairs: list[tuple[int, int]] = []
    for first in columns.chunks():
        if walk.index >= first:
            pairs += walk.on(columns, masks, text, first)
    return reversed(pairs)


def _by_pairs(gold: str, text: str) -> Pairs:
    """Source: Hunt and Szymanski (1977), "A fast algorithm for computing longest common subsequences"."""
    places: dict[str, list[int]] = {}
    for index, token in enumerate(gold):
        places.setdefault(token, []).append(index)
    ends: list[int] = []
    last: list[int] = []
    in_gold, in_text, before = array("q"), array("q"), array("q")
    for index, token in enumerate(text):
        for place in reversed(places[token]):
            length = bisect_left(ends, place)
            if length < len(ends) and ends[length] == place:
                continue
            in_gold.append(place)
            in_text.append(index)
            before.append(last[length - 1] if length else -1)
            ends[length : length + 1] = [place]
            last[length : length + 1] = [len(before) - 1]
    pairs = []
    pair = last[-1] if last else -1
    while pair >= 0:
        pairs.append((in_gold[pair], in_text[pair]))
        pair = before[pair]
    return reversed(pairs)

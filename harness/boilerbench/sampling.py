"""A stratified sample of any stream in one pass: seeded, and the same in whatever order things arrive."""

from __future__ import annotations

import hashlib
import heapq
from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import TypeVar

Item = TypeVar("Item")
Stratum = tuple[str, ...]
"""The kind of an item, the most important fact first, as in ``("forum", "en")``."""

_SCALE = 1 << 64
_LEAST = 16
"""So many of each stratum are always held."""


def stratified_sample(
    items: Iterable[Item],
    size: int,
    *,
    key: Callable[[Item], str],
    stratum: Callable[[Item], Stratum],
    seed: int = 0,
) -> list[Item]:
    """Draw a sample in which each stratum has its share of the items, to within one item.

    Each item is drawn with the same probability, ``size`` by the number of items, so that a mean over the
    sample estimates the mean over all. Within a stratum those items are taken whose keys have the lowest
    seeded hash; how many, a systematic sample with a random start over the strata in order decides
    (Särndal, Swensson and Wretman, Model Assisted Survey Sampling, 1992, section 3.4).

    Args:
        items: in any order; read once. Held are a few of each stratum, and of the others those that may
            still be drawn, about four times ``size`` in all.
        size: how many to draw; with no more items than that, all are returned.
        key: the identity of an item, unique among them.
        stratum: its stratum. Neighbours in sorted order share out what is left of a whole item.
        seed: decides the draw.

    Returns:
        The items drawn, sorted by key.

    Raises:
        ValueError: the size is negative.
    """
    if size < 0:
        raise ValueError(f"the size of a sample is not negative: {size}")
    kept: dict[Stratum, list[tuple[int, str, Item]]] = {}
    numbers: dict[Stratum, int] = {}
    for total, item in enumerate(items, 1):
        name, identity = stratum(item), key(item)
        numbers[name] = numbers.get(name, 0) + 1
        # The negative hash makes the least of the heap the one to give up first.
        entry = (-_hash(seed, identity), identity, item)
        heap = kept.setdefault(name, [])
        if len(heap) < size:
            heapq.heappush(heap, entry)
        else:
            heapq.heappushpop(heap, entry)
        # In the end about size / total of a stratum's hashes are drawn, the lowest. That a draw of more than
        # _LEAST reaches four times as far has a probability below 1e-14 (17 or fewer where 68 are expected).
        while len(heap) > _LEAST and -heap[0][0] * total > 4 * size * _SCALE:
            heapq.heappop(heap)
    shares = _shares(numbers, size, seed)
    drawn = [entry for name, heap in kept.items() for entry in sorted(heap, reverse=True)[: shares[name]]]
    return [item for _, _, item in sorted(drawn, key=lambda entry: entry[1])]


def _shares(numbers: dict[Stratum, int], size: int, seed: int) -> dict[Stratum, int]:
    """Allot a sample to strata: a systematic sample of the items laid end to end."""
    total = sum(numbers.values())
    if total <= size:
        return numbers
    start = _hash(seed, "")
    # In whole numbers, so that no rounding decides: the positions are (index + start) * total / size.
    positions = [(index * _SCALE + start) * total // (size * _SCALE) for index in range(size)]
    shares, end = {}, 0
    for name in sorted(numbers):
        begin, end = end, end + numbers[name]
        shares[name] = bisect_left(positions, end) - bisect_left(positions, begin)
    return shares


def _hash(seed: int, identity: str) -> int:
    """A number below ``_SCALE`` that a seed and a key decide."""
    content = f"{seed}\0{identity}".encode(errors="surrogatepass")
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "big")

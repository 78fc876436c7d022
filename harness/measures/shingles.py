"""``shingles``: the multiset of runs of four words, so that order counts a little."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable

from harness.measures.base import Measure, overlap
from harness.records import Counts, Gold
from harness.text import cased_words

SIZE = 4


def shingles(text: str) -> Counter[Hashable]:
    """All runs of four words with their counts; a shorter text is one run, an empty one none.

    Source: article-extraction-benchmark, evaluate.py (``_ngrams``).
    """
    words = cased_words(text)
    if len(words) < SIZE:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[start:] for start in range(SIZE)), strict=False))


def measure(segmentation: str) -> Measure[Counter[Hashable]]:
    """``shingles`` exactly as Zyte counts them, whatever the corpus: case kept, words by ``\\w+``.

    Zyte divides a document's counts by their sum, which changes neither precision nor recall; the counts here
    are whole.
    """

    def prepare(gold: Gold) -> Counter[Hashable]:
        return shingles(gold.body)

    def count(expected: Counter[Hashable], text: str) -> Counts:
        return overlap(expected, shingles(text))

    return Measure(
        name="shingles",
        signature=rf"shingles|n:{SIZE}|seg:\w+|case:keep|v1",
        summary="multiset of 4-word shingles",
        source="article-extraction-benchmark, evaluate.py (string_shingle_matching); Zyte 2019",
        prepare=prepare,
        count=count,
        averages=("mean", "zyte"),
    )

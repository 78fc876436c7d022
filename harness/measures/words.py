"""``words``: the multiset of words of the gold body against that of the output."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable

from harness.measures.base import Measure, overlap
from harness.records import Counts, Gold
from harness.text import icu_version, icu_words, plain_words


def measure(segmentation: str) -> Measure[Counter[Hashable]]:
    """``words`` by lower-cased ``\\w+`` (``plain``, exactly WCXB's ``word_f1``) or by ICU (``icu``)."""
    icu = segmentation == "icu"
    tokenise = icu_words if icu else plain_words

    def prepare(gold: Gold) -> Counter[Hashable]:
        return Counter(tokenise(gold.body))

    def count(expected: Counter[Hashable], text: str) -> Counts:
        return overlap(expected, Counter(tokenise(text)))

    cut = f"seg:icu-{icu_version().split('.')[0]}|case:fold|norm:nfc" if icu else r"seg:\w+|case:lower"
    return Measure(
        name="words",
        signature=f"words|{cut}|v1",
        summary="multiset of words, cut by ICU" if icu else "multiset of words, runs of letters and digits",
        source="WCXB, evaluate.py (word_f1); Foley 2026, arXiv:2605.21097",
        prepare=prepare,
        count=count,
    )

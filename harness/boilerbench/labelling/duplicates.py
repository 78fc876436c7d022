"""Gold documents that hold nearly the same text."""

from __future__ import annotations

from collections.abc import Iterable

from boilerbench.corpora.base import Finding
from boilerbench.corpora.gold_files import BODY_FILE
from boilerbench.records import Document
from boilerbench.tokenizers import icu_words

NEAR_DUPLICATE = 0.5
"""The share of common 5-grams from which two bodies are the same text."""
_N = 5


def near_duplicates(documents: Iterable[Document]) -> list[Finding]:
    """List documents whose body shares half of the smaller set of 5-grams with that of an earlier one."""
    earlier: dict[str, set[tuple[str, ...]]] = {}
    findings = []
    for document in documents:
        words = icu_words(document.gold.body)
        ngrams = {tuple(words[start : start + _N]) for start in range(len(words) - _N + 1)}
        for other, other_ngrams in earlier.items():
            common = len(ngrams & other_ngrams)
            smaller = min(len(ngrams), len(other_ngrams))
            if common and common >= NEAR_DUPLICATE * smaller:
                share = round(100 * common / smaller)
                message = f"near-duplicate: {share} % of its text is that of {other}; remove one of them"
                findings.append(Finding(document.id, BODY_FILE, None, message))
        earlier[document.id] = ngrams
    return findings

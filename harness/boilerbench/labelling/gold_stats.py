"""Counts of a gold corpus: documents, words, labels."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from boilerbench.corpora.base import Corpus
from boilerbench.policy import default_policy
from boilerbench.records import Role
from boilerbench.tokenizers import icu_words


@dataclass
class GoldStatistics:
    """Counts over all documents of a corpus."""

    documents: int = 0
    labelled: int = 0
    body_words: int = 0
    words: int = 0
    """Words of all blocks of labelled documents."""
    boilerplate_words: int = 0
    blocks_by_label: Counter[str] = field(default_factory=Counter)
    words_by_label: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    page_types: Counter[str] = field(default_factory=Counter)
    traps: Counter[str] = field(default_factory=Counter)

    @property
    def boilerplate_share(self) -> float:
        """The share of boilerplate in the words of labelled pages, from 0 to 1."""
        return self.boilerplate_words / self.words if self.words else 0.0


def gold_statistics(corpus: Corpus) -> GoldStatistics:
    """Count the documents, words and labels of a corpus."""
    roles = default_policy().roles
    statistics = GoldStatistics()
    for document in corpus.documents():
        statistics.documents += 1
        statistics.labelled += bool(document.gold.blocks)
        statistics.body_words += len(icu_words(document.gold.body))
        statistics.languages[document.metadata.language or ""] += 1
        statistics.page_types[document.metadata.page_type or ""] += 1
        statistics.traps.update(document.metadata.traps)
        for block in document.gold.blocks:
            words = len(icu_words(block.text))
            statistics.words += words
            if roles[block.label] == Role.BOILERPLATE:
                statistics.boilerplate_words += words
            statistics.blocks_by_label[block.label] += 1
            statistics.words_by_label[block.label] += words
    return statistics

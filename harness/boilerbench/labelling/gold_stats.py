"""What a gold corpus consists of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from boilerbench.corpora.base import Corpus
from boilerbench.policy import Role, default_policy
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
    """Count a corpus through."""
    roles = default_policy().roles
    found = GoldStatistics()
    for document in corpus.documents():
        found.documents += 1
        found.labelled += bool(document.gold.blocks)
        found.body_words += len(icu_words(document.gold.body))
        found.languages[document.metadata.language or ""] += 1
        found.page_types[document.metadata.page_type or ""] += 1
        found.traps.update(document.metadata.traps)
        for block in document.gold.blocks:
            words = len(icu_words(block.text))
            found.words += words
            found.boilerplate_words += words * (roles[block.label] == Role.BOILERPLATE)
            found.blocks_by_label[block.label] += 1
            found.words_by_label[block.label] += words
    return found

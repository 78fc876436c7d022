"""Counts of a gold corpus: documents, words, labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from boilerbench.corpora.gold import GoldCorpus
from boilerbench.corpora.gold_files import LABELS_FILE, UNLABELLED, read_rows
from boilerbench.errors import InputError
from boilerbench.policy import default_policy
from boilerbench.records import Role
from boilerbench.tokenizers import icu_words


@dataclass
class GoldStatistics:
    """Counts over the finished documents of a corpus, and of what is unfinished."""

    documents: int = 0
    """Documents that can be used, by their own files."""
    unfinished: int = 0
    """Documents that cannot be used yet: a block has no label, or a file lacks something."""
    unfinished_blocks: int = 0
    """Blocks of unfinished documents, as far as these have a labels.tsv that can be read."""
    unlabelled_blocks: int = 0
    """Those of them without a label."""
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


def gold_statistics(corpus: GoldCorpus, remark: Callable[[str], None]) -> GoldStatistics:
    """Count the documents, words and labels of a corpus.

    ``remark`` is called with one line for each document that cannot be read, though it is not unfinished.
    """
    roles = default_policy().roles
    statistics = GoldStatistics()
    for name in corpus.ids():
        try:
            document = corpus.document(name)
        except InputError as error:
            if not _count_unfinished(statistics, corpus, name):
                remark(f"left out: {error}")
            continue
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


def _count_unfinished(statistics: GoldStatistics, corpus: GoldCorpus, document: str) -> bool:
    """Count a document whose blocks have not all a label yet; tell whether it is one."""
    try:
        rows = read_rows(document, corpus.folder_of(document) / LABELS_FILE)
    except InputError:
        return False
    unlabelled = sum(block.label == UNLABELLED for block in rows)
    if unlabelled:
        statistics.unfinished += 1
        statistics.unfinished_blocks += len(rows)
        statistics.unlabelled_blocks += unlabelled
    return bool(unlabelled)

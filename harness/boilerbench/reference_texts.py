"""The texts of a run's reference rows, document by document, from gold, pages and stored outputs."""

from __future__ import annotations

import itertools
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from boilerbench.corpora import Corpus
from boilerbench.decoding import page_text
from boilerbench.extractors import BASELINE
from boilerbench.measures import Measure
from boilerbench.page_blocks import page_blocks
from boilerbench.parallel import imap_ordered
from boilerbench.records import Gold
from boilerbench.reference_rows import (
    FOLDS,
    PageWords,
    Tally,
    WeightedVote,
    best_pick,
    block_search,
    has_majority,
    is_within,
    kept_text,
    page_votes,
    page_words,
    train_vote,
)
from boilerbench.results import StoredText

Outputs = tuple[str, dict[str, str]]
"""A document, and the text of each extractor on it."""


def reference_texts(
    names: Sequence[str],
    read: Callable[[], Iterable[StoredText]],
    corpus: Corpus,
    measure: Measure[Any],
    sites: Mapping[str, str],
    *,
    jobs: int,
) -> Iterator[tuple[str, dict[str, str]]]:
    """Make the texts of reference rows.

    Args:
        names: rows of ``reference_rows.ROWS``.
        read: reads the texts of a run's extractors by document; more than once where weights are learned.
        corpus: where pages and gold are read.
        measure: what outputs and blocks are chosen by, as it is on the corpus.
        sites: the site of each document; weights for a document are learned from other sites.
        jobs: how many processes share the work.

    Yields:
        Each document with its text by row, in the order of the texts.
    """
    folds = _folds(sites)
    votes = _train(read, corpus, folds, jobs) if "weighted-vote" in names else {}

    def make(outputs: Outputs) -> dict[str, str]:
        document, texts = outputs
        return _rows(names, document, texts, corpus, measure, votes.get(folds.get(document, 0)))

    for (document, _), rows in imap_ordered(make, _by_document(read()), jobs=jobs):
        yield document, rows


def _rows(
    names: Sequence[str],
    document: str,
    texts: Mapping[str, str],
    corpus: Corpus,
    measure: Measure[Any],
    weighted: WeightedVote | None,
) -> dict[str, str]:
    gold = corpus.gold(document)
    applies = measure.applies(gold)
    prepared = measure.prepare(gold) if applies else None

    def f1_of(text: str) -> float:
        return measure.count(prepared, text).counts.f1 if applies else 0.0

    blocks = [] if set(names) == {"best-pick"} else _blocks(corpus, document)
    page = page_words(blocks) if {"vote", "weighted-vote"} & {*names} else PageWords([], [], [])
    votes = page_votes(page, texts.values())
    makers: dict[str, Callable[[], str]] = {
        "best-pick": lambda: best_pick(texts, f1_of),
        # Where gold says nothing there is nothing to search for.
        "block-search": lambda: block_search(blocks, f1_of) if applies else "",
        "vote": lambda: kept_text(page, [has_majority(each) for each in votes]),
        "weighted-vote": lambda: kept_text(
            page, [weighted is not None and weighted.keeps(each) for each in votes]
        ),
    }
    return {name: makers[name]() for name in names}


def _train(
    read: Callable[[], Iterable[StoredText]], corpus: Corpus, folds: Mapping[str, int], jobs: int
) -> dict[int, WeightedVote]:
    """Learn the weights for each fold from the documents of all others."""

    def tally_of(outputs: Outputs) -> Tally:
        document, texts = outputs
        gold = corpus.gold(document)
        return _tally(_blocks(corpus, document), texts.values(), gold) if gold.has_body else Counter()

    tallies: list[Tally] = [Counter() for _ in range(FOLDS)]
    for (document, _), tally in imap_ordered(tally_of, _by_document(read()), jobs=jobs):
        tallies[folds[document]].update(tally)
    trained = {}
    for fold in range(FOLDS):
        others: Tally = Counter()
        for index, tally in enumerate(tallies):
            others.update(tally if index != fold else {})
        if others:
            trained[fold] = train_vote(others)
    return trained


def _tally(blocks: Sequence[str], outputs: Iterable[str], gold: Gold) -> Tally:
    """Count the words of a page by their votes and by whether gold has them, found as votes are."""
    page = page_words(blocks)
    return Counter(zip(page_votes(page, outputs), is_within(page.words, gold.body), strict=True))


def _folds(sites: Mapping[str, str]) -> dict[str, int]:
    """Return the fold of each document: all pages of a site are in one, by a checksum of its name."""
    return {document: zlib.crc32((site or document).encode()) % FOLDS for document, site in sites.items()}


def _blocks(corpus: Corpus, document: str) -> list[str]:
    return [block.text for block in page_blocks(page_text(corpus.page(document)))]


def _by_document(texts: Iterable[StoredText]) -> Iterator[Outputs]:
    """Gather the texts of tools by document; those of baselines as well only where there are no others."""
    for document, group in itertools.groupby(texts, key=lambda stored: stored.document):
        all_of_them = {stored.extractor: stored.text for stored in group}
        of_tools = {name: text for name, text in all_of_them.items() if not name.startswith(BASELINE)}
        yield document, of_tools or all_of_them

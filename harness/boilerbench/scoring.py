"""Measures over a run's texts, on all cores where that pays."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from boilerbench.corpora import Corpus
from boilerbench.measures import Measure
from boilerbench.parallel import imap_ordered
from boilerbench.records import Score
from boilerbench.results import StoredText

Batch = list[StoredText]
"""All texts of some documents, by document."""

_DOCUMENTS = 16
_WORTH_A_PROCESS = 500


def scores(
    texts: Iterable[StoredText],
    corpus: Corpus,
    measures: Sequence[Measure[Any]],
    *,
    number: int,
    jobs: int,
    done: Callable[[int], None],
) -> Iterator[Score]:
    """The scores of texts that come by document; a document's gold is read and prepared once.

    ``number`` is how many texts there are, ``done`` is told how many more of them are scored. The order is
    that of the texts, however many processes share the work, and no more than a few batches are in memory.
    """

    def score_batch(batch: Batch) -> list[Score]:
        documents = itertools.groupby(batch, key=lambda stored: stored.document)
        return [score for name, group in documents for score in _score_texts(name, group, corpus, measures)]

    for batch, found in imap_ordered(
        score_batch, _batches(texts), jobs=jobs if number >= _WORTH_A_PROCESS else 1
    ):
        yield from found
        done(len(batch))


def _batches(texts: Iterable[StoredText]) -> Iterator[Batch]:
    documents = (list(group) for _, group in itertools.groupby(texts, key=lambda stored: stored.document))
    while some := list(itertools.islice(documents, _DOCUMENTS)):
        yield list(itertools.chain.from_iterable(some))


def _score_texts(
    document: str, texts: Iterable[StoredText], corpus: Corpus, measures: Sequence[Measure[Any]]
) -> Iterator[Score]:
    gold = corpus.gold(document)
    prepared = [(measure, measure.prepare(gold)) for measure in measures if measure.applies(gold)]
    for stored in texts:
        for measure, expected in prepared:
            labels = measure.labels(expected, stored.text) if measure.labels else ()
            counts = measure.count(expected, stored.text)
            yield Score(document, stored.extractor, measure.name, counts, labels)

"""Measures over a run's texts, on all cores where that pays."""

from __future__ import annotations

import itertools
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any

from harness.corpora import Corpus
from harness.measures import Measure
from harness.records import Score

Batch = list[dict[str, str]]
"""All texts of some documents, by document: document, extractor, status, text."""

_DOCUMENTS = 16
_WORTH_A_PROCESS = 500
_judging: tuple[Corpus, Sequence[Measure[Any]]]


def scores(
    texts: Iterable[dict[str, str]],
    corpus: Corpus,
    judges: Sequence[Measure[Any]],
    *,
    number: int,
    jobs: int,
    done: Callable[[int], None],
) -> Iterator[Score]:
    """The scores of texts that come by document; a document's gold is read and prepared once.

    ``number`` is how many texts there are, ``done`` is told how many more of them are scored. The order is
    that of the texts, however many processes share the work, and no more than a few batches are in memory.
    """
    batches = _batches(texts)
    _become_judge(corpus, judges)
    if jobs == 1 or number < _WORTH_A_PROCESS or "fork" not in multiprocessing.get_all_start_methods():
        for batch in batches:
            yield from _judged(batch)
            done(len(batch))
        return
    # Forked, so that the measures, which are functions of functions, need no pickling.
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(jobs, context, _become_judge, (corpus, judges)) as pool:
        waiting: deque[tuple[int, Future[list[Score]]]] = deque()
        for batch in batches:
            waiting.append((len(batch), pool.submit(_judged, batch)))
            if len(waiting) > 2 * jobs:
                size, future = waiting.popleft()
                yield from future.result()
                done(size)
        for size, future in waiting:
            yield from future.result()
            done(size)


def _batches(texts: Iterable[dict[str, str]]) -> Iterator[Batch]:
    documents = (list(group) for _, group in itertools.groupby(texts, key=lambda each: each["document"]))
    while some := list(itertools.islice(documents, _DOCUMENTS)):
        yield list(itertools.chain.from_iterable(some))


def _become_judge(corpus: Corpus, judges: Sequence[Measure[Any]]) -> None:
    global _judging  # noqa: PLW0603 - what every batch in this process is judged by
    _judging = corpus, judges


def _judged(batch: Batch) -> list[Score]:
    corpus, judges = _judging
    found = []
    for document, group in itertools.groupby(batch, key=lambda each: each["document"]):
        gold = corpus.gold(document)
        prepared = [(judge, judge.prepare(gold)) for judge in judges if judge.applies(gold)]
        found += [
            Score(
                document,
                each["extractor"],
                judge.name,
                judge.count(expected, each["text"]),
                judge.labels(expected, each["text"]) if judge.labels else (),
            )
            for each in group
            for judge, expected in prepared
        ]
    return found

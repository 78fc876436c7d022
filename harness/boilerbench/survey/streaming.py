"""Pages through extractors, page by page in their order: nothing holds more than those at work."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from boilerbench.corpora import Corpus
from boilerbench.corpora.base import page_digest
from boilerbench.progress import Progress
from boilerbench.records import Extraction, Page, Status
from boilerbench.runner import Prepared, WorkerLimits, work_through
from boilerbench.sampling import stratified_sample
from boilerbench.survey.filters import Rule
from boilerbench.survey.observation import Observation, observe
from boilerbench.survey.page_facts import PageFacts, facts_of


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A page of a survey: its id, its digest, and the facts about it."""

    document: str
    digest: str
    facts: PageFacts


class PageSource:
    """The pages of a survey, numbered, with the facts about them; what is passed over is counted.

    Args:
        corpus: where they are.
        sample: how many to draw, of each kind of page its share; by default all.
        limit: how many to take of these at most.
        seed: decides the draw.
    """

    def __init__(self, corpus: Corpus, sample: int | None, limit: int | None, seed: int) -> None:
        self._corpus = corpus
        self._sample, self._seed = sample, seed
        self._digest = hashlib.sha256()
        self._lock = threading.Lock()
        self._known: dict[int, SourcePage] = {}
        self.skipped: Counter[str] = Counter()
        self._stream: Iterator[tuple[int, tuple[str, Page]]] = enumerate(
            itertools.islice(self._pages(), limit)
        )

    @property
    def digest(self) -> str:
        """``sha256:…`` over the pages that have been taken."""
        return "sha256:" + self._digest.hexdigest()

    def numbered(self) -> Iterator[tuple[str, Page]]:
        """Yield the pages that are left under their numbers, as workers are told them."""
        for index, (document, page) in self._stream:
            known = SourcePage(document, page_digest(page), facts_of(page))
            self._count(known.document, known.digest)
            with self._lock:
                self._known[index] = known
            yield str(index), page

    def take(self, index: int) -> SourcePage:
        """Return a page that was numbered, once."""
        with self._lock:
            return self._known.pop(index)

    def pass_over(self, document: str, digest: str) -> bool:
        """Pass over the next page, if it is this one: it has been seen before."""
        following = next(self._stream, None)
        if following is None:
            return False
        _, (name, page) = following
        if (name, page_digest(page)) != (document, digest):
            self._stream = itertools.chain([following], self._stream)
            return False
        self._count(document, digest)
        return True

    def _count(self, document: str, digest: str) -> None:
        self._digest.update(f"{document} {digest}\n".encode("utf-8", "replace"))

    def _pages(self) -> Iterator[tuple[str, Page]]:
        if self._sample is None:
            yield from self._corpus.pages(self._skip)
            return
        kinds = ((document, facts_of(page).stratum()) for document, page in self._corpus.pages(self._skip))
        drawn = stratified_sample(
            kinds, self._sample, key=lambda each: each[0], stratum=lambda each: each[1], seed=self._seed
        )
        for document, _ in drawn:
            yield document, self._corpus.page(document)

    def _skip(self, reason: str) -> None:
        self.skipped[reason] += 1


def observations(
    source: PageSource,
    extractors: Sequence[Prepared],
    others: Sequence[Sequence[int]],
    rules: Sequence[Rule],
    *,
    first: int,
    jobs: int,
    limits: WorkerLimits,
    progress: Progress,
    versions: Callable[[str, str], None],
) -> Iterator[tuple[str, Observation]]:
    """Yield digest of each page and what the extractors make of it, in the order of the pages.

    Args:
        source: the pages.
        extractors: who extracts.
        others: for each extractor those that it is compared with.
        rules: the filters.
        first: the number of the first page that is left.
        jobs: how many tools work side by side.
        limits: what a tool may take for a page.
        progress: told of each page.
        versions: told the version of an extractor, as its worker says it.

    Raises:
        InputError: a tool cannot be loaded with its options.
    """
    places = {extractor.name: place for place, extractor in enumerate(extractors)}
    unfinished: dict[int, dict[int, Extraction]] = {}
    waiting: dict[int, tuple[str, Observation]] = {}
    upcoming = first
    with contextlib.closing(
        work_through(source.numbered(), extractors, jobs=jobs, limits=limits)
    ) as extractions:
        for extraction in extractions:
            versions(extraction.extractor, extraction.version)
            index = int(extraction.document)
            of_page = unfinished.setdefault(index, {})
            of_page[places[extraction.extractor]] = extraction
            if len(of_page) < len(places):
                continue
            del unfinished[index]
            page = source.take(index)
            by_place = [of_page[place] for place in range(len(places))]
            waiting[index] = (
                page.digest,
                observe(index, page.document, page.facts, by_place, others, rules),
            )
            progress.advance(failed=any(each.status not in (Status.OK, Status.EMPTY) for each in by_place))
            while upcoming in waiting:
                yield waiting.pop(upcoming)
                upcoming += 1

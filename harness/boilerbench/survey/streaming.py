"""Pages through extractors, page by page in their order: nothing holds more than those at work."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from boilerbench.corpora import Corpus
from boilerbench.corpora.base import page_digest
from boilerbench.progress import Progress
from boilerbench.records import Extraction, Page, Status
from boilerbench.runner import Prepared, WorkerLimits, work_through
from boilerbench.sampling import stratified_sample
from boilerbench.survey.filters import Rule
from boilerbench.survey.observation import Observation, observe, others_of
from boilerbench.survey.page_facts import PageFacts, facts_of


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
        self._sample, self._limit, self._seed = sample, limit, seed
        self._digest = hashlib.sha256()
        self._lock = threading.Lock()
        self._known: dict[int, tuple[str, PageFacts]] = {}
        self.skipped: Counter[str] = Counter()

    @property
    def digest(self) -> str:
        """``sha256:…`` over the pages that have been taken."""
        return "sha256:" + self._digest.hexdigest()

    def numbered(self) -> Iterator[tuple[str, Page]]:
        """Yield the pages under their numbers, as workers are told them."""
        for index, (document, page) in enumerate(itertools.islice(self._pages(), self._limit)):
            line = f"{document} {page_digest(page)}\n"
            self._digest.update(line.encode("utf-8", "replace"))
            facts = facts_of(page)
            with self._lock:
                self._known[index] = (document, facts)
            yield str(index), page

    def take(self, index: int) -> tuple[str, PageFacts]:
        """Return the id of a page and the facts about it, once."""
        with self._lock:
            return self._known.pop(index)

    def _pages(self) -> Iterator[tuple[str, Page]]:
        if self._sample is None:
            return self._corpus.pages(self._skip)
        kinds = ((document, facts_of(page).stratum()) for document, page in self._corpus.pages(self._skip))
        drawn = stratified_sample(
            kinds, self._sample, key=lambda each: each[0], stratum=lambda each: each[1], seed=self._seed
        )
        return ((document, self._corpus.page(document)) for document, _ in drawn)

    def _skip(self, reason: str) -> None:
        self.skipped[reason] += 1


def observations(
    source: PageSource,
    extractors: Sequence[Prepared],
    tools: Sequence[str],
    rules: Sequence[Rule],
    *,
    jobs: int,
    limits: WorkerLimits,
    progress: Progress,
    versions: Callable[[str, str], None],
) -> Iterator[Observation]:
    """Yield each page as the extractors make it out, in the order of the pages.

    Args:
        source: the pages.
        extractors: who extracts.
        tools: of each.
        rules: the filters.
        jobs: how many tools work side by side.
        limits: what a tool may take for a page.
        progress: told of each page.
        versions: told the version of an extractor, as its worker says it.

    Raises:
        InputError: a tool cannot be loaded with its options.
    """
    places = {extractor.name: place for place, extractor in enumerate(extractors)}
    others = others_of(tools)
    unfinished: dict[int, dict[int, Extraction]] = {}
    waiting: dict[int, Observation] = {}
    upcoming = 0
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
            document, facts = source.take(index)
            by_place = [of_page[place] for place in range(len(places))]
            waiting[index] = observe(index, document, facts, by_place, others, rules)
            progress.advance(failed=any(each.status not in (Status.OK, Status.EMPTY) for each in by_place))
            while upcoming in waiting:
                yield waiting.pop(upcoming)
                upcoming += 1

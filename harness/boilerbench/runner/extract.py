"""The extractions of a run: stored outputs are looked up, earlier extractions come from the cache."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Mapping, Sequence

from boilerbench.cache import Cache
from boilerbench.extractors import StoredOutputs
from boilerbench.records import Extraction, Page, Status, status_of
from boilerbench.runner.limits import WorkerLimits
from boilerbench.runner.page_files import PageTask
from boilerbench.runner.pool import work
from boilerbench.runner.prepare import Prepared
from boilerbench.runner.reuse import Reuse
from boilerbench.runner.standing import StandingPool
from boilerbench.unfinished import Session


def extract(
    documents: Mapping[str, str],
    page: Callable[[str], Page],
    extractors: Sequence[Prepared | StoredOutputs],
    *,
    cache: Cache | None,
    session: Session | None = None,
    fresh: bool = False,
    jobs: int,
    limits: WorkerLimits,
    remark: Callable[[str], None] = lambda line: None,
    pool: StandingPool | None = None,
) -> Generator[Extraction, None, None]:
    """Yield every extractor's extraction of every page, as they are finished, in no fixed order.

    Args:
        documents: the digest of each page by document id.
        page: gives the page of a document.
        extractors: who extracts.
        cache: keeps what a worker returns the moment it is there.
        session: lets a run that was killed be taken up again, from what only it may use.
        fresh: make everything anew, and keep it, too.
        jobs: how many tools work side by side.
        limits: what a tool may take for a page.
        remark: is told, in one line each, of which extractors later runs may take nothing.
        pool: of these extractors, if they stay from one call to the next.

    Raises:
        InputError: a page cannot be read, or a tool cannot be loaded with its options.
    """
    workers = {extractor.name: extractor for extractor in extractors if isinstance(extractor, Prepared)}
    reuse = Reuse(cache, session, workers, limits, remark, pool.marks if pool else None)
    tasks = []
    everyone = tuple(workers.values())
    for document, digest in documents.items():
        for extractor in extractors:
            if isinstance(extractor, StoredOutputs):
                yield _look_up(extractor, document)
        missing = []
        for name, worker in workers.items():
            extraction = None if fresh else reuse.find(document, digest, name)
            if extraction is None:
                missing.append(worker)
            else:
                yield extraction
        if missing:
            # One list for all, of which there may be very many.
            tasks.append(PageTask(document, everyone if len(missing) == len(everyone) else tuple(missing)))
    marks = reuse.marks if cache else None
    results = pool.work(tasks) if pool else work(tasks, page, jobs=jobs, limits=limits, marks=marks)
    try:
        with contextlib.closing(results):
            for extraction, inputs in results:
                reuse.keep(extraction, inputs, documents[extraction.document])
                yield extraction
    finally:
        reuse.finish()


def _look_up(outputs: StoredOutputs, document: str) -> Extraction:
    text = outputs.texts.get(document)
    if text is None:
        error = f"{outputs.file.name} has no output for this document"
        return Extraction(document, outputs.name, outputs.version, Status.ERROR, error=error)
    markup, format_ = outputs.markup.get(document, ("", None))
    return Extraction(
        *(document, outputs.name, outputs.version, status_of(text), text), markup=markup, format=format_
    )

"""All extractions of a run: what is stored is looked up, what was made before comes from the cache."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Mapping, Sequence

from boilerbench.cache import Cache, extraction_key
from boilerbench.extractors import StoredOutputs
from boilerbench.records import Extraction, Page, Status, status_of
from boilerbench.runner.limits import WorkerLimits
from boilerbench.runner.page_files import PageTask
from boilerbench.runner.pool import work
from boilerbench.runner.prepare import Prepared


def extract(
    documents: Mapping[str, str],
    page: Callable[[str], Page],
    extractors: Sequence[Prepared | StoredOutputs],
    *,
    cache: Cache | None,
    fresh: bool = False,
    jobs: int,
    limits: WorkerLimits,
) -> Generator[Extraction, None, None]:
    """Every extractor's extraction of every page, as they are finished, in no fixed order.

    ``documents`` gives the digest of each page by id. What a worker returns is kept in ``cache`` the moment
    it is there; ``fresh`` makes everything anew and keeps it, too.

    Raises:
        InputError: a page cannot be read, or a tool cannot be loaded with its options.
    """
    workers = {extractor.name: extractor for extractor in extractors if isinstance(extractor, Prepared)}
    under = str(limits)

    def key(document: str, name: str) -> bytes:
        return extraction_key(page=documents[document], **workers[name].identity)

    tasks = []
    for document in documents:
        for extractor in extractors:
            if isinstance(extractor, StoredOutputs):
                yield _look_up(extractor, document)
        missing = []
        for name, worker in workers.items():
            found = None
            if cache is not None and not fresh:
                found = cache.find(key(document, name), under, document, name)
            if found is None:
                missing.append(worker)
            else:
                yield found
        if missing:
            tasks.append(PageTask(document, tuple(missing)))
    with contextlib.closing(work(tasks, page, jobs=jobs, limits=limits)) as made:
        for extraction in made:
            if cache is not None:
                cache.keep(key(extraction.document, extraction.extractor), under, extraction)
            yield extraction


def _look_up(outputs: StoredOutputs, document: str) -> Extraction:
    text = outputs.texts.get(document)
    if text is None:
        error = f"{outputs.file.name} has no output for this document"
        return Extraction(document, outputs.name, outputs.version, Status.ERROR, error=error)
    return Extraction(document, outputs.name, outputs.version, status_of(text), text)

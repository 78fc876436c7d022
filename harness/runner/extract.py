"""All extractions of a run: what is stored is looked up, what was made before comes from the cache."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Callable, Generator, Mapping, Sequence

from harness.cache import Cache, extraction_key
from harness.extractors import StoredOutputs
from harness.records import Extraction, Page, Status
from harness.runner.launch import GUARD, NAMESPACE
from harness.runner.pool import Task, work
from harness.runner.prepare import Prepared
from harness.runner.process import LAUNCH, Limits


def extract(
    documents: Mapping[str, str],
    page: Callable[[str], Page],
    extractors: Sequence[Prepared | StoredOutputs],
    *,
    cache: Cache | None,
    fresh: bool = False,
    jobs: int,
    limits: Limits,
) -> Generator[Extraction, None, None]:
    """Every extractor's extraction of every page, as they are finished, in no fixed order.

    ``documents`` gives the digest of each page by id. What a worker returns is kept in ``cache`` the moment
    it is there; ``fresh`` makes everything anew and keeps it, too.

    Raises:
        InputError: a page cannot be read, or a tool cannot be loaded with its options.
    """
    workers = [extractor for extractor in extractors if isinstance(extractor, Prepared)]
    tasks = []
    for document, digest in documents.items():
        for extractor in extractors:
            if isinstance(extractor, StoredOutputs):
                yield _look_up(extractor, document)
        missing = []
        for worker in workers:
            key = extraction_key(page=digest, **worker.identity)
            found = None if cache is None or fresh else cache.find(key, str(limits), document, worker.name)
            if found is None:
                missing.append(worker)
            else:
                yield found
        if missing:
            tasks.append(Task(document, tuple(missing)))
    identities = {worker.name: worker.identity for worker in workers}
    with contextlib.closing(work(tasks, page, jobs=jobs, limits=limits)) as made:
        for extraction in made:
            if cache is not None:
                key = extraction_key(page=documents[extraction.document], **identities[extraction.extractor])
                cache.keep(key, str(limits), extraction)
            yield extraction


def network_protection() -> str:
    """What keeps workers from the network here: ``namespace`` or ``guard``."""
    command = [sys.executable, "-S", "-E", str(LAUNCH), "--probe"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return NAMESPACE if done.stdout.strip() == NAMESPACE else GUARD


def _look_up(outputs: StoredOutputs, document: str) -> Extraction:
    text = outputs.texts.get(document)
    if text is None:
        error = f"{outputs.file.name} has no output for this document"
        return Extraction(document, outputs.name, outputs.version, Status.ERROR, error=error)
    status = Status.OK if text and not text.isspace() else Status.EMPTY
    return Extraction(document, outputs.name, outputs.version, status, text)

"""Reading a whole corpus: what is sound, what it holds, how hard it is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from boilerbench.corpora import Corpus, open_corpus
from boilerbench.corpora.base import content_digest, corpus_digest, document_digest, page_digest
from boilerbench.corpora.complexity import by_difficulty, complexity
from boilerbench.corpora.gold import GoldCorpus
from boilerbench.errors import InputError
from boilerbench.extractors import StoredOutputs
from boilerbench.labelling.checks import document_findings
from boilerbench.policy import Policy
from boilerbench.progress import Progress, Silent
from boilerbench.records import Metadata
from boilerbench.results import Run, StoredText


@dataclass(frozen=True)
class Read:
    """What reading a whole corpus yields."""

    pages: dict[str, str]
    """The digest of each page."""
    digests: dict[str, str]
    """Those of the corpus: over all of it, and over pages alone."""
    documents: list[tuple[str, str, Metadata]]
    """Ids, digests of page and gold, and metadata."""


def read_all(corpus: Corpus, documents: Sequence[str], progress: Progress) -> Read:
    """Read it all, which shows what is wrong before anything runs."""

    def facts(name: str) -> tuple[str, str, str, Metadata]:
        document = corpus.document(name)
        page = page_digest(document.page)
        whole, content = document_digest(document, page), content_digest(document, page)
        return page, whole, content, document.metadata

    progress.begin("reading", len(documents))
    pages, wholes, rows = {}, {}, []
    # Unpacking and hashing leave Python's lock, so threads share the work.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, found in zip(documents, pool.map(facts, documents), strict=True):
            pages[name], wholes[name], content, metadata = found
            rows.append((name, content, metadata))
            progress.advance()
    return Read(pages, {"digest": corpus_digest(wholes), "pages": corpus_digest(pages)}, rows)


def open_run_corpus(run: Run) -> Corpus:
    """The corpus of a run, from where it lay when it ran.

    Raises:
        InputError: it is not there now.
    """
    try:
        return open_corpus(run.info.corpus.spec)
    except InputError as error:
        raise InputError(f"run {run.folder}: {error}, or say with --corpus where it lies now") from None


def check_there(run: Run, corpus: Corpus, documents: Sequence[str]) -> None:
    """See that a run's documents are still in their corpus.

    Raises:
        InputError: one is not.
    """
    there = set(corpus.ids())
    gone = [document for document in documents if document not in there]
    if gone:
        raise InputError(
            f"run {run.folder}: {gone[0]} is not in {corpus.spec} any more; run the benchmark again"
        )


def sound_documents(
    corpus: Corpus, documents: Sequence[str], remark: Callable[[str], None]
) -> tuple[list[str], dict[str, str]]:
    """The documents whose gold is as it should be, and the first fault of each other one."""
    if not isinstance(corpus, GoldCorpus):
        return list(documents), {}

    left_out: dict[str, str] = {}
    for name in documents:
        findings = document_findings(corpus, name)
        if findings:
            left_out[name] = str(findings[0])
            more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
            remark(f"left out: {findings[0]}{more}")
    if left_out and len(left_out) == len(documents):
        raise InputError(f"corpus {corpus.spec}: no document passes boilerbench gold check; mend them first")
    return [name for name in documents if name not in left_out], left_out


def references(corpus: Corpus, policy: Policy) -> list[StoredOutputs]:
    """What stands in the table beside the extractors: the body as a second annotator sees it."""
    texts = corpus.second_annotator(policy) if isinstance(corpus, GoldCorpus) else {}
    return [StoredOutputs("annotator-2", "", Path(corpus.spec), texts)] if texts else []


def with_references(
    texts: Iterable[StoredText], names: Sequence[str], corpus: Corpus, policy: Policy
) -> Iterator[StoredText]:
    """A run's texts, those of references as they are under this policy, whichever held at the time."""
    bodies = {each.name: each.texts for each in references(corpus, policy)} if names else {}
    for stored in texts:
        if stored.extractor in names and stored.extractor in bodies:
            yield replace(stored, text=bodies[stored.extractor][stored.document])
        else:
            yield stored


def difficulties(run: Run, corpus: Corpus, progress: Progress | None = None) -> dict[str, list[str]]:
    """The documents of a run whose pages are of low, medium and high complexity, cut at its quartiles.

    Raises:
        InputError: a document is not in the corpus any more, or gold has no bodies.
    """
    progress = progress or Silent()
    documents = [str(name) for name in run.documents["document"]]
    check_there(run, corpus, documents)
    progress.begin("reading", len(documents))
    found = {}
    for name in documents:
        document = corpus.document(name)
        if document.gold.has_body:
            found[name] = complexity(document)
        progress.advance()
    if not found:
        raise InputError(f"run {run.folder}: gold has no bodies, and so no difficulty; choose another --by")
    return by_difficulty(found)

"""The corpus of a run: opened again, and held against the run's documents."""

from __future__ import annotations

from collections.abc import Sequence

from boilerbench.corpora import Corpus, CorpusLike, as_corpus, open_corpus
from boilerbench.corpora.in_memory import SCHEME
from boilerbench.corpora.snapshot import Snapshot
from boilerbench.errors import InputError
from boilerbench.results import CorpusInfo, Run


def open_run_corpus(run: Run, given: CorpusLike | None = None) -> Corpus:
    """Open the corpus of a run, from where it lay when it ran, or from where it is given to lie now.

    Raises:
        InputError: it is not there.
    """
    if given is not None:
        return as_corpus(given)
    if run.info.corpus.spec.startswith(SCHEME):
        raise InputError(
            f"run {run.folder}: its corpus was documents in Python, which are not kept; give them again there"
        )
    try:
        return open_corpus(run.info.corpus.spec)
    except InputError as error:
        raise InputError(f"run {run.folder}: {error}", remedy="corpus-elsewhere") from None


def corpus_info(name: str, corpus: Corpus, snapshot: Snapshot) -> CorpusInfo:
    """Return what a run says of its corpus: which documents it has, by digest and by name of the version."""
    version = corpus.version_of(snapshot.digests["digest"])
    return CorpusInfo(name, corpus.spec, len(snapshot.documents), **snapshot.digests, version=version)


def check_documents(run: Run, corpus: Corpus, documents: Sequence[str]) -> None:
    """Check that a run's documents are still in their corpus.

    Raises:
        InputError: one is not.
    """
    present = set(corpus.ids())
    missing = [document for document in documents if document not in present]
    if missing:
        raise InputError(
            f"run {run.folder}: {missing[0]} is not in {corpus.spec} any more; run the benchmark again"
        )


def check_pages(earlier: Run, corpus: Corpus, snapshot: Snapshot) -> None:
    """Check that the pages of a run are those that its texts were made from.

    Raises:
        InputError: they have changed.
    """
    if snapshot.digests["pages"] != earlier.info.corpus.pages:
        raise InputError(
            f"run {earlier.folder}: pages of {corpus.spec} have changed since; run the benchmark again"
        )

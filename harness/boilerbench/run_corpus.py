"""The corpus of a run: opened again, held against the run's documents, with its reference rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from boilerbench.corpora import Corpus, open_corpus
from boilerbench.errors import InputError
from boilerbench.extractors import StoredOutputs
from boilerbench.policy import Policy
from boilerbench.results import Run, StoredText


def open_run_corpus(run: Run) -> Corpus:
    """Open the corpus of a run, from where it lay when it ran.

    Raises:
        InputError: it is not there now.
    """
    try:
        return open_corpus(run.info.corpus.spec)
    except InputError as error:
        raise InputError(f"run {run.folder}: {error}", remedy="corpus-elsewhere") from None


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


def stored_references(corpus: Corpus, policy: Policy) -> list[StoredOutputs]:
    """Return the reference rows that come with a corpus, in the form of stored outputs."""
    outputs = corpus.reference_outputs(policy)
    return [StoredOutputs(name, "", Path(corpus.spec), texts) for name, texts in outputs.items()]


def with_references(
    texts: Iterable[StoredText], names: Sequence[str], corpus: Corpus, policy: Policy
) -> Iterator[StoredText]:
    """Yield a run's texts, those of its reference rows (``names``) as they are under this policy."""
    outputs = corpus.reference_outputs(policy) if names else {}
    for stored in texts:
        if stored.extractor in names and stored.extractor in outputs:
            yield replace(stored, text=outputs[stored.extractor][stored.document])
        else:
            yield stored

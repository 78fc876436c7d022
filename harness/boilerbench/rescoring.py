"""The stored texts of a run scored again: for other measures, another policy, or gold that was corrected."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path

from boilerbench.corpora import CorpusLike
from boilerbench.corpora.snapshot import take_snapshot
from boilerbench.errors import InputError
from boilerbench.merging import digests_of, finish
from boilerbench.nearest import hint
from boilerbench.progress import Progress, Silent
from boilerbench.reference_rows import ROWS
from boilerbench.results import (
    MADE,
    Run,
    Shard,
    carry_over,
    load_run,
    replacing,
    write_digests,
)
from boilerbench.run_corpus import check_documents, check_pages, corpus_info, open_run_corpus
from boilerbench.scoring import corpus_measures, describe, score_folder
from boilerbench.sites import suffix_list_version


def _ignore(remark: str) -> None:
    """Drop a remark."""


def score(
    path: str | Path | Run,
    measures: str | Sequence[str] | None = None,
    *,
    policy: str | None = None,
    references: Sequence[str] | None = None,
    corpus: CorpusLike | None = None,
    seed: int | None = None,
    independent: bool = False,
    progress: Progress | None = None,
    remark: Callable[[str], None] = _ignore,
) -> Run:
    """Score the stored texts of a run again, and replace the tables in its folder.

    Gold may have changed since; pages may not, since the texts were made from them.

    Args:
        path: the run, or its folder.
        measures: a name, ``all``, or a list; by default those of the run.
        policy: what labels count as; by default that of the run.
        references: the reference rows to make of the texts, ``best-pick``, ``block-search``, ``vote`` or
            ``weighted-vote``, beside those that come with the corpus; by default those of the run. Picks and
            searches go by the first measure.
        corpus: where the corpus lies now, if it has moved; documents in memory are always to be given again.
        seed: decides the draws of the bootstrap and the permutation test; by default that of the run.
        independent: take pages of one site as independent of each other.
        progress: told how far it has come.
        remark: told in one line each what does not stop it.

    Raises:
        InputError: the folder is no run, its corpus is not where it was, or the pages have changed.
    """
    progress = progress or Silent()
    old = load_run(path)
    # Nothing is replaced by what could not be shown afterwards.
    _ = old.extracted, old.provenance
    corpus = open_run_corpus(old, corpus)
    policy = policy or old.info.policy or "default"
    made = corpus_measures(corpus, _listed(measures) or old.info.measure_names, policy, remark)
    documents = list(dict.fromkeys(old.extracted["document"]))
    check_documents(old, corpus, documents)
    snapshot = take_snapshot(corpus, documents, progress)
    check_pages(old, corpus, snapshot)
    info = dataclasses.replace(
        old.info,
        corpus=corpus_info(old.info.corpus.name, corpus, snapshot),
        measures=describe(made),
        policy=policy if corpus.labelled else None,
        seed=old.info.seed if seed is None else seed,
        references=_references(old.info.references, references),
        suffix_list=None if independent else suffix_list_version(),
    )
    with replacing(old.folder, made=MADE) as folder:
        carry_over(old.folder, folder)
        info = score_folder(folder, info, corpus, snapshot, made, progress)
        write_digests(folder, digests_of(snapshot))
        finish(folder, info, Shard.of(old.info.shard) if old.info.shard else None, remark)
    return load_run(old.folder)


def _references(earlier: Sequence[str], asked: Sequence[str] | None) -> tuple[str, ...]:
    """Return the reference rows of a run: those of its corpus stay, those that are made are those asked for.

    Raises:
        InputError: there is no such row.
    """
    if asked is None:
        return tuple(earlier)
    for name in asked:
        if name not in ROWS:
            raise InputError(f"no reference row {name!r}; {hint(name, list(ROWS))}")
    return (*(name for name in earlier if name not in ROWS), *dict.fromkeys(asked))


def _listed(names: str | Sequence[str] | None) -> Sequence[str]:
    return [names] if isinstance(names, str) else names or []

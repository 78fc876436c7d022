"""The scoring stage: a folder of stored texts into scores, leaderboard and run.json."""

from __future__ import annotations

import dataclasses
import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from boilerbench.corpora import Corpus
from boilerbench.corpora.snapshot import Snapshot
from boilerbench.markup import html_of, markdown_of
from boilerbench.measures import Measure, make_measures
from boilerbench.measures.bounds import UnscorableError, check_structured
from boilerbench.parallel import imap_ordered
from boilerbench.policy import parse_policy
from boilerbench.progress import Progress
from boilerbench.records import Score, status_of
from boilerbench.reference_rows import ROWS
from boilerbench.results import (
    SCORES_FILE,
    MeasureInfo,
    RunInfo,
    StoredText,
    read_extractions,
    read_table,
    read_texts,
    table_digests,
    write_documents,
    write_info,
    write_leaderboard,
    write_references,
    write_scores,
)

Batch = list[StoredText]
"""All texts of some documents, by document."""

_DOCUMENTS = 16
_WORTH_A_PROCESS = 500


def corpus_measures(
    corpus: Corpus, names: Sequence[str], policy: str, remark: Callable[[str], None]
) -> list[Measure[Any]]:
    """Make the measures of these names, as they are on a corpus: its tokenizer and, with labels, a policy.

    Raises:
        InputError: there is no such measure or policy.
    """
    parsed = parse_policy(policy)
    if not corpus.labelled and policy != "default":
        remark(f"{corpus.name} has no labels, so that policy {policy} changes nothing")
    return make_measures(names, corpus.tokenizer, remark, parsed if corpus.labelled else None, corpus.overlay)


def describe(measures: Sequence[Measure[Any]]) -> tuple[MeasureInfo, ...]:
    """Describe measures as run.json does."""
    return tuple(MeasureInfo(each.name, each.signature, tuple(each.averages)) for each in measures)


def score_folder(
    folder: Path,
    info: RunInfo,
    corpus: Corpus,
    snapshot: Snapshot,
    measures: Sequence[Measure[Any]],
    progress: Progress,
) -> None:
    """Write all that follows from the extractions in a folder: scores, leaderboard, documents, run.json.

    Args:
        folder: a new folder that holds the extractions and nothing that follows from them.
        info: what the run says of itself; of its reference rows the corpus may have lost some.
        corpus: where the gold is read.
        snapshot: of the corpus, for the table of documents.
        measures: what to score by.
        progress: told of every text that is scored.

    Raises:
        InputError: gold cannot be read, or the texts are damaged.
    """
    from boilerbench.stats import leaderboard
    from boilerbench.stats.sample import several_sites

    documents = [document for document, *_ in snapshot.documents]
    info = _write_references(folder, info, corpus, snapshot, measures[0], progress)

    number = len(documents) * len(info.rows)
    progress.begin("scoring", number, parts=len(info.rows))

    def advance(texts: int) -> None:
        for _ in range(texts):
            progress.advance()

    scores = score_texts(
        read_texts(folder), corpus, measures, number=number, jobs=os.cpu_count() or 1, done=advance
    )
    write_scores(folder, scores)
    board = leaderboard(
        read_table(folder / SCORES_FILE),
        read_extractions(folder),
        {measure.name: measure.averages for measure in measures},
        sites=several_sites(snapshot.sites) if info.suffix_list else None,
        references=info.references,
        seed=info.seed,
        resamples=info.resamples,
    )
    write_leaderboard(folder, board)
    write_documents(folder, snapshot.documents)
    write_info(folder, dataclasses.replace(info, tables=table_digests(folder)))


def score_texts(
    texts: Iterable[StoredText],
    corpus: Corpus,
    measures: Sequence[Measure[Any]],
    *,
    number: int,
    jobs: int,
    done: Callable[[int], None],
) -> Iterator[Score]:
    """Score texts that come by document, so that a document's gold is read and prepared once.

    Args:
        texts: by document.
        corpus: where the gold is read.
        measures: what to score by.
        number: how many texts there are; few are not worth a second process.
        jobs: how many processes share the work.
        done: told how many more texts are scored.

    Yields:
        Scores in the order of the texts, however many processes share the work. No more than a few batches of
        documents are in memory.
    """

    def score_batch(batch: Batch) -> list[Score]:
        documents = itertools.groupby(batch, key=lambda stored: stored.document)
        return [
            score for name, group in documents for score in _score_document(name, group, corpus, measures)
        ]

    workers = jobs if number >= _WORTH_A_PROCESS else 1
    for batch, scores in imap_ordered(score_batch, _batches(texts), jobs=workers):
        yield from scores
        done(len(batch))


def _batches(texts: Iterable[StoredText]) -> Iterator[Batch]:
    documents = (list(group) for _, group in itertools.groupby(texts, key=lambda stored: stored.document))
    while some := list(itertools.islice(documents, _DOCUMENTS)):
        yield list(itertools.chain.from_iterable(some))


def _score_document(
    document: str, texts: Iterable[StoredText], corpus: Corpus, measures: Sequence[Measure[Any]]
) -> Iterator[Score]:
    gold = corpus.gold(document)
    prepared = [(measure, measure.prepare(gold)) for measure in measures if measure.applies(gold)]
    markdown = any(measure.reads_markdown for measure, _ in prepared)
    as_html = any(measure.count_html for measure, _ in prepared)
    for stored in texts:
        too_long = _too_long(stored)
        written = _markdown(stored) if markdown and not too_long else ""
        html = html_of(stored.markup, stored.format) if as_html and stored.format and not too_long else ""
        for measure, expected in prepared:
            text = written if measure.reads_markdown else stored.text
            reads_markup = measure.reads_markdown or measure.count_html
            found = measure.judge(expected, text, html, unreadable=too_long if reads_markup else "")
            facts = (found.counts, found.labels, found.structure, found.unscorable)
            yield Score(document, stored.extractor, measure.name, *facts)


def _too_long(stored: StoredText) -> str:
    """Why an output's markup is read neither as Markdown nor as HTML; empty where it is."""
    try:
        check_structured(stored.markup)
    except UnscorableError as error:
        return str(error)
    return ""


def _markdown(stored: StoredText) -> str:
    """The Markdown of an output; a text that is no markup is taken for it."""
    return markdown_of(stored.markup, stored.format) if stored.format and stored.markup else stored.text


def _write_references(
    folder: Path,
    info: RunInfo,
    corpus: Corpus,
    snapshot: Snapshot,
    measure: Measure[Any],
    progress: Progress,
) -> RunInfo:
    """Write the texts of a run's reference rows; return what the run says of itself, with those there are."""
    from boilerbench.reference_texts import reference_texts

    computed = [name for name in info.references if name in ROWS]
    documents = [document for document, *_ in snapshot.documents]
    own = rows_of_corpus(corpus, info.policy or "default", documents) if info.references else {}
    own = {name: own[name] for name in info.references if name in own}
    if not own and not computed:
        return dataclasses.replace(info, references=())
    made: Iterable[tuple[str, Mapping[str, str]]] = zip(documents, itertools.repeat({}), strict=False)
    if computed:
        progress.begin("reference rows", len(documents))
        made = reference_texts(
            *(computed, lambda: read_texts(folder), corpus, measure, snapshot.sites), jobs=os.cpu_count() or 1
        )

    def texts() -> Iterator[StoredText]:
        for document, rows in made:
            if computed:
                progress.advance()
            for name, rows_by_document in own.items():
                text = rows_by_document[document]
                yield StoredText(document, name, status_of(text), text)
            for name, text in rows.items():
                yield StoredText(document, name, status_of(text), text)

    write_references(folder, texts())
    return dataclasses.replace(info, references=(*own, *computed))


def rows_of_corpus(corpus: Corpus, policy: str, documents: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return the reference rows that come with a corpus and cover all of the documents."""
    rows = corpus.reference_outputs(parse_policy(policy))
    return {name: texts for name, texts in rows.items() if texts.keys() >= set(documents)}

"""The benchmark from end to end: pages to extractions, extractions to scores, scores to a leaderboard."""

from __future__ import annotations

import contextlib
import datetime
import itertools
import os
import platform
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from harness.corpora import Corpus, open_corpus
from harness.corpora.base import corpus_digest, document_digest, page_digest
from harness.errors import InputError
from harness.extractors import ADAPTERS, Extractor, open_extractor
from harness.measures import Measure, make_measure
from harness.records import Score, Status
from harness.results import (
    Run,
    Spool,
    carry_over,
    check_target,
    load_run,
    replacing,
    write_extractions,
    write_info,
    write_leaderboard,
    write_scores,
)

TIMEOUT_SECONDS = 30.0


class Progress(Protocol):
    """Whoever wants to know how far a run has come."""

    def begin(self, stage: str, total: int, *, parts: int = 1) -> None:
        """A stage of ``total`` steps begins; ``parts`` steps make one document."""

    def advance(self, *, failed: bool = False) -> None:
        """One step is done."""


class Silent:
    """Nobody wants to know."""

    def begin(self, stage: str, total: int, *, parts: int = 1) -> None:
        pass

    def advance(self, *, failed: bool = False) -> None:
        pass


def run(
    corpus: str | Corpus = "gold",
    extractors: Sequence[str] | None = None,
    measures: Sequence[str] | None = None,
    *,
    jobs: int | None = None,
    timeout: float = TIMEOUT_SECONDS,
    limit: int | None = None,
    out: str | Path = "results",
    progress: Progress | None = None,
) -> Run:
    """Run extractors over a corpus, score what they return, and write ``out/<corpus name>/``.

    Args:
        corpus: ``gold``, or ``FORMAT:PATH`` as in ``aeb:../article-extraction-benchmark``.
        extractors: specs as in ``trafilatura?favor_precision=true``; without any, all that have an adapter.
        measures: names as in ``words``; without any, the corpus's own.
        jobs: how many tools work side by side; without, one per core.
        timeout: seconds of wall-clock time that a tool has for a page.
        limit: take only the first so many documents.
        out: the folder in which the run's folder is made.
        progress: is told how far the run has come.

    Raises:
        InputError: the corpus, a spec, a measure or the target is not as it should be; nothing is replaced.
    """
    progress = progress or Silent()
    corpus = open_corpus(corpus) if isinstance(corpus, str) else corpus
    chosen = _distinct([open_extractor(spec) for spec in extractors or ADAPTERS])
    judges = [
        make_measure(name, corpus.segmentation) for name in dict.fromkeys(measures or [corpus.native_measure])
    ]
    target = Path(out) / corpus.name
    check_target(target)
    documents = list(itertools.islice(corpus.ids(), limit))
    _check_overlap(chosen, documents, corpus.name)
    jobs = jobs or os.cpu_count() or 1
    started = datetime.datetime.now(datetime.UTC)
    digests = _digests(corpus, documents, progress)
    from harness.runner import extract  # noqa: PLC0415

    with Spool(extractor.name for extractor in chosen) as spool, replacing(target) as folder:
        progress.begin("extracting", len(documents) * len(chosen), parts=len(chosen))
        clock = time.perf_counter()
        # Closing it ends every worker, whatever stops this loop.
        with contextlib.closing(
            extract(documents, corpus.page, chosen, jobs=jobs, timeout=timeout)
        ) as extractions:
            for extraction in extractions:
                spool.add(extraction)
                progress.advance(failed=extraction.status not in (Status.OK, Status.EMPTY))
        seconds = time.perf_counter() - clock
        counts = write_extractions(folder, spool)
        info = {
            "boilerbench": _version(),
            "corpus": {"name": corpus.name, "spec": corpus.spec, "documents": len(documents), **digests},
            "extractors": [{"name": each.name, "version": each.version} for each in chosen],
            "counts": counts,
            "started": started.isoformat(timespec="seconds"),
            "extraction_seconds": round(seconds, 3),
            "jobs": jobs,
            "timeout": timeout,
            "platform": _platform(),
        }
        _judge(folder, info, corpus, judges, progress)
    return load_run(target)


def score(
    path: str | Path,
    measures: Sequence[str] | None = None,
    *,
    corpus: str | Corpus | None = None,
    progress: Progress | None = None,
) -> Run:
    """Score the stored texts of a run anew, with its own measures or others, and renew its folder.

    Gold may have changed since; pages may not, since the texts were made from them.

    Raises:
        InputError: the folder is no run, its corpus is not where it was, or the pages have changed.
    """
    progress = progress or Silent()
    old = load_run(path)
    corpus = open_run_corpus(old) if corpus is None else corpus
    corpus = open_corpus(corpus) if isinstance(corpus, str) else corpus
    names = measures or [each["name"] for each in old.info["measures"]]
    judges = [make_measure(name, corpus.segmentation) for name in dict.fromkeys(names)]
    documents = list(dict.fromkeys(old.extractions["document"]))
    gone = [document for document in documents if document not in set(corpus.ids())]
    if gone:
        raise InputError(f"run {path}: {gone[0]} is not in {corpus.spec} any more; run the benchmark again")
    digests = _digests(corpus, documents, progress)
    if digests["pages"] != old.info["corpus"]["pages"]:
        raise InputError(f"run {path}: pages of {corpus.spec} have changed since; run the benchmark again")
    info = {**old.info, "corpus": {**old.info["corpus"], "spec": corpus.spec, **digests}}
    with replacing(old.folder) as folder:
        carry_over(old, folder)
        _judge(folder, info, corpus, judges, progress)
    return load_run(path)


def open_run_corpus(run: Run) -> Corpus:
    """The corpus of a run, from where it lay when it ran.

    Raises:
        InputError: it is not there now.
    """
    spec = run.info["corpus"]["spec"]
    try:
        return open_corpus(spec)
    except InputError as error:
        raise InputError(f"run {run.folder}: {error}, or say with --corpus where it lies now") from None


def _judge(
    folder: Path,
    info: Mapping[str, Any],
    corpus: Corpus,
    judges: Sequence[Measure[Any]],
    progress: Progress,
) -> None:
    """Scores, leaderboard and run.json of a folder that holds extractions."""
    from harness.stats import leaderboard  # noqa: PLC0415

    unjudged = Run(folder, {})
    extractors = [each["name"] for each in info["extractors"]]
    progress.begin("scoring", info["corpus"]["documents"] * len(extractors), parts=len(extractors))
    write_scores(folder, _scores(unjudged.texts(), corpus, judges, progress))
    averages = {judge.name: judge.averages for judge in judges}
    write_leaderboard(folder, leaderboard(unjudged.scores, unjudged.extractions, averages))
    signatures = [{"name": judge.name, "signature": judge.signature} for judge in judges]
    write_info(folder, {**info, "measures": signatures})


def _scores(
    texts: Iterable[dict[str, str]], corpus: Corpus, judges: Sequence[Measure[Any]], progress: Progress
) -> Iterator[Score]:
    """The scores of texts that come by document: its gold is read and prepared once."""
    for document, group in itertools.groupby(texts, key=lambda each: each["document"]):
        gold = corpus.gold(document)
        prepared = [(judge, judge.prepare(gold)) for judge in judges]
        for each in group:
            for judge, expected in prepared:
                yield Score(document, each["extractor"], judge.name, judge.count(expected, each["text"]))
            progress.advance()


def _digests(corpus: Corpus, documents: Sequence[str], progress: Progress) -> dict[str, str]:
    """Digests over content and over pages alone; reading it all shows what is wrong before anything runs."""
    progress.begin("reading", len(documents))
    contents, pages = {}, {}
    for name in documents:
        document = corpus.document(name)
        contents[name], pages[name] = document_digest(document), page_digest(document.page)
        progress.advance()
    return {"digest": corpus_digest(contents), "pages": corpus_digest(pages)}


def _distinct(extractors: Sequence[Extractor]) -> list[Extractor]:
    seen: set[str] = set()
    for extractor in extractors:
        if extractor.name in seen:
            raise InputError(f"extractor {extractor.name!r} is there twice; name it once, or rename a file")
        seen.add(extractor.name)
    return list(extractors)


def _check_overlap(extractors: Sequence[Extractor], documents: Sequence[str], corpus: str) -> None:
    from harness.extractors import StoredOutputs  # noqa: PLC0415

    for extractor in extractors:
        if isinstance(extractor, StoredOutputs) and extractor.texts.keys().isdisjoint(documents):
            raise InputError(
                f"{extractor.file}: no output for any document of {corpus}; is it for another corpus?"
            )


def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415

    return version("boilerbench")


def _platform() -> dict[str, str | int]:
    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "machine": platform.machine(),
        "cores": os.cpu_count() or 1,
    }

"""The benchmark from end to end: pages to extractions, extractions to scores, scores to a leaderboard."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import itertools
import os
import platform
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from boilerbench.cache import Cache
from boilerbench.corpora import Corpus, open_corpus
from boilerbench.errors import InputError
from boilerbench.extractors import Extractor, StoredOutputs, open_extractors
from boilerbench.measures import Measure, make_measures
from boilerbench.policy import parse_policy
from boilerbench.progress import Progress, Silent
from boilerbench.reading import (
    Read,
    check_there,
    open_run_corpus,
    read_all,
    references,
    sound_documents,
    with_references,
)
from boilerbench.records import Status
from boilerbench.results import (
    EXTRACTIONS_FILE,
    SCORES_FILE,
    CorpusInfo,
    ExtractorInfo,
    LimitsInfo,
    MeasureInfo,
    PlatformInfo,
    Provenance,
    Run,
    RunInfo,
    Spool,
    carry_over,
    check_target,
    load_run,
    read_table,
    read_texts,
    replacing,
    write_documents,
    write_extractions,
    write_info,
    write_leaderboard,
    write_provenance,
    write_scores,
)
from boilerbench.runner import Limits, Unavailable, extract, network_protection, prepare
from boilerbench.scoring import scores

if TYPE_CHECKING:
    from boilerbench.runner import Prepared

TIMEOUT_SECONDS = 30.0
MEMORY_MB = 2048


def _unheard(line: str) -> None:
    """Nobody wants to know."""


def run(
    corpus: str | Corpus = "gold",
    extractors: Sequence[str] | None = None,
    measures: Sequence[str] | None = None,
    *,
    policy: str = "default",
    jobs: int | None = None,
    timeout: float = TIMEOUT_SECONDS,
    memory: int = MEMORY_MB,
    limit: int | None = None,
    out: str | Path = "runs",
    cache: str | Path | None = None,
    fresh: bool = False,
    seed: int = 0,
    command: str | None = None,
    progress: Progress | None = None,
    remark: Callable[[str], None] = _unheard,
) -> Run:
    """Run extractors over a corpus, score what they return, and write ``out/<corpus name>/``.

    Args:
        corpus: ``gold``, a fetched one as ``wcxb/dev``, or ``FORMAT:PATH`` as in ``aeb:../my-copy``.
        extractors: specs as in ``trafilatura@2.0.0?favor_precision=true``, or groups of them; without any,
            the group ``default``: those that this environment has.
        measures: names as in ``words``, or ``all``; without any, the corpus's own.
        policy: what the labels of blocks count as, where gold is labelled: ``default``, a TOML file, or
            either with changes, as in ``default,+comment,-caption``.
        jobs: how many tools work side by side; without, one per core.
        timeout: seconds of wall-clock time that a tool has for a page.
        memory: megabytes that a tool may have.
        limit: take only the first so many documents.
        out: the folder in which the run's folder is made.
        cache: the folder of environments, earlier extractions and fetched corpora; without, the user's.
        fresh: extract everything anew, whatever was extracted before.
        seed: decides the draws of the bootstrap and the permutation test.
        command: the command line that asked for this, for provenance.json.
        progress: is told how far the run has come.
        remark: is told, in one line each, what does not stop the run.

    An extractor whose environment cannot be made is left out; ``Run.info.unavailable`` says why. So is a
    gold document with a fault that ``boilerbench gold check`` finds; ``Run.info.left_out`` names it.

    Raises:
        InputError: the corpus, a spec, a measure or the target is not as it should be; nothing is replaced.
    """
    from boilerbench.stats import RESAMPLES

    progress = progress or Silent()
    corpus = open_corpus(corpus, cache) if isinstance(corpus, str) else corpus
    chosen = open_extractors(extractors or ["default"])
    made = _make_measures(corpus, measures or corpus.native_measures, policy, remark)
    target = Path(out) / corpus.name
    check_target(target)
    documents, left_out = sound_documents(corpus, list(itertools.islice(corpus.ids(), limit)), remark)
    beside = [] if extractors else references(corpus, parse_policy(policy))
    chosen += beside
    _check_overlap(chosen, documents, corpus.name)
    jobs = jobs or os.cpu_count() or 1
    limits = Limits(timeout, memory)
    started = datetime.datetime.now(datetime.UTC)
    read = read_all(corpus, documents, progress)
    folder_of_cache = Path(cache) if cache else platformdirs.user_cache_path("boilerbench")
    ready, unavailable = _prepared(chosen, folder_of_cache / "environments", progress, remark)
    if not ready:
        raise InputError("; ".join(f"{name}: {why}" for name, why in unavailable.items()))

    with (
        Cache(folder_of_cache / "extractions.sqlite", remark) as store,
        Spool(extractor.name for extractor in ready) as spool,
        replacing(target) as folder,
    ):
        progress.begin("extracting", len(documents) * len(ready), parts=len(ready))
        clock = time.perf_counter()
        versions = {extractor.name: extractor.version for extractor in ready}
        # Closing it ends every worker, whatever stops this loop.
        with contextlib.closing(
            extract(read.pages, corpus.page, ready, cache=store, fresh=fresh, jobs=jobs, limits=limits)
        ) as extractions:
            for extraction in extractions:
                spool.add(extraction)
                versions[extraction.extractor] = versions[extraction.extractor] or extraction.version
                progress.advance(failed=extraction.status not in (Status.OK, Status.EMPTY))
        seconds = time.perf_counter() - clock
        counts = write_extractions(folder, spool)
        reference_rows = tuple(each.name for each in beside)
        info = RunInfo(
            boilerbench=version("boilerbench"),
            corpus=CorpusInfo(corpus.name, corpus.spec, len(documents), **read.digests),
            extractors=tuple(
                ExtractorInfo(name, found) for name, found in versions.items() if name not in reference_rows
            ),
            references=reference_rows,
            measures=_described(made),
            policy=policy if corpus.labelled else None,
            seed=seed,
            resamples=RESAMPLES,
            limits=LimitsInfo(
                limits.seconds, limits.memory_mb, limits.output_mb, limits.cpu_seconds or 2 * limits.seconds
            ),
            counts=counts,
            unavailable=unavailable,
            left_out=left_out,
        )
        provenance = Provenance(
            command=command,
            started=started.isoformat(timespec="seconds"),
            extraction_seconds=round(seconds, 3),
            jobs=jobs,
            network=network_protection(),
            platform=_platform(),
        )
        write_provenance(folder, provenance)
        _score_folder(folder, info, corpus, read, made, progress)
    return load_run(target)


def score(
    path: str | Path,
    measures: Sequence[str] | None = None,
    *,
    policy: str | None = None,
    corpus: str | Corpus | None = None,
    seed: int | None = None,
    progress: Progress | None = None,
    remark: Callable[[str], None] = _unheard,
) -> Run:
    """Score the stored texts of a run anew, with its own measures or others, and renew its folder.

    Gold may have changed since; pages may not, since the texts were made from them. Without a seed the run's
    own holds, and so for the policy.

    Raises:
        InputError: the folder is no run, its corpus is not where it was, or the pages have changed.
    """
    progress = progress or Silent()
    old = load_run(path)
    corpus = open_run_corpus(old) if corpus is None else corpus
    corpus = open_corpus(corpus) if isinstance(corpus, str) else corpus
    names = measures or old.info.measure_names
    policy = policy or old.info.policy or "default"
    made = _make_measures(corpus, names, policy, remark)
    documents = list(dict.fromkeys(old.extractions["document"]))
    check_there(old, corpus, documents)
    read = read_all(corpus, documents, progress)
    if read.digests["pages"] != old.info.corpus.pages:
        raise InputError(f"run {path}: pages of {corpus.spec} have changed since; run the benchmark again")
    info = dataclasses.replace(
        old.info,
        corpus=dataclasses.replace(
            old.info.corpus, spec=corpus.spec, digest=read.digests["digest"], pages=read.digests["pages"]
        ),
        policy=policy if corpus.labelled else None,
        seed=old.info.seed if seed is None else seed,
        measures=_described(made),
    )
    with replacing(old.folder) as folder:
        carry_over(old.folder, folder)
        _score_folder(folder, info, corpus, read, made, progress)
    return load_run(path)


def report(
    path: str | Path,
    other: str | Path | None = None,
    *,
    corpus: str | Corpus | None = None,
    out: str | Path | None = None,
    progress: Progress | None = None,
) -> Path:
    """Write the HTML report of a run, or of two in comparison, and return its folder.

    Args:
        path: the run's folder.
        other: that of a run to compare it with, on the documents that both have.
        corpus: where the corpus lies now, if it has moved.
        out: where to write; without, ``report`` in the run's folder. A report that is there is replaced.
        progress: is told how far it has come.

    Raises:
        InputError: a folder is no run, its texts or its corpus are not there, gold has changed since, two
            runs cannot be compared, or something else than a report is in the way.
    """
    from boilerbench.reports.html.write import PAGE, write_report
    from boilerbench.reports.inputs import of_runs

    runs = [load_run(each) for each in (path, other) if each is not None]
    opened = open_run_corpus(runs[0]) if corpus is None else corpus
    opened = open_corpus(opened) if isinstance(opened, str) else opened
    material = of_runs(runs)
    check_there(runs[0], opened, [str(name) for name in material.documents["document"]])
    policy = parse_policy(material.info.policy or "default")
    texts = [with_references(run.texts(), run.info.references, opened, policy) for run in runs]
    target = Path(out) if out else runs[0].folder / "report"
    with replacing(target, PAGE, "a report") as folder:
        jobs = os.cpu_count() or 1
        write_report(material, texts, opened, policy, folder, jobs=jobs, progress=progress or Silent())
    return target


def _score_folder(
    folder: Path,
    info: RunInfo,
    corpus: Corpus,
    read: Read,
    measures: Sequence[Measure[Any]],
    progress: Progress,
) -> None:
    """All that follows from the extractions that a folder holds: scores, leaderboard, documents, run.json."""
    from boilerbench.stats import leaderboard

    number = info.corpus.documents * len(info.rows)
    progress.begin("scoring", number, parts=len(info.rows))

    def done(more: int) -> None:
        for _ in range(more):
            progress.advance()

    policy = parse_policy(info.policy or "default")
    texts = with_references(read_texts(folder), info.references, corpus, policy)
    found = scores(texts, corpus, measures, number=number, jobs=os.cpu_count() or 1, done=done)
    write_scores(folder, found)
    averages = {measure.name: measure.averages for measure in measures}
    board = leaderboard(
        read_table(folder / SCORES_FILE),
        read_table(folder / EXTRACTIONS_FILE),
        averages,
        references=info.references,
        seed=info.seed,
        resamples=info.resamples,
    )
    write_leaderboard(folder, board)
    write_documents(folder, read.documents)
    write_info(folder, info)


def _make_measures(
    corpus: Corpus, names: Sequence[str], policy: str, remark: Callable[[str], None]
) -> list[Measure[Any]]:
    parsed = parse_policy(policy)
    if not corpus.labelled and policy != "default":
        remark(f"{corpus.name} has no labels, so that policy {policy} changes nothing")
    return make_measures(names, corpus.tokenizer, remark, parsed if corpus.labelled else None)


def _prepared(
    chosen: Sequence[Extractor], root: Path, progress: Progress, remark: Callable[[str], None]
) -> tuple[list[Prepared | StoredOutputs], dict[str, str]]:
    """The extractors that can be run, and the reasons of those that cannot."""
    ready: list[Prepared | StoredOutputs] = []
    unavailable = {}
    progress.begin("environments", len(chosen))
    for extractor in chosen:
        prepared = extractor if isinstance(extractor, StoredOutputs) else prepare(extractor, root)
        if isinstance(prepared, Unavailable):
            unavailable[prepared.name] = prepared.reason
            more = f" (more in {prepared.log})" if prepared.log else ""
            remark(f"{prepared.name} is unavailable: {prepared.reason}{more}")
        else:
            ready.append(prepared)
        progress.advance()
    return ready, unavailable


def _check_overlap(extractors: Sequence[Extractor], documents: Sequence[str], corpus: str) -> None:
    for extractor in extractors:
        if isinstance(extractor, StoredOutputs) and extractor.texts.keys().isdisjoint(documents):
            raise InputError(
                f"{extractor.file}: no output for any document of {corpus}; is it for another corpus?"
            )


def _described(measures: Sequence[Measure[Any]]) -> tuple[MeasureInfo, ...]:
    return tuple(
        MeasureInfo(measure.name, measure.signature, tuple(measure.averages)) for measure in measures
    )


def _platform() -> PlatformInfo:
    return PlatformInfo(
        python=platform.python_version(),
        system=platform.system(),
        machine=platform.machine(),
        cores=os.cpu_count() or 1,
    )

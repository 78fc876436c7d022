"""The benchmark from end to end: pages to extractions, extractions to scores, scores to a report."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from boilerbench.cache import Cache
from boilerbench.corpora import Corpus, CorpusLike, as_corpus
from boilerbench.corpora.in_memory import SCHEME
from boilerbench.corpora.snapshot import sound_snapshot
from boilerbench.documents_run import Means, Plan, run_documents
from boilerbench.errors import InputError
from boilerbench.extraction import (
    check_overlap,
    covered_folder,
    existing_files,
    failed_throughout,
    make_ready,
    private_files,
    strays,
)
from boilerbench.extractors import (
    Entrant,
    Extractor,
    StoredOutputs,
    allow_network_to,
    extractors_listed,
    open_extractors,
)
from boilerbench.folders import remove_folder, user_cache_path
from boilerbench.merging import digests_of, finish
from boilerbench.policy import parse_policy
from boilerbench.progress import Progress, Silent
from boilerbench.results import (
    LARGE_OUTPUTS,
    MADE,
    RUN_FILE,
    Run,
    Shard,
    check_target,
    is_large,
    load_run,
    replacing,
    taken_away,
    write_digests,
)
from boilerbench.run_corpus import check_documents, check_pages, open_run_corpus
from boilerbench.runner import MEMORY_MB, TIMEOUT_SECONDS, WorkerLimits
from boilerbench.scoring import corpus_measures
from boilerbench.selection import Selection, failed_extractors, select
from boilerbench.sharded_run import run_in_shards
from boilerbench.unfinished import resumable

if TYPE_CHECKING:
    from boilerbench.cluster import Cluster


def _ignore(remark: str) -> None:
    """Drop a remark."""


def run(
    corpus: CorpusLike = "gold",
    extractors: Entrant | Sequence[Entrant] | None = None,
    measures: str | Sequence[str] | None = None,
    *,
    policy: str = "default",
    jobs: int | None = None,
    timeout: float = TIMEOUT_SECONDS,
    memory: int = MEMORY_MB,
    allow_read: Sequence[str | Path] = (),
    allow_network: str | Sequence[str] = (),
    documents: str | Sequence[str] = (),
    page_types: str | Sequence[str] = (),
    languages: str | Sequence[str] = (),
    failed: str | Path | Run | None = None,
    sample: int | None = None,
    limit: int | None = None,
    out: str | Path = "runs",
    add: bool = False,
    cache: str | Path | None = None,
    fresh: bool = False,
    seed: int = 0,
    independent: bool = False,
    shard: str | Shard | None = None,
    cluster: Cluster | None = None,
    command: str | None = None,
    progress: Progress | None = None,
    remark: Callable[[str], None] = _ignore,
) -> Run:
    """Run extractors over a corpus, score their outputs, and write ``out/<corpus name>/``.

    An extractor whose environment cannot be made is left out; ``Run.info.unavailable`` says why. So is a
    document whose gold has a fault; ``Run.info.left_out`` names it.

    Args:
        corpus: ``gold``, a fetched one as ``wcxb/dev``, ``FORMAT:PATH`` as in ``aeb:../my-copy``, or
            documents: ``boilerbench.records.Document`` each, or the rows of a DataFrame with the columns
            ``id``, ``html`` and ``body``.
        extractors: a spec as in ``trafilatura@2.0.0?favor_precision=true``, a group of them, a callable
            ``(html: bytes, url: str | None) -> str`` that can be imported by its name, or a list; by default
            the group ``default``, those that this environment has, with the corpus's reference rows.
        measures: a name as in ``words``, ``all``, or a list; by default the corpus's own.
        policy: what the labels of blocks count as, where gold is labelled: ``default``, a TOML file, or
            either with changes, as in ``default,+comment,-caption``.
        jobs: how many tools work side by side; by default one per core.
        timeout: seconds of wall-clock time that a tool has for a page.
        memory: megabytes that a tool may have.
        allow_read: files and folders that every tool may read, beside those that its spec names.
        allow_network: the specs of extractors that may use the network; a service is asked only so.
        documents: take only these, by id or by a beginning that no other id has.
        page_types: take only documents of these page types.
        languages: take only documents in these languages (BCP 47); ``en`` takes ``en-GB`` as well.
        failed: take only documents on which these extractors failed in this run; without extractors, those
            that failed there.
        sample: draw so many documents, of each page type and language its share.
        limit: take only the first so many documents of what is left.
        out: the folder in which the run's folder is made. What lies in it besides a run's own files stays.
        add: keep the extractors that the run in this place has, as they are stored, and add these on the
            same documents; by default with its measures and its policy.
        cache: the folder of environments, earlier extractions and fetched corpora; by default the user's.
        fresh: extract everything again, whatever was extracted before.
        seed: decides the draws of the sample, the bootstrap and the permutation test.
        independent: take pages of one site as independent of each other.
        shard: take only this part of the documents that are left, as in ``2/4``; the run's folder is called
            after it, and ``merge`` makes one run of all parts.
        cluster: let the workers of a Dask cluster make the run; without, this process makes it.
        command: the command line that asked for this, for provenance.json.
        progress: told how far the run has come.
        remark: told in one line each what does not stop the run.

    Raises:
        InputError: the corpus, a spec, a measure or the target is not as it should be; nothing is replaced.
    """
    from boilerbench.cluster import job_of, run_on_cluster
    from boilerbench.stats import RESAMPLES

    progress = progress or Silent()
    corpus = _with_gold(as_corpus(corpus, cache))
    failed = None if failed is None else load_run(failed)
    shard = Shard.of(shard) if isinstance(shard, str) else shard
    target = Path(out) / (f"{corpus.name}-{shard.index}-of-{shard.number}" if shard else corpus.name)
    _check_folders(target, failed)
    earlier = _run_in(target, needed=add)
    added_to = earlier if add else None
    if added_to:
        documents, measures, policy = _as_before(added_to, documents, measures, policy)
    specs = extractors_listed(extractors) or (failed_extractors(failed) if failed else ["default"])
    chosen = allow_network_to(open_extractors(specs, remark), _listed(allow_network))
    made = corpus_measures(corpus, _listed(measures) or corpus.native_measures, policy, remark)
    named, kinds = _listed(documents), (_listed(page_types), _listed(languages))
    names = [extractor.name for extractor in chosen]
    selection = Selection(named, failed, names, *kinds, sample=sample, limit=limit)
    selected = select(corpus, selection, seed=seed, remark=remark)
    _check_outputs(chosen, corpus, selected, remark)
    selected = shard.cut(selected) if shard else selected
    if cluster:
        _check_for_cluster(corpus, added_to, shard)
    snapshot, left_out = None, dict[str, str]()
    if not cluster and (added_to or len(selected) * len(chosen) < LARGE_OUTPUTS):
        snapshot, left_out = sound_snapshot(corpus, selected, remark, progress)
    if added_to and snapshot:
        check_pages(added_to, corpus, snapshot)
    given_cache = Path(cache).absolute() if cache else None
    cache = Path(cache) if cache else user_cache_path()
    # None is source of an extractor, wherever it lies, and none is shown to one.
    covered = (covered_folder(target), cache.absolute(), *private_files([corpus]))
    allowed = existing_files(allow_read)
    plan = Plan(
        corpus,
        make_ready(chosen, cache / "environments", progress, remark, covered=covered, allowed=allowed),
        made,
        policy,
        added_to.info.references if added_to else None if specs == ["default"] else (),
        WorkerLimits(timeout, memory),
        seed,
        RESAMPLES,
        independent,
        fresh,
        jobs,
        command,
    )
    place = target.with_name(f".{target.name}.shards")
    with (
        Cache(cache / "extractions.sqlite", remark) as store,
        resumable(target, store) as session,
        replacing(target, made=MADE) as folder,
    ):
        means = Means(store, session, progress, remark)
        if cluster:
            job = job_of(plan, chosen, allowed, covered[:1], given_cache)
            info = run_on_cluster(folder, plan, job, selected, cluster, place, means)
        elif snapshot is None:
            info = run_in_shards(folder, plan, selected, place, means)
        else:
            info = run_documents(folder, plan, snapshot, left_out, means, earlier=added_to)
            write_digests(folder, digests_of(snapshot))
        finish(folder, info, shard, remark)
        remove_folder(place)
    done = load_run(target)
    for line in [*failed_throughout(done), *(_replaced(earlier, done) if earlier else [])]:
        remark(line)
    return done


def _with_gold(corpus: Corpus) -> Corpus:
    if not corpus.has_gold:
        raise InputError(f"corpus {corpus.spec}: no gold to score by", remedy="survey", spec=corpus.spec)
    return corpus


def report(
    path: str | Path | Run,
    other: str | Path | Run | None = None,
    *,
    corpus: CorpusLike | None = None,
    out: str | Path | None = None,
    progress: Progress | None = None,
) -> Path:
    """Write the HTML report of a run, or of two in comparison, and return its folder.

    Args:
        path: the run, or its folder.
        other: a run to compare it with, on the documents that both have.
        corpus: where the corpus lies now, if it has moved.
        out: where to write; by default ``report`` in the run's folder, or ``report-NAME`` with the name of
            the other run. A report that is there is replaced.
        progress: told how far it has come.

    Raises:
        InputError: a folder is no run, its texts or its corpus are not there, gold has changed since, two
            runs cannot be compared, or something else than a report is in the way.
    """
    from boilerbench.reports.html.write import PAGE, write_report
    from boilerbench.reports.inputs import of_runs

    runs = [load_run(each) for each in (path, other) if each is not None]
    opened = open_run_corpus(runs[0], corpus)
    material = of_runs(runs)
    check_documents(runs[0], opened, [str(name) for name in material.documents["document"]])
    policy = parse_policy(material.info.policy or "default")
    target = Path(out) if out else runs[0].folder / "-".join(["report", *(run.name for run in runs[1:])])
    with replacing(target, PAGE, "a report") as folder:
        jobs = os.cpu_count() or 1
        texts = [each.texts() for each in runs]
        write_report(material, texts, opened, policy, folder, jobs=jobs, progress=progress or Silent())
    return target


def _as_before(
    run: Run, documents: str | Sequence[str], measures: str | Sequence[str] | None, policy: str
) -> tuple[str | Sequence[str], str | Sequence[str], str]:
    """Return what is asked of a run that is added to, and where nothing is, what it was."""
    return (
        documents or [str(name) for name in run.documents["document"]],
        measures or run.info.measure_names,
        (run.info.policy or policy) if policy == "default" else policy,
    )


def _check_outputs(
    chosen: Sequence[Extractor], corpus: Corpus, selected: Sequence[str], remark: Callable[[str], None]
) -> None:
    """Check that stored outputs are of a corpus, and remark on those that are of none of its documents."""
    check_overlap(chosen, selected, corpus.name)
    if not any(isinstance(extractor, StoredOutputs) for extractor in chosen):
        return
    for line in strays(chosen, corpus.ids(), corpus.name):
        remark(line)


def _replaced(earlier: Run, done: Run) -> list[str]:
    lost = taken_away(earlier, done)
    return [f"{done.folder} had {lost}, which this run replaces"] if lost else []


def _check_for_cluster(corpus: Corpus, added_to: Run | None, shard: Shard | None) -> None:
    """Check that the workers of a cluster can make a run.

    Raises:
        InputError: they cannot.
    """
    if added_to:
        raise InputError("a cluster adds to no run; add without it, or run all extractors there")
    if shard:
        raise InputError("a cluster cuts a run into shards itself; ask for all of it")
    if corpus.spec.startswith(SCHEME):
        raise InputError("a cluster cannot see documents in memory; write them as JSON Lines")


def _run_in(folder: Path, *, needed: bool) -> Run | None:
    """Return the run in a folder; None where there is none that can be read, unless it is needed."""
    if not needed and not (folder / RUN_FILE).is_file():
        return None
    try:
        run = load_run(folder)
        # Read now: once it is replaced, its tables are gone. Large ones are not held.
        if needed or not is_large(run.info):
            _ = run.documents, run.extractions
    except InputError:
        if needed:
            raise
        return None
    return run


def _check_folders(target: Path, failed: Run | None) -> None:
    """Check that a run can be written, and does not take the place of the run whose failures it reads."""
    check_target(target)
    if failed and failed.folder.resolve() == target.resolve():
        raise InputError(
            f"{target} is the run whose failures are asked for, and would be replaced", remedy="out"
        )


def _listed(names: str | Sequence[str] | None) -> Sequence[str]:
    return [names] if isinstance(names, str) else names or []

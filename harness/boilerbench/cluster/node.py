"""What a worker of Dask does: shards of a run, with tools that stay from one shard to the next."""

from __future__ import annotations

import platform
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from boilerbench.cache import Cache
from boilerbench.cluster.storage import Storage
from boilerbench.corpora import WITH_LABELS, open_corpus
from boilerbench.documents_run import Means, Plan
from boilerbench.extraction import make_ready, private_files
from boilerbench.extractors import Extractor, StoredOutputs, allow_network_to, open_extractors
from boilerbench.folders import temporary_folder, user_cache_path
from boilerbench.progress import Silent
from boilerbench.runner import StandingPool, WorkerLimits
from boilerbench.scoring import corpus_measures
from boilerbench.sharded_run import shard_of
from boilerbench.unfinished import Session


@dataclass(frozen=True, slots=True)
class Job:
    """A run as the workers of a cluster are told of it, in names that mean the same on each machine."""

    token: str
    """Of everything that decides the run."""
    storage: str
    """The URL of the folder of shards."""
    corpus: str
    extractors: tuple[str, ...]
    network: tuple[str, ...]
    """The extractors that may use the network."""
    measures: tuple[str, ...]
    policy: str
    references: tuple[str, ...] | None
    limits: WorkerLimits
    seed: int
    resamples: int
    independent: bool
    fresh: bool
    allowed: tuple[Path, ...]
    covered: tuple[Path, ...]
    cache: Path | None


@dataclass(frozen=True, slots=True)
class Made:
    """What a worker says of a shard that it has made."""

    number: int
    host: str
    remarks: tuple[str, ...]


def job_of(
    plan: Plan,
    extractors: Sequence[Extractor],
    allowed: Sequence[Path],
    covered: Sequence[Path],
    cache: Path | None,
) -> Job:
    """Return a plan in names that mean the same on each machine, as far as its paths do.

    Args:
        plan: what to do.
        extractors: those of the plan, as they were opened.
        allowed: files and folders that every extractor may read.
        covered: folders that no extractor may see.
        cache: the folder of environments and earlier extractions on each machine; without, the user's.
    """
    return Job(
        token="",
        storage="",
        corpus=_absolute(plan.corpus.spec),
        extractors=tuple(
            f"file:{each.file.absolute()}" if isinstance(each, StoredOutputs) else each.name
            for each in extractors
        ),
        network=tuple(
            each.name for each in extractors if not isinstance(each, StoredOutputs) and each.network
        ),
        measures=tuple(measure.name for measure in plan.measures),
        policy=plan.policy,
        references=plan.references,
        limits=plan.limits,
        seed=plan.seed,
        resamples=plan.resamples,
        independent=plan.independent,
        fresh=plan.fresh,
        allowed=tuple(allowed),
        covered=tuple(covered),
        cache=cache,
    )


def _absolute(spec: str) -> str:
    """Return the spec of a corpus with a path that does not depend on the current folder."""
    name, colon, rest = spec.partition(":")
    if colon and name in WITH_LABELS:
        return f"{name}:{_absolute(rest)}"
    return f"{name}:{Path(rest).expanduser().absolute()}" if colon and rest else spec


def make_shard(job: Job, number: int, documents: Sequence[str]) -> Made:
    """Make a shard and store it; one that is there, and of these documents as they are, stays.

    Raises:
        InputError: the corpus or a tool is not on this machine, or not as it was described.
    """
    with _lock:
        node = _node(job)
        remarks: list[str] = []
        storage = Storage(job.storage, job.token)
        with temporary_folder() as own:
            place = own.path / f"{number:07}"
            there = storage.get(number, place)
            before = place.stat().st_ino if there else None
            means = Means(node.store, node.session, Silent(), remarks.append)
            shard_of(place, node.plan, documents, means)
            if place.stat().st_ino != before:
                storage.put(number, place)
    return Made(number, platform.node(), tuple(remarks))


def close_node() -> None:
    """End the tools of this process, if there are any."""
    for node in _nodes.values():
        node.close()
    _nodes.clear()


class _Node:
    """A machine's part in a run: its tools, in environments that all its processes share."""

    def __init__(self, job: Job) -> None:
        corpus = open_corpus(job.corpus, job.cache)
        chosen = allow_network_to(open_extractors(job.extractors), job.network)
        cache = job.cache or user_cache_path()
        covered = (*job.covered, cache.absolute(), *private_files([corpus]))
        ready = make_ready(
            *(chosen, cache / "environments", Silent(), _ignore), covered=covered, allowed=job.allowed
        )
        workers = [each for each in ready.extractors if not isinstance(each, StoredOutputs)]
        self._pool = StandingPool(workers, corpus.page, jobs=1, limits=job.limits) if workers else None
        self.store = Cache(cache / "extractions.sqlite", _ignore)
        # What a process that was lost had extracted, the next one on this machine takes over.
        self.session = Session(f"cluster-{job.token}")
        self.plan = Plan(
            corpus,
            ready,
            corpus_measures(corpus, job.measures, job.policy, _ignore),
            job.policy,
            job.references,
            job.limits,
            job.seed,
            job.resamples,
            job.independent,
            fresh=job.fresh,
            jobs=1,
            scoring_jobs=1,
            pool=self._pool,
        )

    def close(self) -> None:
        if self._pool:
            self._pool.close()
        with self.store:
            pass


# A process has one set of tools, whatever number of threads Dask gives it.
_lock = threading.Lock()
_nodes: dict[str, _Node] = {}


def _node(job: Job) -> _Node:
    if job.token not in _nodes:
        close_node()
        _nodes[job.token] = _Node(job)
    return _nodes[job.token]


def _ignore(remark: str) -> None:
    """Drop a remark that the client has made already."""

"""Documents through extraction and scoring: what a run does to all of them, or to a shard of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boilerbench.cache import Cache
from boilerbench.corpora import Corpus
from boilerbench.corpora.snapshot import Snapshot
from boilerbench.extraction import Ready, extract_into
from boilerbench.progress import Progress
from boilerbench.results import LimitsInfo, Run, RunInfo
from boilerbench.run_corpus import corpus_info
from boilerbench.runner import StandingPool, WorkerLimits
from boilerbench.scoring import describe, rows_of_corpus, score_folder
from boilerbench.sites import suffix_list_version
from boilerbench.unfinished import Session

if TYPE_CHECKING:
    from boilerbench.measures import Measure


@dataclass(frozen=True, slots=True)
class Plan:
    """All that decides what becomes of a document in a run, and how it is done."""

    corpus: Corpus
    ready: Ready
    """The extractors."""
    measures: Sequence[Measure[Any]]
    policy: str
    references: tuple[str, ...] | None
    """The reference rows; None for those that come with the corpus."""
    limits: WorkerLimits
    seed: int
    resamples: int
    independent: bool
    """Whether pages of one site are taken as independent."""
    fresh: bool = False
    """Whether everything is extracted again."""
    jobs: int | None = None
    """How many tools work side by side; by default one per core."""
    command: str | None = None
    scoring_jobs: int | None = None
    """How many processes score; by default one per core."""
    pool: StandingPool | None = None
    """Workers that stay from one shard to the next."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a run works with, which decides nothing."""

    store: Cache
    """Earlier extractions."""
    session: Session
    """Of this run, which may be that of one that was killed."""
    progress: Progress
    remark: Callable[[str], None]
    """Told in one line each what does not stop the run."""


def run_documents(
    folder: Path,
    plan: Plan,
    snapshot: Snapshot,
    left_out: Mapping[str, str],
    means: Means,
    *,
    earlier: Run | None = None,
) -> RunInfo:
    """Extract and score documents, and write what comes out, all but leaderboard and run.json.

    Args:
        folder: a new folder.
        plan: what to do.
        snapshot: of the documents.
        left_out: those beside them that have a fault, and which.
        means: what to work with.
        earlier: a run on the same pages whose other extractors are taken over as they are stored.

    Returns:
        What the run says of itself, but for its tables.

    Raises:
        InputError: a page or gold cannot be read, or a tool cannot be loaded with its options.
    """
    corpus = plan.corpus
    references = plan.references
    if references is None:
        references = tuple(rows_of_corpus(corpus, plan.policy, list(snapshot.pages)))
    extracted = extract_into(
        *(folder, corpus, snapshot, plan.ready),
        store=means.store,
        session=means.session,
        fresh=plan.fresh,
        jobs=plan.jobs,
        limits=plan.limits,
        command=plan.command,
        progress=means.progress,
        remark=means.remark,
        earlier=earlier,
        pool=plan.pool,
    )
    info = RunInfo(
        boilerbench=version("boilerbench"),
        corpus=corpus_info(corpus.name, corpus, snapshot),
        extractors=extracted.extractors,
        references=references,
        measures=describe(plan.measures),
        policy=plan.policy if corpus.labelled else None,
        seed=plan.seed,
        resamples=plan.resamples,
        limits=LimitsInfo(**dataclasses.asdict(plan.limits)),
        counts=extracted.counts,
        unavailable=plan.ready.unavailable,
        left_out=left_out,
        environments=extracted.environments,
        suffix_list=None if plan.independent else suffix_list_version(),
    )
    return score_folder(folder, info, corpus, snapshot, plan.measures, means.progress, jobs=plan.scoring_jobs)

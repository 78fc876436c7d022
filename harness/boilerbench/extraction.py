"""The extraction stage: extractors made ready, and what they return written into a folder."""

from __future__ import annotations

import contextlib
import datetime
import os
import platform
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from boilerbench.cache import Cache
from boilerbench.corpora import Corpus, published_spec
from boilerbench.corpora.gold_files import own_gold
from boilerbench.corpora.in_memory import SCHEME
from boilerbench.corpora.snapshot import Snapshot
from boilerbench.errors import InputError
from boilerbench.extractors import Extractor, StoredOutputs
from boilerbench.folders import user_cache_path
from boilerbench.named_files import UnreadableFileError, expanded
from boilerbench.progress import Progress
from boilerbench.records import Status
from boilerbench.results import (
    EnvironmentInfo,
    ExtractorInfo,
    PackageInfo,
    PlatformInfo,
    Provenance,
    Run,
    SourceInfo,
    Spool,
    stored_extractions,
    write_extractions,
    write_provenance,
)
from boilerbench.runner import StandingPool, Unavailable, WorkerLimits, extract, prepare, sandbox_here
from boilerbench.unfinished import Session

if TYPE_CHECKING:
    from boilerbench.runner import Prepared
    from boilerbench.runner.packages import PackageSet


_SHOWN = 80
"""Characters of an id of a file of somebody else's."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The extractors of a run once their environments are made."""

    extractors: Sequence[Prepared | StoredOutputs]
    unavailable: Mapping[str, str]
    """The names of those that cannot be run, and why."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """The result of the extraction stage besides its files."""

    extractors: tuple[ExtractorInfo, ...]
    counts: Mapping[str, Mapping[str, int]]
    """The number of extractions of each extractor by status."""
    environments: Mapping[str, EnvironmentInfo]
    """The environments of the extractors, by key."""


def make_ready(
    chosen: Sequence[Extractor],
    root: Path,
    progress: Progress,
    remark: Callable[[str], None],
    *,
    covered: Sequence[Path] = (),
    allowed: Sequence[Path] = (),
) -> Ready:
    """Make the environments of extractors.

    Args:
        chosen: the extractors.
        root: the folder of environments.
        progress: told of every extractor.
        remark: told in one line of each that is unavailable.
        covered: folders and files that no extractor may see, wherever they lie.
        allowed: files and folders that every extractor may read.

    Raises:
        InputError: none can be run.
    """
    ready: list[Prepared | StoredOutputs] = []
    unavailable = {}
    progress.begin("environments", len(chosen))
    for extractor in chosen:
        prepared = (
            extractor if isinstance(extractor, StoredOutputs) else prepare(extractor, root, covered, allowed)
        )
        if isinstance(prepared, Unavailable):
            unavailable[prepared.name] = prepared.reason
            more = f" (more in {prepared.log})" if prepared.log else ""
            remark(f"{prepared.name} is unavailable: {prepared.reason}{more}")
        else:
            ready.append(prepared)
        progress.advance()
    if not ready:
        raise InputError("; ".join(f"{name}: {reason}" for name, reason in unavailable.items()))
    return Ready(ready, unavailable)


def _network(protection: str, ready: Ready) -> str:
    """Return what kept tools from the network, and those that were allowed it."""
    allowed = [each.name for each in ready.extractors if not isinstance(each, StoredOutputs) and each.network]
    return f"{protection}, not for {', '.join(allowed)}" if allowed else protection


def private_files(corpora: Sequence[Corpus] = ()) -> tuple[Path, ...]:
    """Return what no extractor may see: boilerbench's own gold, the user's cache, and corpora."""
    specs = (published_spec(corpus.spec) for corpus in corpora)
    named = (spec.partition(":")[2] for spec in specs if not spec.startswith(SCHEME))
    paths = [Path(name).expanduser().absolute() for name in named if name]
    cache = user_cache_path()
    return tuple(path for path in (own_gold(), cache, *paths) if path.exists())


def covered_folder(target: Path) -> Path:
    """Return what no extractor may see of the folder that a run's or survey's folder is made in.

    It is all of it, unless the current folder lies in it, which many a spec names files of.
    """
    folder = target.parent
    return (target if Path.cwd().is_relative_to(folder.resolve()) else folder).absolute()


def existing_files(paths: Sequence[str | Path]) -> list[Path]:
    """Return paths that tools may read.

    Raises:
        InputError: one is not there.
    """
    try:
        allowed = [expanded(path).absolute() for path in paths]
    except UnreadableFileError as error:
        raise InputError(f"{', '.join(map(str, paths))}: {error}; give files that tools may read") from None
    for path in allowed:
        if not path.exists():
            raise InputError(f"{path}: there is no such file or folder that tools could read")
    return allowed


def check_overlap(extractors: Sequence[Extractor], documents: Sequence[str], corpus: str) -> None:
    """Check that stored outputs are of this corpus.

    Raises:
        InputError: a file has no output for any of the documents.
    """
    for extractor in extractors:
        if isinstance(extractor, StoredOutputs) and extractor.texts.keys().isdisjoint(documents):
            raise InputError(
                f"{extractor.file}: no output for any document of {corpus}; is it for another corpus?"
            )


def strays(extractors: Sequence[Extractor], documents: Sequence[str], corpus: str) -> list[str]:
    """Return a line for each file of stored outputs that has some for no document of the corpus."""
    lines = []
    for extractor in extractors:
        if not isinstance(extractor, StoredOutputs):
            continue
        # Of a large file nothing is read a second time, and nothing held, where none is astray.
        if sum(document in extractor.texts for document in documents) == len(extractor.texts):
            continue
        if unknown := sorted(extractor.texts.keys() - set(documents)):
            example = " ".join(unknown[0].split())[:_SHOWN]
            outputs = "1 output is" if len(unknown) == 1 else f"{len(unknown):,} outputs are"
            lines.append(f"file:{extractor.file}: {outputs} for no document of {corpus}, as {example}")
    return lines


def failed_throughout(run: Run) -> list[str]:
    """Return a line for each extractor that failed on every page: its most frequent status and error."""
    lines = []
    for info in run.info.extractors:
        counts = run.info.counts.get(info.name, {})
        if not counts or counts.keys() & {Status.OK, Status.EMPTY}:
            continue
        table = run.extractions
        rows = table[table["extractor"] == info.name]
        status, error = rows[["status", "error"]].value_counts().index[0]
        lines.append(f"{info.name} failed on every page: {status}, mostly {error or 'without a message'}")
    return lines


def extract_into(
    folder: Path,
    corpus: Corpus,
    snapshot: Snapshot,
    ready: Ready,
    *,
    store: Cache,
    session: Session,
    fresh: bool,
    jobs: int | None,
    limits: WorkerLimits,
    command: str | None,
    progress: Progress,
    remark: Callable[[str], None],
    earlier: Run | None = None,
    pool: StandingPool | None = None,
) -> Extracted:
    """Extract every page by every extractor, and write what comes out, with its failures and provenance.

    Args:
        folder: where to write.
        corpus: where pages are read.
        snapshot: of the corpus; its documents are those that are extracted.
        ready: the extractors.
        store: earlier extractions; what is made here is kept there the moment it is there.
        session: of this run, which may be that of one that was killed.
        fresh: extract everything again, whatever the store has.
        jobs: how many tools work side by side; by default one per core.
        limits: what a tool may take for one page.
        command: the command line that asked for this, if any.
        progress: told of every extraction, and whether it failed.
        remark: told in one line of each extractor of which later runs may take nothing over.
        earlier: a run on the same pages whose other extractors are taken over as they are stored.
        pool: of these extractors, if they stay from one call to the next.

    Raises:
        InputError: a page cannot be read, or a tool cannot be loaded with its options.
    """
    jobs = jobs or os.cpu_count() or 1
    sandbox = sandbox_here()
    if sandbox.missing and any(not isinstance(extractor, StoredOutputs) for extractor in ready.extractors):
        remark(f"tools are less confined here, since {sandbox.reason}: {'; '.join(sandbox.missing)}")
    started, clock = datetime.datetime.now(datetime.UTC), time.perf_counter()
    versions = {extractor.name: extractor.version for extractor in ready.extractors}
    progress.begin("extracting", len(snapshot.pages) * len(versions), parts=len(versions))
    kept = {info.name: info for info in earlier.info.extractors} if earlier else {}
    extractions = extract(
        snapshot.pages,
        corpus.page,
        ready.extractors,
        cache=store,
        session=session,
        fresh=fresh,
        jobs=jobs,
        limits=limits,
        remark=remark,
        pool=pool,
    )
    # Closing it ends every worker, whatever stops this loop.
    with (
        Spool([*kept, *(name for name in versions if name not in kept)]) as spool,
        contextlib.closing(extractions),
    ):
        for extraction in stored_extractions(earlier, without=versions) if earlier else ():
            spool.add(extraction)
        for extraction in extractions:
            spool.add(extraction)
            versions[extraction.extractor] = versions[extraction.extractor] or extraction.version
            progress.advance(failed=extraction.status not in (Status.OK, Status.EMPTY))
        seconds = time.perf_counter() - clock
        counts = write_extractions(folder, spool)
    provenance = Provenance(
        command=command,
        started=started.isoformat(timespec="seconds"),
        extraction_seconds=round(seconds, 3),
        jobs=jobs,
        network=_network(sandbox.network, ready),
        platform=this_platform(),
        protections=sandbox.holds,
        unprotected=sandbox.missing,
    )
    write_provenance(folder, provenance)
    sets = {
        extractor.name: extractor.packages
        for extractor in ready.extractors
        if not isinstance(extractor, StoredOutputs) and extractor.packages
    }
    made = {
        extractor.name: ExtractorInfo(
            *(extractor.name, versions[extractor.name], _source(extractor)),
            environment=sets[extractor.name].key if extractor.name in sets else "",
        )
        for extractor in ready.extractors
    }
    infos = tuple((kept | made).values())
    environments = {**(earlier.info.environments if earlier else {}), **_environments(sets.values())}
    used = {info.environment for info in infos}
    return Extracted(infos, counts, {key: environments[key] for key in sorted(environments) if key in used})


def _environments(sets: Iterable[PackageSet]) -> dict[str, EnvironmentInfo]:
    return {
        packages.key: EnvironmentInfo(
            packages.runtime,
            packages.runtime_version,
            tuple(PackageInfo(each.name, each.version, each.digest) for each in packages.packages),
        )
        for packages in sets
    }


def _source(extractor: Prepared | StoredOutputs) -> SourceInfo | None:
    source = None if isinstance(extractor, StoredOutputs) else extractor.source
    return SourceInfo(source.path, source.digest, source.commit, source.dirty) if source else None


def this_platform() -> PlatformInfo:
    """Describe the machine, for provenance.json."""
    return PlatformInfo(
        python=platform.python_version(),
        system=platform.system(),
        machine=platform.machine(),
        cores=os.cpu_count() or 1,
    )

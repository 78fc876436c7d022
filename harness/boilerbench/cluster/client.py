"""What starts a run on a cluster: it hands out shards, and hands out again those that got lost."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boilerbench.cluster.node import Job, Made, make_shard
from boilerbench.cluster.storage import Storage
from boilerbench.documents_run import Means, Plan
from boilerbench.errors import InputError
from boilerbench.folders import OwnedFolder
from boilerbench.results import RunInfo
from boilerbench.sharded_run import Whole, is_known, join_shards, plan_digest

if TYPE_CHECKING:
    from distributed import Client

MOST_DOCUMENTS = 500
"""Documents of a shard; fewer where there would be less than a few shards for each worker."""
_SHARDS_A_WORKER = 16
_IN_FLIGHT = 1_000
"""Shards that the scheduler knows of at once."""
_PATIENCE_SECONDS = 600.0
_MOST_LOST = 5
"""How often shards may be lost before one that kills its workers is given up."""
_AGAIN_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where a run is to be made: by the workers of a scheduler, or of this machine."""

    scheduler: str | None = None
    """The address of ``dask scheduler``; without, workers of this machine are started for the run."""
    shared: str | None = None
    """A path that all machines see, or a URL that fsspec knows, for the shards until they are joined."""
    workers: int | None = None
    """Without a scheduler, how many workers; by default one per core."""
    patience: float = _PATIENCE_SECONDS
    """Seconds for which a scheduler may be gone."""


def run_on_cluster(
    folder: Path,
    plan: Plan,
    job: Job,
    documents: Sequence[str],
    cluster: Cluster,
    place: Path,
    means: Means,
) -> RunInfo:
    """Let a cluster extract and score documents, and write what comes out, all but leaderboard and run.json.

    Args:
        folder: a new folder.
        plan: what to do, with the tools as they are on this machine.
        job: the same in names that the workers understand; token and storage are set here.
        documents: ids, those of documents with a fault among them.
        cluster: where.
        place: the folder of shards, unless the cluster names another.
        means: what to work with; its progress is told of every extraction once its shard is there.

    Returns:
        What the run says of itself, but for its tables.

    Raises:
        InputError: the scheduler is not there, or gone for too long; a shard cannot be made.
    """
    storage_url = cluster.shared or str(place.absolute())
    job = dataclasses.replace(job, token=plan_digest(plan, documents), storage=storage_url)
    storage = Storage(job.storage, job.token)
    if plan.fresh or not is_known(plan):
        storage.remove()
        storage = Storage(job.storage, job.token)
    names = len(plan.ready.extractors)
    means.progress.begin("extracting", len(documents) * names, parts=names)
    whole = Whole(means.progress)
    remarks: list[str] = []
    with _started(cluster) as (address, workers):
        parts = cut(documents, workers)
        done = 0
        for made in _made(address, job, parts, storage, cluster.patience):
            done += len(parts[made.number])
            whole.reach(done * names)
            remarks += made.remarks
    for line in dict.fromkeys(remarks):
        means.remark(line)
    with OwnedFolder(place.parent, f"{place.name}-") as own:
        folders = [own.path / f"{number:07}" for number in parts]
        for number, each in zip(parts, folders, strict=True):
            if not storage.get(number, each):
                raise InputError(f"{job.storage}: shard {number} is not there any more; run it again")
        info = join_shards(folders, plan, folder)
    storage.remove()
    return info


def cut(documents: Sequence[str], workers: int) -> dict[int, Sequence[str]]:
    """Cut documents into shards by number, several for each worker, so that a slow one gets fewer."""
    size = max(1, min(MOST_DOCUMENTS, -(-len(documents) // (_SHARDS_A_WORKER * max(1, workers)))))
    return {
        number: documents[begin : begin + size] for number, begin in enumerate(range(0, len(documents), size))
    }


@contextlib.contextmanager
def _started(cluster: Cluster) -> Iterator[tuple[str, int]]:
    """Give the address of a scheduler and how many workers it has; start one here if none is named."""
    if cluster.scheduler:
        client = _connected(cluster.scheduler, cluster.patience)
        workers = len(client.nthreads())
        client.close(timeout=_AGAIN_SECONDS)
        yield cluster.scheduler, workers
        return
    from distributed import LocalCluster

    number = cluster.workers or os.cpu_count() or 1
    with LocalCluster(
        n_workers=number, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs="ERROR"
    ) as local:
        yield local.scheduler_address, number


def _connected(address: str, patience: float) -> Client:
    """Connect to a scheduler, which may have to be started again first.

    Raises:
        InputError: it is not there for as long as is waited.
    """
    from distributed import Client

    from boilerbench.cluster.closing import Closing

    end = time.monotonic() + patience
    while True:
        try:
            client = Client(address, timeout=5, set_as_default=False)
            client.register_plugin(Closing())
            return client
        except (OSError, TimeoutError, ValueError) as error:
            if time.monotonic() > end or isinstance(error, ValueError):
                reason = " ".join(str(error).split()) or type(error).__name__
                line = f"scheduler {address} does not answer ({reason}); start it with dask scheduler"
                raise InputError(f"{line}, and the same command goes on from there") from None
            time.sleep(_AGAIN_SECONDS)


def _made(
    address: str, job: Job, parts: Mapping[int, Sequence[str]], storage: Storage, patience: float
) -> Iterator[Made]:
    """Yield each shard as it is made; those that a scheduler or a worker lost are handed out again."""
    missing = dict(parts)
    # They may be of other documents, if there were other workers then.
    earlier = storage.numbers()
    lost = 0
    while missing:
        client = _connected(address, patience)
        try:
            for made in _handed_out(client, job, missing, lost):
                del missing[made.number]
                yield made
        except _LostError as error:
            lost += 1
            if error.number is not None and lost > _MOST_LOST:
                raise InputError(f"shard {error.number}: its workers died {lost} times ({error})") from None
            # Of what was handed out, some may have been stored before the word of it was lost.
            for number in (storage.numbers() - earlier) & missing.keys():
                del missing[number]
                yield Made(number, "", ())
            time.sleep(_AGAIN_SECONDS)
        finally:
            with contextlib.suppress(Exception):
                client.close(timeout=_AGAIN_SECONDS)


def _handed_out(
    client: Client, job: Job, missing: Mapping[int, Sequence[str]], attempt: int
) -> Iterator[Made]:
    """Hand out shards and yield them as they are made.

    Raises:
        _LostError: the scheduler, or what it knew of the shards, is gone.
        InputError: a shard cannot be made.
    """
    from concurrent.futures import CancelledError

    from distributed import as_completed
    from distributed.comm.core import CommClosedError

    def submit(number: int) -> Any:
        key = f"boilerbench-{job.token}-{number}-{attempt}"
        return client.submit(make_shard, job, number, list(missing[number]), key=key, pure=False)

    waiting = iter(list(missing))
    try:
        with client.as_current():
            running = as_completed([submit(number) for number in itertools.islice(waiting, _IN_FLIGHT)])
        for future in running:
            yield _result(future)
            future.release()
            if (number := next(waiting, None)) is not None:
                running.add(submit(number))
    except (CancelledError, CommClosedError, TimeoutError) as error:
        raise _LostError(str(error)) from None


def _result(future: Any) -> Made:
    """Return the shard that a worker has made.

    Raises:
        _LostError: its workers died, again and again.
        InputError: it cannot be made.
    """
    from distributed import KilledWorker

    if future.status == "error":
        number, error = int(str(future.key).split("-")[-2]), future.exception()
        if isinstance(error, KilledWorker):
            raise _LostError(str(error), number)
        if not isinstance(error, InputError):
            raise InputError(f"shard {number}: {type(error).__name__}: {error}")
        raise error
    made: Made = future.result()
    return made


class _LostError(Exception):
    """Shards that were handed out are not known any more; ``number`` where one killed its workers."""

    def __init__(self, message: str, number: int | None = None) -> None:
        super().__init__(message)
        self.number = number

"""A large run, shard by shard, so that neither memory nor what a kill costs grows with it."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from boilerbench.corpora.snapshot import Snapshot, examine, nothing_left
from boilerbench.documents_run import Means, Plan, run_documents
from boilerbench.errors import InputError
from boilerbench.extractors import StoredOutputs
from boilerbench.folders import OwnedFolder, put_in_place, remove_folder
from boilerbench.merging import digests_of, merge_runs, note_host
from boilerbench.parallel import imap_ordered
from boilerbench.progress import Progress, Silent
from boilerbench.results import (
    RunInfo,
    load_run,
    read_digests,
    write_digests,
    write_info,
)

SHARD_OUTPUTS = 25_000
"""Outputs of a shard of a large run."""
_LEFT_OUT = "left_out.json"
"""In the folder of each shard: its documents that have a fault. It may have no others."""


def run_in_shards(
    folder: Path,
    plan: Plan,
    documents: Sequence[str],
    place: Path,
    means: Means,
) -> RunInfo:
    """Extract and score documents in shards, and write what comes out, all but leaderboard and run.json.

    Args:
        folder: a new folder.
        plan: what to do.
        documents: ids, those of documents with a fault among them.
        place: the folder of shards. Those of a run that was killed are taken as they are if it was the same.
        means: what to work with; its progress is told of every extraction.

    Returns:
        What the run says of itself, but for its tables.

    Raises:
        InputError: no document is without a fault, a tool cannot be loaded.
    """
    names = [extractor.name for extractor in plan.ready.extractors]
    size = max(1, SHARD_OUTPUTS // len(names))
    shards = place / plan_digest(plan, documents)
    if plan.fresh or not is_known(plan):
        remove_folder(place)
    for other in place.iterdir() if place.is_dir() else ():
        if other != shards:
            remove_folder(other)
    shards.mkdir(parents=True, exist_ok=True)
    means.progress.begin("extracting", len(documents) * len(names), parts=len(names))
    whole = Whole(means.progress)
    parts = {
        shards / f"{begin // size:05}": documents[begin : begin + size]
        for begin in range(0, len(documents), size)
    }

    def make(part: Path) -> list[str]:
        remarks: list[str] = []
        own = dataclasses.replace(means, progress=whole, remark=remarks.append)
        shard_of(part, plan, parts[part], own)
        return remarks

    # Where no tool runs, shards are made side by side.
    stored = all(isinstance(each, StoredOutputs) for each in plan.ready.extractors)
    done = 0
    for part, remarks in imap_ordered(make, parts, jobs=(os.cpu_count() or 1) if stored else 1):
        done += len(parts[part])
        whole.reach(done * len(names))
        for line in remarks:
            means.remark(line)
    return join_shards(list(parts), plan, folder)


def shard_of(place: Path, plan: Plan, documents: Sequence[str], means: Means) -> None:
    """Make the shard of some documents, whole or not at all; one that is there already stays.

    A shard is a run's folder without a leaderboard, beside which stand the documents that were left out.
    """
    examined = examine(plan.corpus, documents, Silent())
    snapshot, left_out = examined.snapshot, examined.left_out
    examined.tell(means.remark)
    if _is_there(place, snapshot, left_out):
        return
    with OwnedFolder(place.parent, f".{place.name}-") as fresh:
        (fresh.path / _LEFT_OUT).write_text(json.dumps(left_out), encoding="utf-8")
        if snapshot.pages:
            info = run_documents(fresh.path, plan, snapshot, left_out, means)
            write_digests(fresh.path, digests_of(snapshot))
            note_host(fresh.path)
            write_info(fresh.path, info)
        put_in_place(fresh.path, place)


def join_shards(parts: Sequence[Path], plan: Plan, folder: Path) -> RunInfo:
    """Write the tables and texts of a run's shards as those of one run.

    Raises:
        InputError: all documents were left out, or a shard is damaged.
    """
    left_out: dict[str, str] = {}
    for part in parts:
        left_out |= json.loads((part / _LEFT_OUT).read_text(encoding="utf-8"))
    runs = [load_run(part) for part in parts if (part / "run.json").is_file()]
    if not runs:
        document = next(iter(left_out))
        raise nothing_left(plan.corpus, plan.corpus.findings(document)[0], len(left_out))
    info = merge_runs(runs, folder, plan.command)
    corpus = dataclasses.replace(info.corpus, spec=plan.corpus.spec)
    return dataclasses.replace(info, corpus=corpus, left_out=left_out)


def is_known(plan: Plan) -> bool:
    """Tell whether all is known that decides what extractors return, so that a shard may be taken again."""
    return not any(
        each.unknown or each.trees for each in plan.ready.extractors if not isinstance(each, StoredOutputs)
    )


def plan_digest(plan: Plan, documents: Sequence[str]) -> str:
    """Return a digest over what decides a run, but for the content of its documents."""
    content = hashlib.sha256()
    for document in documents:
        content.update(f"{document}\n".encode(errors="surrogatepass"))
    facts = {
        "documents": content.hexdigest(),
        "extractors": {each.name: _identity(each) for each in plan.ready.extractors},
        "measures": [measure.signature for measure in plan.measures],
        "others": [plan.corpus.spec, plan.policy, plan.references, plan.limits, plan.independent],
        "unavailable": dict(plan.ready.unavailable),
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()[:16]


def _identity(extractor: object) -> object:
    if not isinstance(extractor, StoredOutputs):
        return getattr(extractor, "identity", None)
    with extractor.file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _is_there(place: Path, snapshot: Snapshot, left_out: Mapping[str, str]) -> bool:
    """Tell whether a shard is there, of just these documents as they are now."""
    try:
        if json.loads((place / _LEFT_OUT).read_text(encoding="utf-8")) != left_out:
            return False
        return not snapshot.pages or list(read_digests(place)) == list(digests_of(snapshot))
    except (OSError, ValueError, InputError):
        return False


class Whole:
    """The progress of a whole run, of which each shard reports its extractions."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._stage = ""
        self._done = 0

    def begin(self, stage: str, total: int, *, parts: int = 1) -> None:
        """Note which stage of a shard begins."""
        self._stage = stage

    def advance(self, *, failed: bool = False) -> None:
        """Count an extraction."""
        if self._stage == "extracting":
            self._done += 1
            self._progress.advance(failed=failed)

    def reach(self, done: int) -> None:
        """Count what was there already, or left out."""
        self._stage = "extracting"
        while self._done < done:
            self.advance()

"""A large run, shard by shard, so that neither memory nor what a kill costs grows with it."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from boilerbench.cache import Cache, Session
from boilerbench.corpora.base import ordered_digest
from boilerbench.corpora.snapshot import Snapshot, nothing_left, split_documents, take_snapshot
from boilerbench.documents_run import Plan, run_documents
from boilerbench.errors import InputError
from boilerbench.extractors import StoredOutputs
from boilerbench.folders import OwnedFolder, put_in_place, remove_folder
from boilerbench.parallel import imap_ordered
from boilerbench.progress import Progress, Silent
from boilerbench.results import (
    CorpusInfo,
    Run,
    RunInfo,
    load_run,
    merge_shards,
    merged_provenance,
    read_digests,
    read_provenance,
    write_digests,
    write_info,
    write_provenance,
)

SHARD_OUTPUTS = 50_000
"""Outputs of a shard of a large run."""
_LEFT_OUT = "left_out.json"
"""In the folder of each shard: its documents that have a fault. It may have no others."""


def run_in_shards(
    folder: Path,
    plan: Plan,
    documents: Sequence[str],
    place: Path,
    *,
    store: Cache,
    session: Session,
    progress: Progress,
    remark: Callable[[str], None],
) -> RunInfo:
    """Extract and score documents in shards, and write what comes out, all but leaderboard and run.json.

    Args:
        folder: a new folder.
        plan: what to do.
        documents: ids, those of documents with a fault among them.
        place: the folder of shards. Those of a run that was killed are taken as they are if it was the same.
        store: earlier extractions.
        session: of this run.
        progress: told of every extraction.
        remark: told in one line each what does not stop it.

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
    progress.begin("extracting", len(documents) * len(names), parts=len(names))
    whole = _Whole(progress)
    parts = {
        shards / f"{begin // size:05}": documents[begin : begin + size]
        for begin in range(0, len(documents), size)
    }

    def make(part: Path) -> list[str]:
        remarks: list[str] = []
        shard_of(part, plan, parts[part], store=store, session=session, progress=whole, remark=remarks.append)
        return remarks

    # Where no tool runs, shards are made side by side.
    stored = all(isinstance(each, StoredOutputs) for each in plan.ready.extractors)
    done = 0
    for part, remarks in imap_ordered(make, parts, jobs=(os.cpu_count() or 1) if stored else 1):
        done += len(parts[part])
        whole.reach(done * len(names))
        for line in remarks:
            remark(line)
    info = join_shards(list(parts), plan, folder)
    remove_folder(place)
    return info


def shard_of(
    place: Path,
    plan: Plan,
    documents: Sequence[str],
    *,
    store: Cache,
    session: Session,
    progress: Progress,
    remark: Callable[[str], None],
) -> None:
    """Make the shard of some documents, whole or not at all; one that is there already stays.

    A shard is a run's folder without a leaderboard, beside which stand the documents that were left out.
    """
    sound, left_out, _ = split_documents(plan.corpus, documents, remark)
    snapshot = take_snapshot(plan.corpus, sound, Silent())
    if _is_there(place, snapshot, left_out):
        return
    with OwnedFolder(place.parent, f".{place.name}-") as fresh:
        (fresh.path / _LEFT_OUT).write_text(json.dumps(left_out), encoding="utf-8")
        if sound:
            info = run_documents(
                *(fresh.path, plan, snapshot, left_out),
                store=store,
                session=session,
                progress=progress,
                remark=remark,
            )
            write_digests(fresh.path, digests_of(snapshot))
            note_host(fresh.path)
            write_info(fresh.path, info)
        put_in_place(fresh.path, place)


def digests_of(snapshot: Snapshot) -> Iterator[tuple[str, str, str]]:
    """Yield each document with the digests of its page and of all of it."""
    return ((name, page, snapshot.wholes[name]) for name, page in snapshot.pages.items())


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
    return dataclasses.replace(info, left_out=left_out)


def merge_runs(runs: Sequence[Run], folder: Path, command: str | None) -> RunInfo:
    """Write the tables, texts and provenance of shards as those of one run.

    Args:
        runs: the shards.
        folder: where to write.
        command: the command line, for provenance.json.

    Returns:
        What the run says of itself, but for its tables.

    Raises:
        InputError: they are no parts of one run, or not all of them.
    """
    info = merge_shards(runs, folder)
    pages = ordered_digest((document, page) for document, page, _ in read_digests(folder))
    whole = ordered_digest((document, digest) for document, _, digest in read_digests(folder))
    number = sum(1 for _ in read_digests(folder))
    corpus = runs[0].info.corpus
    if provenance := merged_provenance(runs, command):
        write_provenance(folder, provenance)
    return dataclasses.replace(info, corpus=CorpusInfo(corpus.name, corpus.spec, number, whole, pages))


def note_host(folder: Path) -> None:
    """Say in provenance.json which machine made a shard."""
    if provenance := read_provenance(folder):
        hosts = {platform.node() or "unnamed": provenance.platform}
        write_provenance(folder, dataclasses.replace(provenance, hosts=hosts))


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


class _Whole:
    """The progress of a whole run, of which each shard reports its extractions."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._stage = ""
        self._done = 0

    def begin(self, stage: str, total: int, *, parts: int = 1) -> None:
        self._stage = stage

    def advance(self, *, failed: bool = False) -> None:
        if self._stage == "extracting":
            self._done += 1
            self._progress.advance(failed=failed)

    def reach(self, done: int) -> None:
        """Count what was there already, or left out."""
        self._stage = "extracting"
        while self._done < done:
            self.advance()

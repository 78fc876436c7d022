"""Runs of shards made one run, and what every run ends with."""

from __future__ import annotations

import dataclasses
import platform
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from boilerbench.corpora.base import ordered_digest
from boilerbench.corpora.gold_versions import gold_versions
from boilerbench.corpora.snapshot import Snapshot
from boilerbench.errors import InputError
from boilerbench.results import (
    MADE,
    SHARD_FILE,
    CorpusInfo,
    Run,
    RunInfo,
    Shard,
    load_run,
    merge_shards,
    merged_provenance,
    read_digests,
    read_provenance,
    replacing,
    write_provenance,
)
from boilerbench.scoring import finish_folder


def _ignore(remark: str) -> None:
    """Drop a remark."""


def merge(
    paths: Sequence[str | Path | Run],
    *,
    out: str | Path = "runs",
    command: str | None = None,
    remark: Callable[[str], None] = _ignore,
) -> Run:
    """Make one run of the runs of all shards of a corpus, and write ``out/<corpus name>/``.

    It is the run that one machine would have written, byte for byte but for the times.

    Args:
        paths: the runs that were made with ``shard``, or their folders.
        out: the folder in which the run's folder is made.
        command: the command line that asked for this, for provenance.json.
        remark: told in one line each what does not stop it.

    Raises:
        InputError: a folder is no run of a shard, they are not of one run, or one is missing or twice there.
    """
    runs = [load_run(path) for path in paths]
    if not runs:
        raise InputError("nothing to merge; give the runs of all shards")
    target = Path(out) / runs[0].info.corpus.name
    with replacing(target, made=MADE) as folder:
        finish(folder, merge_runs(runs, folder, command), None, remark)
    return load_run(target)


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
    # The parts of a version have no name, all of it has.
    version = gold_versions().get(whole, "")
    merged = CorpusInfo(corpus.name, corpus.spec, number, whole, pages, version=version)
    return dataclasses.replace(info, corpus=merged)


def finish(folder: Path, info: RunInfo, shard: Shard | None, remark: Callable[[str], None]) -> None:
    """Write what follows from all scores of a run, once extractions, scores and digests are there.

    Args:
        folder: of the run.
        info: what it says of itself, but for its tables.
        shard: which part of the documents it has, if it is one.
        remark: told in one line each what does not stop it.
    """
    if shard:
        note_host(folder)
    else:
        (folder / SHARD_FILE).unlink()
    finish_folder(folder, dataclasses.replace(info, shard=str(shard) if shard else None), remark)


def digests_of(snapshot: Snapshot) -> Iterator[tuple[str, str, str]]:
    """Yield each document with the digests of its page and of all of it."""
    return ((name, page, snapshot.wholes[name]) for name, page in snapshot.pages.items())


def note_host(folder: Path) -> None:
    """Say in provenance.json which machine made a shard."""
    if provenance := read_provenance(folder):
        hosts = {platform.node() or "unnamed": provenance.platform}
        write_provenance(folder, dataclasses.replace(provenance, hosts=hosts))

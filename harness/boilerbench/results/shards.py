"""Shards: runs of parts of a corpus's documents, and the run that they make together."""

from __future__ import annotations

import csv
import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from boilerbench.errors import InputError
from boilerbench.results.files import EXTRACTIONS_FILE, SHARD_COLUMNS, SHARD_FILE
from boilerbench.results.info import ExtractorInfo, Provenance, RunInfo
from boilerbench.results.merging import merge_files
from boilerbench.results.run import Run

_FORM = re.compile(r"([1-9][0-9]*)/([1-9][0-9]*)")
_SAME = ("boilerbench", "policy", "seed", "resamples", "limits", "unavailable", "suffix_list")
"""The facts of runs, besides corpus, measures and extractors, that make them parts of one."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A part of a corpus's documents: by id, the ``index``-th of ``number`` parts of equal size."""

    index: int
    number: int

    @classmethod
    def of(cls, text: str) -> Self:
        """Read ``2/4``.

        Raises:
            InputError: it is none.
        """
        match = _FORM.fullmatch(text)
        shard = cls(int(match[1]), int(match[2])) if match else None
        if shard is None or shard.index > shard.number:
            raise InputError(f"{text!r} is no shard; write 1/4, 2/4, 3/4, 4/4 for the four parts of a corpus")
        return shard

    def __str__(self) -> str:
        return f"{self.index}/{self.number}"

    def cut(self, documents: Sequence[str]) -> list[str]:
        """Return the documents of this shard.

        Raises:
            InputError: there are none.
        """
        begin, end = (len(documents) * place // self.number for place in (self.index - 1, self.index))
        if begin == end:
            raise InputError(f"shard {self}: there are {len(documents):,} documents; ask for fewer shards")
        return list(documents[begin:end])


def write_digests(folder: Path, digests: Iterable[tuple[str, str, str]]) -> None:
    """Write shard.csv: each document with the digests of its page and of all of it."""
    with (folder / SHARD_FILE).open("w", encoding="utf-8", newline="") as table:
        rows = csv.writer(table, lineterminator="\n")
        rows.writerow(SHARD_COLUMNS)
        rows.writerows(digests)


def read_digests(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Read shard.csv.

    Raises:
        InputError: the run is no shard, or the table is damaged.
    """
    file = folder / SHARD_FILE
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            rows = csv.reader(lines)
            next(rows, None)
            yield from ((document, page, digest) for document, page, digest in rows)
    except FileNotFoundError:
        raise InputError(f"run {folder}: is no shard; make one with run --shard") from None
    except (OSError, ValueError, csv.Error) as error:
        raise InputError(f"{file}: cannot be read ({error}); run the benchmark again") from None


def merge_shards(runs: Sequence[Run], folder: Path) -> RunInfo:
    """Write the tables and texts of shards as those of one run.

    Args:
        runs: the shards.
        folder: where to write.

    Returns:
        What the run says of itself, but for its tables and its corpus, which are to be made of shard.csv.

    Raises:
        InputError: they are no parts of one run, or not all of them.
    """
    first = runs[0].info
    for run in runs[1:]:
        _check(runs[0], run)
    _check_all_there(runs)
    # A row that does not cover the whole corpus is none of it.
    references = tuple(name for name in first.references if all(name in run.info.references for run in runs))
    others = {name for run in runs for name in run.info.references} - {*references}
    merge_files([run.folder for run in runs], folder, references, others)
    return dataclasses.replace(
        first,
        extractors=tuple(_known(index, runs) for index in range(len(first.extractors))),
        references=references,
        counts=_counts(folder),
        left_out=dict(sorted(line for run in runs for line in run.info.left_out.items())),
        environments={key: value for run in runs for key, value in run.info.environments.items()},
        tables={},
        shard=None,
    )


def merged_provenance(runs: Sequence[Run], command: str | None) -> Provenance | None:
    """Return how a run came about that was merged; None where its shards do not say."""
    known = [(run, run.provenance) for run in runs]
    all_known = [(run, provenance) for run, provenance in known if provenance]
    if not all_known:
        return None
    first = all_known[0][1]
    hosts = {host: platform for _, each in all_known for host, platform in each.hosts.items()}
    return dataclasses.replace(
        first,
        command=command,
        started=min(each.started for _, each in all_known),
        extraction_seconds=round(sum(each.extraction_seconds for _, each in all_known), 3),
        jobs=sum(each.jobs for _, each in all_known),
        hosts=dict(sorted(hosts.items())),
    )


def _check(first: Run, other: Run) -> None:
    """Check that two runs are parts of one.

    Raises:
        InputError: they differ in something that decides figures.
    """
    facts = [_facts(run) for run in (first, other)]
    for name, value in facts[0].items():
        if facts[1][name] != value:
            differ = f"{first.folder} and {other.folder} differ in {name}"
            raise InputError(f"{differ}: {value} and {facts[1][name]}; run both in the same way")


def _facts(run: Run) -> Mapping[str, Any]:
    info = run.info
    return {
        "corpus": info.corpus.name,
        "extractors": ", ".join(each.name for each in info.extractors),
        "sources": [each.source.digest if each.source else "" for each in info.extractors],
        "environments": [each.environment for each in info.extractors],
        "measures": ", ".join(each.signature for each in info.measures),
        **{name.replace("_", " "): getattr(info, name) for name in _SAME},
    }


def _check_all_there(runs: Sequence[Run]) -> None:
    """Check that of shards none is missing and none there twice.

    Raises:
        InputError: that is so.
    """
    shards = [Shard.of(run.info.shard) for run in runs if run.info.shard]
    if shards and len(shards) < len(runs):
        whole = next(run for run in runs if not run.info.shard)
        raise InputError(f"run {whole.folder}: is no shard; make one with run --shard")
    number = shards[0].number if shards else 0
    there = sorted(shard.index for shard in shards)
    if any(shard.number != number for shard in shards) or len(set(there)) < len(there):
        raise InputError(f"the runs are the shards {', '.join(map(str, shards))}; give each of one cut once")
    if missing := [str(Shard(index, number)) for index in range(1, number + 1) if index not in there]:
        raise InputError(f"shard {', '.join(missing)} is missing; run it, or give its run as well")


def _known(index: int, runs: Sequence[Run]) -> ExtractorInfo:
    """Return an extractor with the version that one of the shards has for it."""
    each = [run.info.extractors[index] for run in runs]
    return next((one for one in each if one.version), each[0])


def _counts(folder: Path) -> dict[str, dict[str, int]]:
    """Count the extractions of each status by extractor, both in the order of the table."""
    counts: dict[str, dict[str, int]] = {}
    with (folder / EXTRACTIONS_FILE).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            by_status = counts.setdefault(row["extractor"], {})
            by_status[row["status"]] = by_status.get(row["status"], 0) + 1
    return counts

"""The versions of a tool in their order: what each release gained and lost against the one before."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from boilerbench.errors import InputError
from boilerbench.results import Run, load_run

if TYPE_CHECKING:
    from boilerbench.stats import Comparison, DocumentDifference


@dataclass(frozen=True)
class Release:
    """A version of a tool, on all documents of a run."""

    extractor: str
    """The spec."""
    version: str
    f1: float
    """From 0 to 1, as ``low``, ``high``, ``precision`` and ``recall``."""
    low: float
    """Lower end of the 95 % interval of F1."""
    high: float
    precision: float
    recall: float
    failed: int
    ms: float
    """Median milliseconds per page; NaN where none was timed."""
    change: Comparison | None
    """This release (first) against the one before (second), corrected for all steps; none for the oldest."""
    gained: tuple[DocumentDifference, ...]
    """The documents whose F1 has risen, most first."""
    lost: tuple[DocumentDifference, ...]
    """The documents whose F1 has fallen, most first; differences are negative."""


@dataclass(frozen=True)
class History:
    """The result of ``releases``."""

    corpus: str
    measure: str
    """The signature of the measure."""
    average: str
    seed: int
    releases: tuple[Release, ...]
    """Oldest first."""
    remarks: tuple[str, ...]


def releases(
    run: str | Path | Run,
    *,
    measure: str | None = None,
    average: str | None = None,
    independent: bool = False,
    seed: int = 0,
) -> History:
    """Compare each extractor of a run with the one before it, in the order in which they were run.

    Args:
        run: a run of the versions of a tool, oldest first, or its folder.
        measure: a measure of the run; without, its first.
        average: a way of averaging; without, the measure's own.
        independent: take pages of one site as independent.
        seed: decides the draws.

    Raises:
        InputError: the folder is no run, or it was not scored by the measure.
    """
    from boilerbench.stats import compare_pairs, deciding_documents, run_pairs

    loaded = load_run(run)
    names = [extractor.name for extractor in loaded.info.extractors]
    if len(names) < 2:
        raise InputError(f"run {loaded.folder}: one version alone has no history")
    paired = run_pairs.within(loaded, measure, independent=independent)
    way = run_pairs.average_of(paired.measure, average)
    steps = [(later, earlier) for earlier, later in pairwise(names)]
    comparisons = compare_pairs(paired.scores, way, steps, sites=paired.sites, seed=seed)
    changes = dict(zip(names[1:], comparisons, strict=True))
    before = dict(steps)
    board = loaded.leaderboard
    rows = board[(board["measure"] == paired.measure.name) & (board["average"] == way)]
    figures = {str(row["extractor"]): row for row in rows.to_dict("records")}
    found = []
    for name in names:
        earlier, row = before.get(name), figures[name]
        gained = deciding_documents(paired.scores, (name, earlier), most=None) if earlier else []
        lost = deciding_documents(paired.scores, (earlier, name), most=None) if earlier else []
        found.append(
            Release(
                extractor=name,
                version=str(row["version"]),
                f1=float(row["f1"]),
                low=float(row["f1_low"]),
                high=float(row["f1_high"]),
                precision=float(row["precision"]),
                recall=float(row["recall"]),
                failed=int(row["failed"]),
                ms=float(row["ms_median"]),
                change=changes.get(name),
                gained=tuple(gained),
                lost=tuple(difference.turned() for difference in lost),
            )
        )
    return History(paired.corpus, paired.measure.signature, way, seed, tuple(found), tuple(paired.remarks))

"""Comparison of extractors: whether one is better than another, and on which documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from boilerbench.errors import InputError
from boilerbench.results import STRUCTURE_FILE, Run, has_table, load_run

if TYPE_CHECKING:
    from boilerbench.stats import Comparison, DocumentDifference, Effect
    from boilerbench.stats.run_pairs import Paired
    from boilerbench.stats.structure import AspectDifference

_KINDS = ("page_type", "language")
_FEWEST_DOCUMENTS = 5
"""Kinds of documents with fewer are not listed below a comparison."""


@dataclass(frozen=True)
class ComparisonResult:
    """The result of ``compare``: a comparison of each pair, and of a single pair the documents behind it."""

    corpus: str
    measure: str
    """The signature of the measure."""
    average: str
    seed: int
    remarks: tuple[str, ...]
    """Remarks on what was left out and why, a sentence each."""
    comparisons: tuple[Comparison, ...]
    """Extractors by spec and version; figures are F1 from 0 to 1."""
    pairs: tuple[tuple[str, str], ...]
    """The extractors of each comparison, by the names that their runs have."""
    effects: Mapping[str, tuple[Effect, ...]]
    """By ``page_type`` and ``language``: the difference on each kind of document. Of a single pair only."""
    won: tuple[DocumentDifference, ...]
    """The documents on which the first wins most, widest first. Of a single pair only."""
    lost: tuple[DocumentDifference, ...]
    """The same of the second; differences are negative."""
    structure: tuple[AspectDifference, ...] = ()
    """The difference by each aspect of structure. Of a single pair, by a measure that counts aspects."""


def compare(
    run: str | Path | Run,
    first: str | None = None,
    second: str | None = None,
    *,
    other_run: str | Path | Run | None = None,
    measure: str | None = None,
    average: str | None = None,
    pairs: Sequence[tuple[str, str]] = (),
    independent: bool = False,
    seed: int = 0,
) -> ComparisonResult:
    """Compare two extractors of a run, all pairs of them, or the extractors of two runs.

    Args:
        run: a run, or its folder.
        first: an extractor of the run; without, all pairs.
        second: the one to compare it with, of the same run or of ``other_run``.
        other_run: a second run, or its folder; without names its extractors are compared with those of the
            same name.
        measure: a measure of the run; without, its first.
        average: a way of averaging; without, the measure's own.
        pairs: with ``other_run``, pairs of an extractor of the run and one of the other.
        independent: take pages of one site as independent.
        seed: decides the draws.

    Returns:
        The verdict and the figures of each pair, corrected for their number (docs/statistics.md).

    Raises:
        InputError: a folder is no run, a name is not in it, or there is nothing to compare.
    """
    from boilerbench.stats import compare_pairs, deciding_documents, run_pairs

    named = _pair(first, second)
    loaded = load_run(run)
    other = load_run(other_run) if other_run is not None else loaded
    if other_run is not None:
        asked = [*pairs, named] if named else pairs
        paired = run_pairs.between(loaded, other, measure, asked, independent=independent)
    elif pairs:
        raise InputError("pairs name extractors of two runs, but there is one run only")
    else:
        paired = run_pairs.within(loaded, measure, named, independent=independent)
    way = run_pairs.average_of(paired.measure, average)
    comparisons = compare_pairs(paired.scores, way, paired.pairs, sites=paired.sites, seed=seed)
    single = len(paired.pairs) == 1
    return ComparisonResult(
        paired.corpus,
        paired.measure.signature,
        way,
        seed,
        tuple(paired.remarks),
        tuple(_labelled(comparison, paired.labels) for comparison in comparisons),
        tuple((paired.names[first], paired.names[second]) for first, second in paired.pairs),
        _effects(loaded, paired, way, seed) if single else {},
        tuple(deciding_documents(paired.scores, paired.pairs[0])) if single else (),
        tuple(won.turned() for won in deciding_documents(paired.scores, paired.pairs[0][::-1]))
        if single
        else (),
        _structure((loaded, other), paired, seed) if single else (),
    )


def _pair(first: str | None, second: str | None) -> tuple[str, str] | None:
    if first is None and second is None:
        return None
    if first is None or second is None:
        raise InputError(f"{first or second} is named alone; name two extractors")
    return first, second


def _labelled(comparison: Comparison, labels: Mapping[str, str]) -> Comparison:
    return replace(comparison, first=labels[comparison.first], second=labels[comparison.second])


def _effects(run: Run, paired: Paired, average: str, seed: int) -> dict[str, tuple[Effect, ...]]:
    from boilerbench.stats import effects
    from boilerbench.stats.groups import document_groups

    by_kind = {}
    for kind in _KINDS:
        groups = document_groups(run.documents, kind, _FEWEST_DOCUMENTS)
        if len(groups) > 1:
            by_kind[kind] = tuple(
                effects(paired.scores, average, paired.pairs[0], groups, sites=paired.sites, seed=seed)
            )
    return by_kind


def _structure(runs: tuple[Run, Run], paired: Paired, seed: int) -> tuple[AspectDifference, ...]:
    """Compare a pair by aspect, where the measure counts aspects and both runs have kept the counts."""
    import pandas as pd

    from boilerbench.measures import counts_structure
    from boilerbench.measures.structure_aspects import ASPECTS
    from boilerbench.stats.structure import aspect_differences

    kept = all(has_table(run.folder / STRUCTURE_FILE) for run in runs)
    if not kept or not counts_structure(paired.measure.name):
        return ()
    (pair,) = paired.pairs
    documents = set(paired.scores["document"])
    tables: list[pd.DataFrame] = []
    for run, name in zip(runs, pair, strict=True):
        mine = run.structure[run.structure["extractor"] == paired.names[name]]
        tables.append(mine[mine["document"].isin(documents)].assign(extractor=name))
    found = aspect_differences(pd.concat(tables), [pair], ASPECTS, sites=paired.sites, seed=seed)
    return tuple(found[pair])

"""The gate: whether an extractor has become worse than in a baseline run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from boilerbench.results import EXTRACTIONS_FILE, Run, has_table, load_run

if TYPE_CHECKING:
    import pandas as pd

    from boilerbench.stats import Comparison, DocumentDifference
    from boilerbench.stats.run_pairs import Paired


@dataclass(frozen=True, slots=True)
class GateLimits:
    """The limits of a gate: how much worse an extractor may be than its baseline; None is not looked at."""

    max_drop: float = 0.0
    """Points of F1. More counts only if the verdict of ``compare`` is that the baseline is better."""
    max_precision_drop: float | None = None
    """The same of precision."""
    max_recall_drop: float | None = None
    max_document_drop: float | None = None
    """Points of F1 on any single document, by chance or not."""
    max_new_failures: int = 0
    """The number of documents that may fail although they did not fail in the baseline."""
    max_slowdown: float | None = None
    """The factor by which the median page may take longer, over pages that were timed in both runs."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check of a gate: a limit, and whether it is kept."""

    name: str
    """``f1``, ``precision``, ``recall``, ``documents``, ``failures`` or ``speed``."""
    limit: float
    """The allowed amount: points, failures, or times as long."""
    passed: bool


@dataclass(frozen=True, slots=True)
class NewFailure:
    """A document that fails and did not fail in the baseline."""

    document: str
    status: str
    error: str


@dataclass(frozen=True)
class GatedExtractor:
    """An extractor against its baseline."""

    extractor: str
    """Spec and version."""
    baseline: str
    comparisons: tuple[Comparison, ...]
    """F1, and precision and recall where they are limited; the first is the extractor, the second its
    baseline."""
    checks: tuple[Check, ...]
    fallen: tuple[DocumentDifference, ...]
    """Every document whose F1 has fallen, most first; differences are negative."""
    new_failures: tuple[NewFailure, ...]
    ms: float
    """Median milliseconds per page over pages that were timed in both runs; NaN without any."""
    baseline_ms: float

    @property
    def passed(self) -> bool:
        """Tell whether all checks passed."""
        return all(check.passed for check in self.checks)


@dataclass(frozen=True)
class GateResult:
    """The result of ``gate``."""

    corpus: str
    measure: str
    """The signature of the measure."""
    average: str
    seed: int
    limits: GateLimits
    remarks: tuple[str, ...]
    """Remarks on what was left out and why, a sentence each."""
    extractors: tuple[GatedExtractor, ...]
    not_gated: Mapping[str, str]
    """The extractors of either run that were not compared, and why."""

    @property
    def passed(self) -> bool:
        """Tell whether all checks of all extractors passed."""
        return all(extractor.passed for extractor in self.extractors)


def gate(
    run: str | Path | Run,
    baseline: str | Path | Run,
    limits: GateLimits | None = None,
    *,
    pairs: Sequence[tuple[str, str]] = (),
    measure: str | None = None,
    average: str | None = None,
    independent: bool = False,
    seed: int = 0,
) -> GateResult:
    """Hold the extractors of a run against those of a baseline.

    Args:
        run: the run to look at, or its folder.
        baseline: the run that it must not fall short of.
        limits: how much worse it may be; without, it may not be worse, nor fail where it did not.
        pairs: an extractor of the run and one of the baseline each; without, those of one name.
        measure: a measure of the run; without, its first.
        average: a way of averaging; without, the measure's own.
        independent: take pages of one site as independent.
        seed: decides the draws.

    Returns:
        The checks of each extractor. The verdict on a drop is that of ``compare``, corrected over all
        extractors that are gated and all figures that are limited.

    Raises:
        InputError: a folder is no run, a name is not in it, or the two runs cannot be compared.
    """
    from boilerbench.stats import compare_pairs, run_pairs

    limits = limits or GateLimits()
    new, old = load_run(run), load_run(baseline)
    paired = run_pairs.between(new, old, measure, pairs, independent=independent)
    way = run_pairs.average_of(paired.measure, average)
    figures = list(_drops(limits))
    comparisons = compare_pairs(
        paired.scores, way, paired.pairs, sites=paired.sites, figures=figures, seed=seed
    )
    remarks = paired.remarks
    if limits.max_slowdown is None:
        remarks = remarks + [
            f"{run.folder} has no {EXTRACTIONS_FILE}, so that new failures are not looked at."
            for run in _without_extractions(new, old)
        ]
    gated = []
    for pair in paired.pairs:
        mine = [comparison for comparison in comparisons if (comparison.first, comparison.second) == pair]
        gated.append(_gated(new, old, paired, pair, mine, limits))
    return GateResult(
        paired.corpus,
        paired.measure.signature,
        way,
        seed,
        limits,
        tuple(remarks),
        tuple(gated),
        _not_gated(new, old, paired),
    )


def _drops(limits: GateLimits) -> dict[str, float]:
    """The figures whose drop is limited, in points."""
    drops = {
        "f1": limits.max_drop,
        "precision": limits.max_precision_drop,
        "recall": limits.max_recall_drop,
    }
    return {figure: most for figure, most in drops.items() if most is not None}


def _gated(
    new: Run,
    old: Run,
    paired: Paired,
    pair: tuple[str, str],
    comparisons: Sequence[Comparison],
    limits: GateLimits,
) -> GatedExtractor:
    from boilerbench.stats import deciding_documents

    fallen = tuple(won.turned() for won in deciding_documents(paired.scores, pair[::-1], most=None))
    failures: tuple[NewFailure, ...] = ()
    ms = baseline_ms = float("nan")
    checks = [_drop_check(comparison, _drops(limits)[comparison.figure]) for comparison in comparisons]
    if limits.max_document_drop is not None:
        most = limits.max_document_drop
        checks.append(Check("documents", most, not fallen or -100 * fallen[0].difference <= most))
    if not (_without_extractions(new, old) and limits.max_slowdown is None):
        names = [paired.names[name] for name in pair]
        documents = set(paired.scores["document"])
        both = [_extractions(run, name, documents) for run, name in zip((new, old), names, strict=True)]
        failures = (
            *_new_failures(*both),
            *_newly_unscorable(*((new, names[0]), (old, names[1])), paired.measure.name),
        )
        ms, baseline_ms = _medians(*both)
        checks.append(Check("failures", limits.max_new_failures, len(failures) <= limits.max_new_failures))
    if limits.max_slowdown is not None:
        # Without times nothing is known to have become slower.
        checks.append(Check("speed", limits.max_slowdown, not ms > limits.max_slowdown * baseline_ms))
    labels = (paired.labels[pair[0]], paired.labels[pair[1]])
    return GatedExtractor(
        labels[0],
        labels[1],
        tuple(replace(comparison, first=labels[0], second=labels[1]) for comparison in comparisons),
        tuple(checks),
        fallen,
        failures,
        ms,
        baseline_ms,
    )


def _drop_check(comparison: Comparison, most: float) -> Check:
    """More than the limit fails, unless it may be chance."""
    from boilerbench.stats import Verdict

    worse = comparison.verdict is Verdict.SECOND and -100 * comparison.difference > most
    return Check(comparison.figure, most, not worse)


def _without_extractions(*runs: Run) -> list[Run]:
    """The runs that do not keep how extractions went, as published ones do not."""
    return [run for run in runs if not has_table(run.folder / EXTRACTIONS_FILE)]


def _extractions(run: Run, extractor: str, documents: set[str]) -> pd.DataFrame:
    table = run.extractions
    chosen = (table["extractor"] == extractor) & table["document"].isin(documents)
    mine: pd.DataFrame = table[chosen].set_index("document")
    return mine


def _new_failures(new: pd.DataFrame, old: pd.DataFrame) -> tuple[NewFailure, ...]:
    from boilerbench.stats import FAILED

    before = set(old.index[old["status"].isin(FAILED)])
    failed = new[new["status"].isin(FAILED)]
    return tuple(
        NewFailure(str(document), str(row["status"]), str(row["error"]))
        for document, row in failed.sort_index().iterrows()
        if document not in before
    )


def _newly_unscorable(new: tuple[Run, str], old: tuple[Run, str], measure: str) -> Iterator[NewFailure]:
    """Documents whose output has become too large to be judged by the measure."""
    tables = []
    for run, extractor in (new, old):
        rows = run.unscorable
        tables.append(rows[(rows["extractor"] == extractor) & (rows["measure"] == measure)])
    after, before = tables
    for row in after[~after["document"].isin(before["document"])].sort_values("document").itertuples():
        yield NewFailure(str(row.document), "unscorable", str(row.reason))


def _medians(new: pd.DataFrame, old: pd.DataFrame) -> tuple[float, float]:
    """Median milliseconds over the pages that were timed in both runs."""
    seconds = new[["seconds"]].assign(before=old["seconds"]).dropna()
    if not len(seconds):
        return float("nan"), float("nan")
    median = 1000 * seconds.median()
    return float(median["seconds"]), float(median["before"])


def _not_gated(new: Run, old: Run, paired: Paired) -> dict[str, str]:
    from boilerbench.stats.run_pairs import competing_names

    compared = {paired.names[first] for first, _ in paired.pairs}
    held = {paired.names[second] for _, second in paired.pairs}
    reasons = {}
    for name in competing_names(new):
        if name not in compared:
            inside = name in competing_names(old)
            reasons[name] = "not among the pairs" if inside else f"not in {old.folder}"
    for name in competing_names(old):
        if name not in held and name not in reasons and name not in compared:
            inside = name in competing_names(new)
            reasons[name] = "not among the pairs" if inside else f"not in {new.folder}"
    return reasons

"""Scores of documents into one row per extractor and measure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from boilerbench.records import Status
from boilerbench.stats.averages import AVERAGES, F1, FIGURES, MEDIAN
from boilerbench.stats.best import among_best
from boilerbench.stats.medians import median_figures
from boilerbench.stats.power import corpus_detectable_difference
from boilerbench.stats.sample import Sample, document_summands, take_sample
from boilerbench.stats.significance import RESAMPLES, SEED, bootstrap_sums, interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Row = dict[str, str | float]
"""One row of a table, by column."""

FAILED = tuple(status for status in Status if status not in (Status.OK, Status.EMPTY))

_BOUNDS = ("precision_low", "precision_high", "recall_low", "recall_high", "f1_low", "f1_high")
FIGURE_COLUMNS = [*FIGURES[:3], *_BOUNDS, *FIGURES[3:], "among_best", "detectable"]
COLUMNS = [
    *("extractor", "version", "measure", "average", "documents", "sites", "unscored", "empty", "failed"),
    *FIGURE_COLUMNS,
    *("ms_median", "ms_p95", "timed"),
]


def leaderboard(
    scores: pd.DataFrame,
    extractions: pd.DataFrame,
    averages: Mapping[str, Sequence[str]],
    *,
    sites: Mapping[str, str] | None = None,
    references: Collection[str] = (),
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> pd.DataFrame:
    """Return one row per extractor, measure and way of averaging, best F1 first.

    Args:
        scores: a run's table of scores.
        extractions: its table of extractions.
        averages: the ways of averaging each measure.
        sites: the site of each document, which are drawn whole; without, documents are independent.
        references: rows that stand beside the extractors and do not compete.
        seed: decides the draws.
        resamples: how many to draw.

    Returns:
        A table with ``COLUMNS``. Figures are from 0 to 1; low and high are the ends of 95 % bootstrap
        intervals over sites. ``among_best`` says whether an extractor may be the best, see
        ``boilerbench.stats.best``; ``detectable`` is the smallest difference of F1 that the corpus shows, see
        ``boilerbench.stats.power``. Times are milliseconds per page, over all pages for which a tool was
        called.

    Raises:
        InputError: extractors are not scored on the same documents.
    """
    facts = {str(name): _facts(table) for name, table in extractions.groupby("extractor", sort=False)}

    def rows_of(measure: str, average: str) -> list[Row]:
        table = scores[scores["measure"] == measure]
        if not len(table):
            return []
        return figures(table, average, sites=sites, references=references, seed=seed, resamples=resamples)

    return leaderboard_of(facts, averages, rows_of)


def leaderboard_of(
    facts: Mapping[str, tuple[Row, int]],
    averages: Mapping[str, Sequence[str]],
    rows_of: Callable[[str, str], list[Row]],
) -> pd.DataFrame:
    """Return a leaderboard, see ``leaderboard``.

    Args:
        facts: of each extractor the columns about its outcomes, and the number of its extractions.
        averages: the ways of averaging each measure.
        rows_of: figures by measure and way of averaging, best first; none where no document is scored.
    """
    rows: list[Row] = []
    for measure, ways in averages.items():
        for average in ways:
            # Where no document has the gold that a measure needs, all are unscored, and the table says so.
            records = rows_of(measure, average) or [
                {"extractor": name, "documents": 0, "sites": 0} for name in facts
            ]
            for record in records:
                outcomes, total = facts[str(record["extractor"])]
                unscored = total - int(record["documents"])
                rows.append(
                    {**outcomes, "measure": measure, "average": average, "unscored": unscored, **record}
                )
    board = pd.DataFrame(rows, columns=COLUMNS)
    return board.assign(among_best=board["among_best"].fillna(""))


def figures(
    scores: pd.DataFrame,
    average: str,
    *,
    sites: Mapping[str, str] | None = None,
    references: Collection[str] = (),
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> list[Row]:
    """Return one row per extractor, best first: its name, documents, sites and ``FIGURE_COLUMNS``.

    ``scores`` are those of one measure; for the other arguments see ``leaderboard``.

    Raises:
        InputError: extractors are not scored on the same documents.
    """
    if average == MEDIAN:
        return median_figures(scores, sites=sites, seed=seed, resamples=resamples)
    sample = take_sample(scores, average, sites)
    return sample_figures(sample, references=references, seed=seed, resamples=resamples)


def sample_figures(
    sample: Sample, *, references: Collection[str] = (), seed: int = SEED, resamples: int = RESAMPLES
) -> list[Row]:
    """Return one row per extractor of a sample, see ``figures``."""
    names, points = sample.extractors, sample.points
    lows, highs = _intervals(sample, seed, resamples)
    order = sorted(range(len(names)), key=lambda index: (-points[index, F1], names[index]))
    competing = sample.of([index for index in order if names[index] not in references])
    standings = dict(
        zip(competing.extractors, among_best(competing, seed=seed, resamples=resamples), strict=True)
    )
    detectable = corpus_detectable_difference(competing)
    return [
        {
            "extractor": names[index],
            "documents": sample.documents,
            "sites": sample.sites,
            **dict(zip(FIGURES, points[index].tolist(), strict=True)),
            **{
                f"{name}_{end}": float(bounds[index, FIGURES.index(name)])
                for name in FIGURES[:3]
                for end, bounds in (("low", lows), ("high", highs))
            },
            "among_best": str(standings.get(names[index], "")),
            "detectable": detectable,
        }
        for index in order
    ]


def grouped(
    scores: pd.DataFrame,
    average: str,
    groups: Mapping[str, Iterable[str]],
    *,
    sites: Mapping[str, str] | None = None,
    references: Collection[str] = (),
    seed: int = SEED,
) -> pd.DataFrame:
    """Return one row per group of documents and extractor, best first within a group.

    Args:
        scores: those of one measure.
        average: the name of a way of averaging.
        groups: the ids of the documents of each group; a document may be in several.
        sites: the site of each document; without, documents are independent.
        references: rows that do not compete.
        seed: decides the draws.

    Returns:
        A table with the columns group, extractor, documents, sites and ``FIGURE_COLUMNS``. Groups without a
        scored document are left out.
    """
    rows: list[Row] = []
    for group, documents in groups.items():
        table = scores[scores["document"].isin(set(documents))]
        if len(table):
            rows += [
                {"group": group, **row}
                for row in figures(table, average, sites=sites, references=references, seed=seed)
            ]
    return pd.DataFrame(rows, columns=["group", "extractor", "documents", "sites", *FIGURE_COLUMNS])


def group_f1(
    scores: pd.DataFrame, average: str, groups: Mapping[str, Iterable[str]]
) -> dict[str, dict[str, float]]:
    """Return F1 by group of documents and extractor, for each group that has a scored document."""
    extractors, names, summands = document_summands(scores, average)
    index_of = {document: index for index, document in enumerate(names)}
    by_group: dict[str, dict[str, float]] = {}
    for group, documents in groups.items():
        if members := [index_of[document] for document in documents if document in index_of]:
            points = AVERAGES[average].figures(summands[:, members].sum(axis=1))[:, F1]
            by_group[group] = dict(zip(extractors, points.tolist(), strict=True))
    return by_group


def _intervals(sample: Sample, seed: int, resamples: int) -> tuple[Floats, Floats]:
    """Low and high ends of 95 % intervals, extractors × ``FIGURES``."""
    extractors, units, width = sample.units.shape
    flat = sample.units.transpose(1, 0, 2).reshape(units, extractors * width)
    sums = bootstrap_sums(flat, resamples, seed).reshape(resamples, extractors, width)
    return interval(sample.average.figures(sums))


def _facts(extractions: pd.DataFrame) -> tuple[Row, int]:
    """Count the extractions of one extractor by outcome, with times."""
    milliseconds = extractions["seconds"].dropna() * 1000
    row: Row = {
        "version": next((version for version in extractions["version"] if version), ""),
        "empty": int((extractions["status"] == Status.EMPTY).sum()),
        "failed": int(extractions["status"].isin(FAILED).sum()),
        "ms_median": float(milliseconds.median()) if len(milliseconds) else np.nan,
        "ms_p95": float(milliseconds.quantile(0.95)) if len(milliseconds) else np.nan,
        "timed": _timed(extractions[extractions["seconds"].notna()]),
    }
    return row, len(extractions)


def _timed(extractions: pd.DataFrame) -> str:
    """Tell when times were measured: ``now``, ``earlier``, or ``both``; empty without times."""
    when = set(extractions["timed"])
    return "both" if len(when) > 1 else next(iter(when), "")

"""Scores of documents into one row per extractor and measure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from boilerbench.records import Status
from boilerbench.stats.averages import AVERAGES, F1, FIGURES
from boilerbench.stats.significance import (
    RESAMPLES,
    SEED,
    SIGNIFICANCE,
    bootstrap_sums,
    holm,
    interval,
    permutation_p_values,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FAILED = tuple(status for status in Status if status not in (Status.OK, Status.EMPTY))

_BOUNDS = ("precision_low", "precision_high", "recall_low", "recall_high", "f1_low", "f1_high")
FIGURE_COLUMNS = [*FIGURES[:3], *_BOUNDS, *FIGURES[3:], "among_best"]
COLUMNS = [
    *("extractor", "version", "measure", "average", "documents", "unscored", "empty", "failed"),
    *FIGURE_COLUMNS,
    *("ms_median", "ms_p95", "timed"),
]


def leaderboard(
    scores: pd.DataFrame,
    extractions: pd.DataFrame,
    averages: Mapping[str, Sequence[str]],
    *,
    references: Collection[str] = (),
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> pd.DataFrame:
    """One row per extractor, measure and way of averaging, with ``COLUMNS``, best F1 first.

    ``scores`` and ``extractions`` are the tables of a run; ``averages`` names each measure's ways. Low and
    high are the ends of 95 % bootstrap intervals over documents; ``among_best`` says that an extractor cannot
    be told from the first one (permutation test over paired documents, Holm-corrected, at 5 %), leaving
    ``references`` out, which are shown beside the extractors but do not compete. Times are milliseconds per
    page, over all pages for which a tool was called.
    """
    facts = {str(name): _facts(table) for name, table in extractions.groupby("extractor", sort=False)}
    rows: list[dict[str, Any]] = []
    for measure, ways in averages.items():
        table = scores[scores["measure"] == measure]
        for average in ways:
            found = (
                figures(table, average, references=references, seed=seed, resamples=resamples)
                if len(table)
                else []
            )
            # Where no document has the gold that a measure needs, all are unscored, and the table says so.
            nothing = {"documents": 0, "among_best": False}
            for row in found or [{"extractor": extractor, **nothing} for extractor in facts]:
                extractor = facts[str(row["extractor"])]
                unscored = extractor["documents"] - row["documents"]
                rows.append(
                    {**extractor, "measure": measure, "average": average, "unscored": unscored, **row}
                )
    return pd.DataFrame(rows, columns=COLUMNS)


def figures(
    scores: pd.DataFrame,
    average: str,
    *,
    references: Collection[str] = (),
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> list[dict[str, Any]]:
    """One record per extractor, best first: its name, how many ``documents`` are scored, ``FIGURE_COLUMNS``.

    ``scores`` are those of one measure, with the same documents for every extractor.
    """
    way = AVERAGES[average]
    extractors, summands = stacked(scores, average)
    points = way.figures(summands.sum(axis=1))
    sums = bootstrap_sums(side_by_side(summands), resamples, seed)
    lows, highs = interval(way.figures(sums.reshape(len(sums), len(extractors), -1)))
    order = sorted(range(len(extractors)), key=lambda place: (-points[place, F1], extractors[place]))
    competing = [place for place in order if extractors[place] not in references]
    among = dict(zip(competing, _among_best(summands[competing], average, resamples, seed), strict=True))
    return [
        {
            "extractor": extractors[place],
            "documents": summands.shape[1],
            **dict(zip(FIGURES, points[place].tolist(), strict=True)),
            **{
                f"{name}_{end}": float(bounds[place, FIGURES.index(name)])
                for name in FIGURES[:3]
                for end, bounds in (("low", lows), ("high", highs))
            },
            "among_best": among.get(place, False),
        }
        for place in order
    ]


def stacked(scores: pd.DataFrame, average: str) -> tuple[list[str], Floats]:
    """The extractors in order, and what each of their documents adds: extractors × documents × summands."""
    tables = {str(name): table for name, table in scores.groupby("extractor", sort=False)}
    summands = AVERAGES[average].summands
    ordered = (table.sort_values("document", kind="stable") for table in tables.values())
    return list(tables), np.stack([summands(table) for table in ordered])


def side_by_side(summands: Floats) -> Floats:
    """Documents × all summands of all extractors."""
    extractors, documents, width = summands.shape
    return summands.transpose(1, 0, 2).reshape(documents, extractors * width)


def f1_difference(average: str, first: Floats, second: Floats) -> Floats:
    """From sums (… × summands) of two extractors to the difference of their F1 (…)."""
    way = AVERAGES[average].figures
    difference: Floats = way(first)[..., F1] - way(second)[..., F1]
    return difference


def grouped(
    scores: pd.DataFrame,
    average: str,
    groups: Mapping[str, Iterable[str]],
    *,
    references: Collection[str] = (),
    seed: int = SEED,
) -> pd.DataFrame:
    """One row per group of documents and extractor, best first within a group.

    ``groups`` maps names to the ids of their documents; a document may be in several. Groups without a scored
    document are left out. Columns: group, extractor, documents and ``FIGURE_COLUMNS``.
    """
    rows: list[dict[str, Any]] = []
    for group, documents in groups.items():
        table = scores[scores["document"].isin(set(documents))]
        if len(table):
            rows += [
                {"group": group, **row} for row in figures(table, average, references=references, seed=seed)
            ]
    return pd.DataFrame(rows, columns=["group", "extractor", "documents", *FIGURE_COLUMNS])


def group_f1(
    scores: pd.DataFrame, average: str, groups: Mapping[str, Iterable[str]]
) -> dict[str, dict[str, float]]:
    """F1 of each extractor on each group of documents that has a scored one: group → extractor → F1."""
    extractors, summands = stacked(scores, average)
    places = {document: place for place, document in enumerate(sorted(scores["document"].unique()))}
    found: dict[str, dict[str, float]] = {}
    for group, documents in groups.items():
        if among := [places[document] for document in documents if document in places]:
            points = AVERAGES[average].figures(summands[:, among].sum(axis=1))[:, F1]
            found[group] = dict(zip(extractors, points.tolist(), strict=True))
    return found


def _among_best(summands: Floats, average: str, resamples: int, seed: int) -> list[bool]:
    """Whether each extractor cannot be told from the first."""
    others = summands[1:]
    if not len(others):
        return [True] * len(summands)
    first = np.broadcast_to(summands[0], others.shape)
    p_values = permutation_p_values(
        first, others, lambda one, other: f1_difference(average, one, other), resamples, seed
    )
    return [True, *(p > SIGNIFICANCE for p in holm(p_values.tolist()))]


def _facts(extractions: pd.DataFrame) -> dict[str, Any]:
    milliseconds = extractions["seconds"].dropna() * 1000
    return {
        "version": next((version for version in extractions["version"] if version), ""),
        "documents": len(extractions),
        "empty": int((extractions["status"] == Status.EMPTY).sum()),
        "failed": int(extractions["status"].isin(FAILED).sum()),
        "ms_median": milliseconds.median() if len(milliseconds) else np.nan,
        "ms_p95": milliseconds.quantile(0.95) if len(milliseconds) else np.nan,
        "timed": _timed(extractions[extractions["seconds"].notna()]),
    }


def _timed(extractions: pd.DataFrame) -> str:
    """Whether times were measured in this run: ``now``, ``earlier``, or ``both``; empty without times."""
    found = set(extractions["timed"])
    return "both" if len(found) > 1 else next(iter(found), "")

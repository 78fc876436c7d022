"""Scores of documents into one row per extractor and measure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from harness.records import Status, harmonic_mean

FAILED = tuple(status for status in Status if status not in (Status.OK, Status.EMPTY))

COLUMNS = [
    "extractor",
    "version",
    "measure",
    "average",
    "documents",
    "empty",
    "failed",
    "precision",
    "recall",
    "f1",
    "ms_median",
    "ms_p95",
    "timed",
]


def mean(scores: pd.DataFrame) -> tuple[float, float, float]:
    """The mean of precision, of recall and of F1 over documents; whatever failed counts as it was scored."""
    return scores["precision"].mean(), scores["recall"].mean(), scores["f1"].mean()


def zyte(scores: pd.DataFrame) -> tuple[float, float, float]:
    """Precision is averaged over documents with an output, recall over documents with gold, and F1 is the
    harmonic mean of the two averages; so an empty output costs recall alone.

    Source: article-extraction-benchmark, evaluate.py (``metrics_from_tp_fp_fns``).
    """
    precision = scores.loc[scores["tp"] + scores["fp"] > 0, "precision"].mean()
    recall = scores.loc[scores["tp"] + scores["fn"] > 0, "recall"].mean()
    precision, recall = (0.0 if np.isnan(figure) else float(figure) for figure in (precision, recall))
    return precision, recall, harmonic_mean(precision, recall)


AVERAGES: dict[str, Callable[[pd.DataFrame], tuple[float, float, float]]] = {"mean": mean, "zyte": zyte}


def leaderboard(
    scores: pd.DataFrame, extractions: pd.DataFrame, averages: Mapping[str, Sequence[str]]
) -> pd.DataFrame:
    """One row per extractor, measure and way of averaging, with ``COLUMNS``, best mean F1 first.

    ``scores`` and ``extractions`` are the tables of a run; ``averages`` names each measure's ways. Times are
    milliseconds per page, over all pages for which a tool was called.
    """
    facts = {str(name): _facts(table) for name, table in extractions.groupby("extractor", sort=False)}
    rows = []
    for (measure, extractor), table in scores.groupby(["measure", "extractor"], sort=False):
        for average in averages[str(measure)]:
            precision, recall, f1 = AVERAGES[average](table)
            rows.append(
                {
                    **facts[str(extractor)],
                    "extractor": extractor,
                    "measure": measure,
                    "average": average,
                    "precision": precision,
                    "recall": recall,
                    "f1": f1,
                }
            )
    board = pd.DataFrame(rows, columns=COLUMNS)
    order = {name: place for place, name in enumerate(scores["measure"].unique())}
    board["_measure"], board["_average"] = board["measure"].map(order), board["average"].ne("mean")
    board = board.sort_values(
        ["_measure", "_average", "f1", "extractor"], ascending=[True, True, False, True], ignore_index=True
    )
    return board[COLUMNS]


def _facts(extractions: pd.DataFrame) -> dict[str, object]:
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

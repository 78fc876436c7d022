"""Averages and leaderboards, worked by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from harness.records import Counts
from harness.stats import leaderboard
from harness.stats.aggregate import COLUMNS, mean, zyte


def scores(extractor: str, *counts: Counts, measure: str = "shingles") -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "document": f"d{place}",
                "extractor": extractor,
                "measure": measure,
                "precision": each.precision,
                "recall": each.recall,
                "f1": each.f1,
                "tp": each.tp,
                "fp": each.fp,
                "fn": each.fn,
            }
            for place, each in enumerate(counts)
        ]
    )


def extractions(extractor: str, *rows: tuple[str, float | None], version: str = "1.0") -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "document": f"d{place}",
                "extractor": extractor,
                "version": version,
                "status": status,
                "seconds": seconds,
                "timed": "now",
            }
            for place, (status, seconds) in enumerate(rows)
        ]
    )


# One good, one half, one without output, one without gold or output.
FOUR = (Counts(4, 0, 0), Counts(1, 1, 3), Counts(0, 0, 5), Counts(0, 0, 0))


def test_the_mean_counts_every_document() -> None:
    # precision 1, 1/2, 0, 1; recall 1, 1/4, 0, 1; F1 1, 1/3, 0, 1.
    assert mean(scores("a", *FOUR)) == pytest.approx((2.5 / 4, 2.25 / 4, (7 / 3) / 4))


def test_zytes_averages_leave_out_what_has_no_denominator() -> None:
    # precision of the first two; recall of the first three.
    precision, recall = 0.75, 1.25 / 3
    f1 = 2 * precision * recall / (precision + recall)
    assert zyte(scores("a", *FOUR)) == pytest.approx((precision, recall, f1))


def test_zytes_averages_of_nothing_are_nothing() -> None:
    assert zyte(scores("a", Counts(0, 0, 3), Counts(0, 0, 2))) == (0, 0, 0)


def test_a_leaderboard_has_a_row_for_each_extractor_and_average_best_first() -> None:
    board = leaderboard(
        pd.concat([scores("worse", *FOUR), scores("better", *[Counts(1, 0, 0)] * 4)]),
        pd.concat(
            [
                extractions("worse", ("ok", 0.010), ("ok", 0.020), ("timeout", None), ("empty", 0.060)),
                extractions("better", *[("ok", None)] * 4, version=""),
            ]
        ),
        {"shingles": ("mean", "zyte")},
    )
    assert list(board.columns) == COLUMNS
    assert board[["extractor", "average"]].values.tolist() == [
        ["better", "mean"],
        ["worse", "mean"],
        ["better", "zyte"],
        ["worse", "zyte"],
    ]
    better, worse = board.iloc[0], board.iloc[1]
    assert (worse["documents"], worse["empty"], worse["failed"], worse["version"]) == (4, 1, 1, "1.0")
    # Of 10, 20 and 60 ms: the median, and the 95th percentile by linear interpolation, 20 + 0.9 × 40.
    assert worse["ms_median"] == pytest.approx(20)
    assert worse["ms_p95"] == pytest.approx(56)
    assert better["version"] == ""
    assert math.isnan(better["ms_median"])


@pytest.mark.parametrize("status", ["error", "timeout", "crash", "memory"])
def test_every_failure_is_counted(status: str) -> None:
    board = leaderboard(
        scores("a", Counts(0, 0, 1)), extractions("a", (status, 1.0)), {"shingles": ("mean",)}
    )
    assert (board["failed"][0], board["empty"][0], board["f1"][0]) == (1, 0, 0)

"""Leaderboards, worked by hand."""

from __future__ import annotations

import math
import random

import pandas as pd
import pytest

from boilerbench.records import Counts
from boilerbench.stats import grouped, leaderboard
from boilerbench.stats.aggregate import COLUMNS
from tests.stats.tables import scores, shares

FOUR = (Counts(4, 0, 0), Counts(1, 1, 3), Counts(0, 0, 5), Counts(0, 0, 0))


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
    assert (better["f1_low"], better["f1"], better["f1_high"]) == (1, 1, 1)
    assert worse["f1_low"] < worse["f1"] < worse["f1_high"]


@pytest.mark.parametrize("status", ["error", "timeout", "crash", "memory"])
def test_every_failure_is_counted(status: str) -> None:
    board = leaderboard(
        scores("a", Counts(0, 0, 1)), extractions("a", (status, 1.0)), {"shingles": ("mean",)}
    )
    assert (board["failed"][0], board["empty"][0], board["f1"][0]) == (1, 0, 0)


def test_unscored_is_counted_and_is_not_zero() -> None:
    three = extractions("a", *[("ok", 0.1)] * 3)
    board = leaderboard(
        scores("a", Counts(1, 0, 0), Counts(1, 0, 0), measure="snippets"),
        three,
        {"snippets": ("micro",), "words": ("mean",)},
    )
    assert board[["measure", "documents", "unscored"]].values.tolist() == [
        ["snippets", 2, 1],
        ["words", 0, 3],
    ]
    assert board["f1"][0] == 1
    assert math.isnan(board["f1"][1])


def test_the_order_of_documents_and_extractors_does_not_matter() -> None:
    draw = random.Random(3)
    table = pd.concat([shares(name, [draw.random() for _ in range(30)]) for name in "abc"])
    runs = pd.concat([extractions(name, *[("ok", 0.1)] * 30) for name in "abc"])
    shuffled = table.sample(frac=1, random_state=4)
    one = leaderboard(table, runs, {"words": ("mean",)})
    two = leaderboard(shuffled, runs, {"words": ("mean",)})
    pd.testing.assert_frame_equal(one, two)


def test_the_group_of_the_best_cannot_be_told_from_the_first() -> None:
    draw = random.Random(5)
    base = [draw.uniform(0.4, 0.9) for _ in range(60)]
    # A copy with noise of mean zero is among the best; one that is always a little worse is not.
    noisy = [share + sign * 0.05 for share, sign in zip(base, [1, -1] * 30, strict=True)]
    worse = [share - 0.04 - draw.uniform(0, 0.01) for share in base]
    table = pd.concat([shares("base", base), shares("noisy", noisy), shares("worse", worse)])
    runs = pd.concat([extractions(name, *[("ok", 0.1)] * 60) for name in ("base", "noisy", "worse")])
    board = leaderboard(table, runs, {"words": ("mean",)}).set_index("extractor")
    assert board["among_best"].to_dict() == {"base": "yes", "noisy": "yes", "worse": "no"}


def test_groups_of_documents_have_figures_of_their_own() -> None:
    table = pd.concat([shares("a", [1.0, 0.5, 0.0]), shares("b", [0.4, 0.6, 0.2])])
    groups = {"first": ["d00000"], "both": ["d00000", "d00001"], "elsewhere": ["x"]}
    found = grouped(table, "mean", groups)
    assert found[["group", "extractor", "documents", "f1"]].values.tolist() == [
        ["first", "a", 1, 1.0],
        ["first", "b", 1, 0.4],
        ["both", "a", 2, 0.75],
        ["both", "b", 2, 0.5],
    ]

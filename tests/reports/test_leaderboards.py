"""Leaderboards as rows of text, from tables by hand."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from rich.console import Console

from boilerbench.reports.leaderboards import Board, boards, grouped_boards
from boilerbench.reports.terminal import board_table
from boilerbench.results import MeasureInfo

WORDS = MeasureInfo("words", r"words|seg:\w+|v1", ("mean",))
ROW: dict[str, Any] = {
    "version": "1.0",
    "measure": "words",
    "average": "mean",
    "documents": 20,
    "sites": 20,
    "unscored": 0,
    "empty": 0,
    "failed": 0,
    "precision": 0.5,
    "recall": 0.5,
    "f1": 0.5,
    "f1_low": 0.4,
    "f1_high": 0.6,
    **dict.fromkeys(("accuracy", "specificity", "without_rate"), math.nan),
    "among_best": "no",
    "detectable": 0.1,
    "ms_median": 10.0,
    "ms_p95": 20.0,
    "timed": "now",
}


def table(**rows: dict[str, Any]) -> pd.DataFrame:
    """A leaderboard of one measure: what is not said of an extractor is the same for all."""
    return pd.DataFrame([{"extractor": name, **ROW, **facts} for name, facts in rows.items()])


def printed(board: Board) -> list[str]:
    console = Console(width=80)
    with console.capture() as captured:
        console.print(board_table(board))
    return captured.get().splitlines()


def test_scores_that_differ_do_not_print_alike() -> None:
    rows = table(
        a={"f1": 0.9432, "among_best": "yes"},
        b={"f1": 0.94296, "among_best": "yes"},
        c={"f1": 0.885},
    )
    (board,) = boards(rows, [WORDS])
    column = board.columns.index("F1")
    assert [row[column] for row in board.rows] == ["94.32=", "94.30=", "88.5  "]
    lines = printed(board)[3:6]
    assert [line.split()[2] for line in lines] == ["94.32=", "94.30=", "88.5"]
    # 1.0 is the version; the next decimal point is that of F1, in one column.
    assert len({line.index(".", line.index(".") + 1) for line in lines}) == 1


def test_scores_of_different_kinds_of_documents_are_not_told_apart() -> None:
    rows = table(a={"f1": 0.5002, "group": "news"}, b={"f1": 0.5004, "group": "forum"})
    (board,) = grouped_boards(rows, [WORDS], "page_type")
    assert [row[board.columns.index("F1")] for row in board.rows] == ["50.0", "50.0"]

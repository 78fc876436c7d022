"""Leaderboards as rows of text, from tables by hand."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from rich.console import Console

from boilerbench.cli import options
from boilerbench.reports.leaderboard_columns import COSTS, SIZES, size_notes
from boilerbench.reports.leaderboards import Board, boards, cost_notes, grouped_boards
from boilerbench.reports.terminal import board_table
from boilerbench.results import MeasureInfo

WORDS = MeasureInfo("words", r"words|seg:\w+|v1", ("mean",))
FIGURES = {"f1": 0.5, "f1_low": 0.4, "f1_high": 0.6, "precision": 0.5, "recall": 0.5, "among_best": "no"}
FACTS = {"version": "1.0", "measure": "words", "average": "mean", "documents": 20, "sites": 20, "unscored": 0}
TIMES = {"empty": 0, "failed": 0, "ms_median": 10.0, "ms_p95": 20.0, "timed": "now", "detectable": 0.1}
ROW: dict[str, Any] = {
    **FACTS,
    **FIGURES,
    **TIMES,
    **dict.fromkeys(("accuracy", "specificity", "without_rate"), math.nan),
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


def test_columns_on_request_stand_beside_the_other_times() -> None:
    rows = table(
        a={"pages_per_second": 12.345, "peak_mb": 95.4, "ms_p95": 190.04},
        b={"f1": 0.4, "pages_per_second": math.nan, "peak_mb": math.nan, "ms_p95": math.nan},
    )
    (board,) = boards(rows, [WORDS], ["memory", "p95", "speed"])
    assert board.columns[-4:] == ["ms", "MB", "ms p95", "Pages/s"]
    assert [row[-4:] for row in board.rows] == [["10.0", "95", "190.0", "12.35"], ["10.0", "-", "-", "-"]]
    (without,) = boards(rows, [WORDS])
    assert without.columns == board.columns[:-3]
    assert (tuple(COSTS), tuple(SIZES)) == (options.COSTS, options.SIZES)


def test_sizes_are_means_and_shares_without_a_mark_of_times() -> None:
    sizes = {"words": 1234.4, "words_of_page": 0.081, "words_of_gold": 1.25}
    none = dict.fromkeys(sizes, math.nan)
    rows = table(a={**sizes, "timed": "earlier"}, b={"f1": 0.4, **none, "timed": "now"})
    (board,) = boards(rows, [WORDS], ["words"])
    assert board.columns[-4:] == ["ms", "Words", "Words/page", "Words/gold"]
    assert [row[-4:] for row in board.rows] == [["10.0*", "1,234", "8.1", "125.0"], ["10.0", "-", "-", "-"]]
    (grouped,) = grouped_boards(rows.assign(group="news"), [WORDS], "page_type", ["words"])
    assert grouped.columns[-3:] == ["Words", "Words/page", "Words/gold"]
    assert "ms" not in grouped.columns
    first, second = printed(board)[1:3]
    assert (first.split(), second.split()[-3:]) == (["Words", "Words"], ["Words", "/page", "/gold"])


def test_sizes_say_what_they_are_and_name_the_tokenizer() -> None:
    board = pd.DataFrame({"tokenizer": ["tokenizers-0.22.2|mine.json|sha256:0123"]})
    meaning, named = size_notes(board, ["speed", "words", "tokens"])
    assert meaning.startswith("Words and Tokens: mean per page of what was returned")
    assert named == "Tokens: tokenizers-0.22.2|mine.json|sha256:0123."
    assert size_notes(board, ["speed"]) == []


def test_columns_on_request_are_of_the_first_average_alone() -> None:
    rows = pd.concat([table(a={"peak_mb": 9.0}), table(a={"peak_mb": 9.0, "average": "micro"})])
    first, second = boards(rows, [WORDS], ["memory"])
    assert first.columns[-1] == "MB"
    assert "MB" not in second.columns


def test_a_table_that_is_too_wide_says_what_it_leaves_out() -> None:
    name, costs = "baseline:long-blocks", {"pages_per_second": 100.0, "peak_mb": 100.0}
    rows = table(**{name: {"version": "2025.11.12", **costs}})
    (board,) = boards(rows, [WORDS], list(COSTS))
    lines = printed(board)
    assert max(map(len, lines)) <= 80
    columns = ["Extractor", "Version", "F1", "95", "%", "Failed", "ms", "Pages/s", "ms", "p95", "MB"]
    assert lines[1].split() == columns
    assert lines[3].split()[:2] == ["baseline:long-", "2025.11.12"]
    assert lines[5].rstrip() == "Not shown for want of width: Prec., Rec., Empty."
    (narrow,) = boards(table(a=costs), [WORDS], ["memory"])
    assert "Not shown" not in "\n".join(printed(narrow))


@pytest.mark.parametrize(
    ("timed", "costs", "said"),
    [
        (("now", "now", ""), (), []),
        (("earlier", "earlier", ""), (), ["All times (*) are of an earlier run, not of this one."]),
        (("now", "earlier"), (), ["Times marked * are of an earlier run, not of this one."]),
        (
            ("now", "both"),
            ("memory",),
            ["Times and memory marked * are in whole or in part of an earlier run, not of this one."],
        ),
    ],
)
def test_times_of_an_earlier_run_are_said_in_words(
    timed: tuple[str, ...], costs: tuple[str, ...], said: list[str]
) -> None:
    meaning, *more = cost_notes(pd.DataFrame({"timed": timed}), costs)
    assert meaning.startswith("ms: median per page.")
    assert ("MB: " in meaning) == ("memory" in costs)
    assert more == said


def test_times_of_an_earlier_run_are_marked() -> None:
    costs = {"pages_per_second": 2.0, "peak_mb": 7.0}
    rows = table(a={"timed": "earlier", **costs}, b=costs)
    (board,) = boards(rows, [WORDS], ["speed", "memory"])
    assert [row[-3:] for row in board.rows] == [["10.0*", "2.00*", "7*"], ["10.0", "2.00", "7"]]
    (alone,) = boards(rows[:1], [WORDS], ["speed", "memory"])
    assert (alone.columns[-3:], alone.rows[0][-3:]) == (["ms*", "Pages/s*", "MB*"], ["10.0", "2.00", "7"])

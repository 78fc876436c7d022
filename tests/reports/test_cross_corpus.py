"""Several runs in one table, by hand."""

from __future__ import annotations

from boilerbench.reports.cross_corpus import summary, what_it_shows
from boilerbench.results import Run


def test_a_row_per_extractor_and_a_column_per_run(two_runs: list[Run]) -> None:
    """Four words in gold: one of them found makes F1 2/5; one document is too few for a mark."""
    board = summary(two_runs)
    assert board.columns == ["Extractor", "Version", "first", "second"]
    assert board.rows == [
        ["one", "", "100.0", "40.0"],
        ["three", "", "-", "40.0"],
        ["two", "", "0.0", "-"],
    ]


def test_the_best_by_the_mean_over_the_runs(two_runs: list[Run]) -> None:
    """One has 70 on average, three 20, two 0; one of them lacks in each run, which counts 0 there."""
    assert [row[0] for row in summary(two_runs, 2).rows] == ["one", "three"]
    assert what_it_shows(two_runs, 2)[0] == (
        "the best 2 of 3 by the mean over the corpora; one that lacks counts 0"
    )
    assert what_it_shows(two_runs, 3) == what_it_shows(two_runs)


def test_what_stands_in_it_is_said(two_runs: list[Run]) -> None:
    first, second = what_it_shows(two_runs)
    assert first.startswith("first: 1 document, sha256:")
    assert second.endswith("|policy:default|v2, mean over documents")

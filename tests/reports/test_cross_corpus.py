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


def test_what_stands_in_it_is_said(two_runs: list[Run]) -> None:
    first, second = what_it_shows(two_runs)
    assert first.startswith("first: 1 document, sha256:")
    assert second.endswith("|policy:default|v2, mean over documents")

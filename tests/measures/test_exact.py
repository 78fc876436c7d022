"""``exact``, worked by hand and against the published figures."""

from __future__ import annotations

from pathlib import Path

import pytest

import boilerbench
from boilerbench.measures import make_measure
from boilerbench.records import Counts, Gold

# article-extraction-benchmark, README of March 2026: accuracy by extractor.
PUBLISHED = {"goose3": 0.232, "newspaper": 0.326, "readability_js": 0.166, "trafilatura": 0.293}


@pytest.mark.parametrize(
    ("gold", "text", "counts"),
    [
        ("One, two.", "One two", Counts(1, 0, 0)),
        ("One two", "one two", Counts(0, 1, 1)),
        ("One two", "two One", Counts(0, 1, 1)),
        ("One two", "", Counts(0, 0, 1)),
        ("", "One", Counts(0, 1, 0)),
        ("", "…", Counts(1, 0, 0)),
    ],
)
def test_all_words_in_order_or_nothing(gold: str, text: str, counts: Counts) -> None:
    measure = make_measure("exact", "plain")
    assert measure.measure(Gold(gold), text).counts == counts


def test_published_figures_come_out(data: Path, tmp_path: Path) -> None:
    outputs = [f"file:{data / 'aeb' / 'output' / name}.json" for name in PUBLISHED]
    board = boilerbench.run(f"aeb:{data / 'aeb'}", outputs, ["exact"], out=tmp_path).leaderboard
    assert {row["extractor"]: round(row["f1"], 3) for row in board.to_dict("records")} == PUBLISHED

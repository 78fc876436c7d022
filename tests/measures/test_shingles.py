"""``shingles``, worked by hand and against the published figures."""

from __future__ import annotations

from pathlib import Path

import pytest

import boilerbench
from boilerbench.measures import make_measure
from boilerbench.records import Counts, Gold

# article-extraction-benchmark, README of March 2026: F1, precision and recall by extractor and version.
PUBLISHED = {
    "goose3": ("3.1.20", 0.896, 0.940, 0.856),
    "newspaper": ("0.9.3.1", 0.949, 0.964, 0.934),
    "readability_js": ("0.6.0", 0.947, 0.914, 0.982),
    "trafilatura": ("2.0.0", 0.958, 0.938, 0.978),
}


def count(gold: str, text: str) -> Counts:
    measure = make_measure("shingles", "plain")
    return measure.measure(Gold(gold), text).counts


@pytest.mark.parametrize(
    ("gold", "text", "counts"),
    [
        # (a b c d), (b c d e) against (a b c d), (b c d f), (c d f g).
        ("a b c d e", "a b c d f g", Counts(1, 2, 1)),
        # Fewer than four words are one shingle.
        ("a b", "a b", Counts(1, 0, 0)),
        ("a b", "a b c", Counts(0, 1, 1)),
        # Case is kept.
        ("A b c d", "a b c d", Counts(0, 1, 1)),
        # Twice the text is once expected and, with the seam, six times not.
        ("a b c d", "a b c d a b c d", Counts(1, 4, 0)),
        ("", "", Counts(0, 0, 0)),
        ("gold", "", Counts(0, 0, 1)),
        ("", "output", Counts(0, 1, 0)),
        ("!", "?", Counts(0, 0, 0)),
    ],
)
def test_shingles_are_counted_as_zyte_counts(gold: str, text: str, counts: Counts) -> None:
    assert count(gold, text) == counts


def test_the_segmentation_of_a_corpus_changes_nothing() -> None:
    assert make_measure("shingles", "icu").signature == make_measure("shingles", "plain").signature


def test_published_figures_come_out(data: Path, tmp_path: Path) -> None:
    outputs = [f"file:{data / 'aeb' / 'output' / name}.json" for name in PUBLISHED]
    run = boilerbench.run(f"aeb:{data / 'aeb'}", outputs, ["shingles"], out=tmp_path)
    rows = run.leaderboard[run.leaderboard["average"] == "zyte"].set_index("extractor")
    for name, (_, f1, precision, recall) in PUBLISHED.items():
        row = rows.loc[name]
        assert (round(row["f1"], 3), round(row["precision"], 3), round(row["recall"], 3)) == (
            f1,
            precision,
            recall,
        )
        assert row["documents"] == 181

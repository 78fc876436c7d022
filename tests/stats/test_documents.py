"""Every document's figures, worst first; figures worked by hand from four words of gold."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import boilerbench
from boilerbench.errors import InputError
from boilerbench.results import Run
from boilerbench.stats.documents import COLUMNS, SORTS, document_scores
from tests.conftest import GoldFolder

GOLD = "One two three four.\n"
GOOD = {"a": "One two three four", "b": "One two three four five", "c": "One two"}
POOR = {"a": "", "b": "One", "c": "One two three four five six seven eight"}


@pytest.fixture
def run(gold_folder: GoldFolder, tmp_path: Path) -> Run:
    for document in GOOD:
        gold_folder.add(document, body_txt=GOLD)
    for name, outputs in (("good", GOOD), ("poor", POOR)):
        (tmp_path / f"{name}.json").write_text(json.dumps(outputs))
    specs = [f"file:{tmp_path / name}.json" for name in ("good", "poor")]
    return boilerbench.run(f"gold:{gold_folder.root}", specs, ["words", "exact"], out=tmp_path / "runs")


def rows(table: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(table["document"], table["extractor"], strict=True))


def test_what_a_row_says(run: Run) -> None:
    table = document_scores(run)
    assert list(table.columns) == list(COLUMNS)
    assert len(table) == 6
    first, second = table.to_dict("records")[:2]
    assert (first["document"], first["extractor"], first["status"]) == ("a", "poor", "empty")
    assert (first["f1"], first["lost"], first["leaked"]) == (0, 4, 0)
    # One of four words, and nothing else: 2 × 1 × 0.25 / 1.25.
    assert (second["document"], second["extractor"], second["status"]) == ("b", "poor", "ok")
    assert second["f1"] == pytest.approx(0.4)
    assert (second["precision"], second["recall"], second["lost"], second["leaked"]) == (1, 0.25, 3, 0)
    assert (second["page_type"], second["language"], second["measure"]) == ("news", "en", "words")


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        # F1: poor 0, 0.4, 2/3; good 1, 8/9, 2/3.
        ("f1", [("a", "poor"), ("b", "poor"), ("c", "good"), ("c", "poor"), ("b", "good"), ("a", "good")]),
        # Precision: an empty output 0, c of poor 1/2, b of good 4/5, all others 1, of which F1 decides.
        (
            "precision",
            [("a", "poor"), ("c", "poor"), ("b", "good"), ("b", "poor"), ("c", "good"), ("a", "good")],
        ),
        # Recall: 0, 1/4, 1/2, and 1 for all others.
        (
            "recall",
            [("a", "poor"), ("b", "poor"), ("c", "good"), ("c", "poor"), ("b", "good"), ("a", "good")],
        ),
        # Spread: a 1/2, b 22/90, c 0; a document's rows stand together.
        (
            "spread",
            [("a", "poor"), ("a", "good"), ("b", "poor"), ("b", "good"), ("c", "good"), ("c", "poor")],
        ),
        # Words lost and leaked: a 4 and 0, c 4 and 2, b 3 and 1.
        ("words", [("a", "poor"), ("c", "poor"), ("b", "poor"), ("c", "good"), ("b", "good"), ("a", "good")]),
    ],
)
def test_what_comes_first(run: Run, sort: str, expected: list[tuple[str, str]]) -> None:
    assert rows(document_scores(run, sort=sort)) == expected
    assert rows(document_scores(run, sort=sort, worst=2)) == expected[:2]


def test_every_way_to_sort_is_tested_and_offered() -> None:
    from boilerbench.cli.documents import documents

    (option,) = [option for option in documents.params if option.name == "sort"]
    assert tuple(option.type.choices) == SORTS  # type: ignore[attr-defined]


def test_some_extractors_or_another_measure(run: Run) -> None:
    table = document_scores(run, ["good"], measure="exact")
    assert rows(table) == [("b", "good"), ("c", "good"), ("a", "good")]
    assert table["f1"].tolist() == [0, 0, 1]
    assert table["spread"].tolist() == [0, 0, 0]
    with pytest.raises(InputError, match="not scored by shingles"):
        document_scores(run, measure="shingles")


def test_a_published_run_has_no_statuses(run: Run) -> None:
    (run.folder / "extractions.csv").unlink()
    table = document_scores(boilerbench.load_run(run), ["good"])
    assert table["status"].tolist() == ["", "", ""]
    assert len(table) == 3

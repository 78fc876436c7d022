"""Where extractors disagree, worked by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from boilerbench.stats import disagreements


def table(**documents: tuple[float, float]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"document": document, "extractor": extractor, "measure": "words", "f1": f1, "tp": 1, "fn": 1}
            for document, pair in documents.items()
            for extractor, f1 in zip(("first", "second"), pair, strict=True)
        ]
    )


def test_the_widest_spread_comes_first() -> None:
    found = disagreements(table(near=(0.5, 0.6), far=(0.9, 0.1), same=(0.7, 0.7)), "words")
    assert found["document"].tolist() == ["far", "near"]
    row = found.iloc[0]
    assert (row["best"], row["best_f1"], row["worst"], row["worst_f1"]) == ("first", 0.9, "second", 0.1)
    # The standard deviation of 0.9 and 0.1.
    assert row["spread"] == pytest.approx(0.4)


def test_no_more_than_asked_for() -> None:
    assert len(disagreements(table(a=(0, 1), b=(0, 1), c=(0, 1)), "words", most=2)) == 2


def test_documents_without_gold_are_left_out() -> None:
    scores = table(empty=(1.0, 0.0), other=(0.4, 0.5))
    scores.loc[scores["document"] == "empty", ["tp", "fn"]] = 0
    assert disagreements(scores, "words")["document"].tolist() == ["other"]


def test_one_extractor_does_not_disagree() -> None:
    scores = table(a=(0.1, 0.9))
    assert disagreements(scores[scores["extractor"] == "first"], "words").empty

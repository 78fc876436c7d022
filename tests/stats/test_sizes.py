"""Sizes against page and gold, worked by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from boilerbench.stats.sizes import grouped_size_figures, size_figures

SIZES = pd.DataFrame(
    [
        ("d1", "long", 80, 1000, 100.0),
        ("d1", "short", 10, 1000, 100.0),
        ("d2", "long", 40, 200, 20.0),
        ("d2", "short", 0, 200, 20.0),
        # Gold says nothing of this one.
        ("d3", "long", 60, 600, math.nan),
        ("d3", "short", 20, 600, math.nan),
    ],
    columns=["document", "extractor", "words", "page_words", "gold_words"],
)


def test_means_are_of_outputs_and_shares_of_sums() -> None:
    table = size_figures(SIZES, ["words"])
    assert list(table.index) == ["long", "short"]
    assert table.loc["long"].to_dict() == pytest.approx(
        {"words": 60, "words_of_page": 180 / 1800, "words_of_gold": 120 / 120}
    )
    assert table.loc["short"].to_dict() == pytest.approx(
        {"words": 10, "words_of_page": 30 / 1800, "words_of_gold": 10 / 120}
    )


def test_by_group_and_without_gold() -> None:
    table = grouped_size_figures(SIZES, ["words"], {"news": ["d1", "d2"], "forum": ["d3"], "none": []})
    assert table.loc[("news", "long"), "words_of_page"] == pytest.approx(120 / 1200)
    assert table["words_of_gold"].isna().to_dict()["forum", "long"]
    assert "none" not in table.index.get_level_values("group")


def test_a_page_of_nothing_has_no_share() -> None:
    nothing = SIZES.assign(page_words=0, gold_words=0)
    assert size_figures(nothing, ["words"])[["words_of_page", "words_of_gold"]].isna().all(axis=None)

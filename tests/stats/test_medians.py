"""Medians over documents, worked by hand and against numpy."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerbench.records import Counts
from boilerbench.stats.aggregate import figures
from boilerbench.stats.medians import weighted_medians
from tests.stats.tables import scores

weights = st.lists(st.integers(0, 3), min_size=6, max_size=6).filter(any)


@given(
    values=st.lists(st.integers(0, 4), min_size=6, max_size=6),
    drawn=st.lists(weights, min_size=1, max_size=4),
)
def test_a_weighted_median_is_that_of_repeated_values(values: list[int], drawn: list[list[int]]) -> None:
    found = weighted_medians(np.array(values, float)[:, None], np.array(drawn))
    expected = [np.median(np.repeat(values, often)) for often in drawn]
    assert found[:, 0].tolist() == expected


def test_the_median_stands_in_a_leaderboard_without_a_verdict() -> None:
    good = scores("good", Counts(1, 0, 0), Counts(1, 0, 1), Counts(0, 1, 1), Counts(1, 0, 0))
    bad = scores("bad", Counts(0, 0, 1), Counts(0, 0, 1), Counts(1, 0, 0), Counts(0, 1, 1))
    first, second = figures(pd.concat([bad, good]), "median", resamples=500)
    # F1 1, 2/3, 0, 1 and 0, 0, 1, 0.
    assert first["extractor"] == "good"
    assert first["f1"] == pytest.approx((1 + 2 / 3) / 2)
    assert (second["extractor"], second["f1"]) == ("bad", 0)
    assert first["among_best"] == second["among_best"] == ""
    assert 0 <= float(first["f1_low"]) <= float(first["f1"]) <= float(first["f1_high"]) <= 1


def test_sites_are_drawn_whole() -> None:
    # Two sites of two documents each, one all right and one all wrong: medians of resamples are 0, 1/2 or 1.
    table = scores("a", *[Counts(1, 0, 0)] * 2, *[Counts(0, 0, 1)] * 2)
    documents = sorted(table["document"])
    sites = dict(zip(documents, ["x", "x", "y", "y"], strict=True))
    (row,) = figures(table, "median", sites=sites, resamples=400)
    assert (row["f1"], row["f1_low"], row["f1_high"], row["sites"]) == (0.5, 0, 1, 2)


def test_the_interval_of_a_median_covers_as_often_as_it_says() -> None:
    """By simulation: 40 documents with F1 uniform between 0 and 1, whose median is 1/2, drawn 300 times."""
    generator = np.random.default_rng(5)
    covered = 0
    for _ in range(300):
        drawn = generator.uniform(size=40)
        rows = {"document": [f"d{number:02}" for number in range(40)], "extractor": "a"}
        table = pd.DataFrame({**rows, "precision": drawn, "recall": drawn, "f1": drawn})
        (row,) = figures(table, "median", resamples=400)
        covered += float(row["f1_low"]) <= 0.5 <= float(row["f1_high"])
    # Nominal 95 %; a percentile interval of a median of few documents covers a little less or more.
    assert 0.91 <= covered / 300 <= 0.99

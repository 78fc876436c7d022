"""Pages per second and memory, worked by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from boilerbench.stats.costs import costs


def test_speed_is_one_over_the_mean_and_memory_the_peak() -> None:
    """0.1, 0.2 and 0.9 seconds are 1.2 for three pages; a page without a time counts for nothing."""
    rows = [
        ("slow", 0.1, 40.0),
        ("quick", 0.004, 20.0),
        ("slow", 0.2, 95.0),
        ("slow", 0.9, 60.0),
        ("slow", math.nan, math.nan),
        ("stored", math.nan, math.nan),
    ]
    table = costs(pd.DataFrame(rows, columns=["extractor", "seconds", "peak_mb"]))
    assert table.loc["slow"].to_dict() == pytest.approx({"pages_per_second": 2.5, "peak_mb": 95})
    assert table.loc["quick"].to_dict() == pytest.approx({"pages_per_second": 250, "peak_mb": 20})
    assert table.loc["stored"].isna().all()


def test_a_time_too_short_to_be_written_is_no_speed() -> None:
    table = costs(pd.DataFrame([("a", 0.0, 1.0)], columns=["extractor", "seconds", "peak_mb"]))
    assert table["pages_per_second"].isna().all()

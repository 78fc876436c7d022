"""How figures are written."""

from __future__ import annotations

import math

import pytest

from boilerbench.reports.formatting import (
    difference_interval,
    distinct_points,
    p_value,
    points,
    points_interval,
    signed_points,
)


def test_scores_are_points_with_one_decimal() -> None:
    assert points(0.8954) == "89.5"
    assert points(1) == "100.0"
    assert points(math.nan) == "-"
    assert points_interval(0.871, 0.9164) == "87.1–91.6"
    assert points_interval(1.0, 1.0) == "100.0"
    assert points_interval(math.nan, math.nan) == ""


def test_scores_that_differ_and_print_alike_have_a_second_decimal() -> None:
    """Only those rows; the others have a space, so that decimal points stand below each other."""
    assert distinct_points([0.9432, 0.94296, 0.923, math.nan]) == ["94.32", "94.30", "92.3 ", "- "]


def test_a_second_decimal_that_tells_nothing_apart_is_left_out() -> None:
    """The same score twice, and two that differ in the third decimal of a point."""
    assert distinct_points([0.9432, 0.9432, 0.5]) == ["94.3", "94.3", "50.0"]
    assert distinct_points([0.943212, 0.943241]) == ["94.3", "94.3"]
    assert distinct_points([0.943212, 0.943241, 0.94338]) == ["94.32", "94.32", "94.34"]


def test_scores_are_told_apart_within_their_group() -> None:
    assert distinct_points([0.5002, 0.5004], ["a", "b"]) == ["50.0", "50.0"]
    assert distinct_points([0.5002, 0.5004, 0.5004], ["a", "a", "b"]) == ["50.02", "50.04", "50.0 "]


def test_differences_have_signs_and_nothing_has_none() -> None:
    assert [signed_points(each) for each in (0.0123, -0.0123, 0.0004, -0.0004)] == [
        "+1.2",
        "−1.2",
        "0.0",
        "0.0",
    ]
    assert difference_interval(-0.01, 0.018) == "−1.0 to 1.8"


@pytest.mark.parametrize(
    ("p", "written"),
    [(0.0001, "p < 0.001"), (0.0124, "p = 0.012"), (0.0996, "p = 0.100"), (0.6789, "p = 0.68")],
)
def test_p_values_have_as_many_places_as_matter(p: float, written: str) -> None:
    assert p_value(p) == written

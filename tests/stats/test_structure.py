"""Structure by aspect, by hand."""

from __future__ import annotations

import math
import random

import pandas as pd
import pytest

from boilerbench.stats.structure import aspect_differences, by_aspect, worst_documents

STRUCTURE = pd.DataFrame(
    [
        ["d1", "two", "link", 0, 0, 0, 3],
        ["d1", "two", "list", 3, 1, 1, 0],
        ["d2", "two", "list", 0, 2, 2, 0],
        ["d2", "one", "list", 2, 0, 0, 0],
    ],
    columns=["document", "extractor", "aspect", "kept", "lost", "invented", "unjudged"],
)


def test_figures_are_of_all_documents_together() -> None:
    table = by_aspect(STRUCTURE, ("list", "link"))
    keys = list(zip(table["extractor"], table["aspect"], strict=True))
    assert keys == [("two", "list"), ("two", "link"), ("one", "list")]
    row = table.to_dict("records")[0]
    assert (row["documents"], row["kept"], row["lost"], row["invented"]) == (2, 3, 3, 3)
    assert (row["precision"], row["recall"], row["f1"]) == pytest.approx((0.5, 0.5, 0.5))


def test_what_cannot_be_judged_has_no_figure() -> None:
    row = by_aspect(STRUCTURE, ("list", "link")).to_dict("records")[1]
    assert row["unjudged"] == 3
    assert all(math.isnan(row[figure]) for figure in ("precision", "recall", "f1"))


def test_worst_documents_come_first() -> None:
    assert worst_documents(STRUCTURE, "two", "list") == ["d2", "d1"]
    assert worst_documents(STRUCTURE, "two", most=1) == ["d2"]
    assert worst_documents(STRUCTURE, "one") == []


def test_two_extractors_by_aspect() -> None:
    """Both together: 2 kept of the one, 3 kept, 3 lost and 3 invented of the other."""
    (row,) = aspect_differences(STRUCTURE, [("one", "two")], ("list", "link"))["one", "two"]
    assert (row.aspect, row.documents) == ("list", 2)
    assert (row.first, row.second) == pytest.approx((1.0, 2 * 3 / (2 * 3 + 3 + 3)))
    assert row.difference == pytest.approx(0.5)
    # Two documents are too few for an interval.
    assert math.isnan(row.low)
    assert math.isnan(row.high)


def test_what_one_cannot_say_is_no_difference() -> None:
    marked = pd.DataFrame([["d1", "one", "link", 2, 1, 0, 0]], columns=STRUCTURE.columns)
    rows = aspect_differences(pd.concat([STRUCTURE, marked]), [("two", "one")], ("link", "list"))[
        "two", "one"
    ]
    link = next(row for row in rows if row.aspect == "link")
    assert math.isnan(link.first)
    assert link.second == pytest.approx(2 * 2 / (2 * 2 + 1))
    assert math.isnan(link.difference)


def test_the_interval_of_a_difference_that_is_everywhere_the_same() -> None:
    rows = [
        [f"d{number}", name, "list", kept, 4 - kept, 4 - kept, 0]
        for number in range(12)
        for name, kept in (("one", 3), ("two", 2))
    ]
    table, pair = pd.DataFrame(rows, columns=STRUCTURE.columns), ("one", "two")
    (row,) = aspect_differences(table, [pair], ())[pair]
    # Three of four against two of four, in every resample.
    assert (row.difference, row.low, row.high) == pytest.approx((0.25, 0.25, 0.25))
    sites = {f"d{number}": "one" for number in range(12)}
    (of_one_site,) = aspect_differences(table, [pair], (), sites=sites)[pair]
    assert math.isnan(of_one_site.low)


def test_pairs_together_are_as_each_by_itself() -> None:
    draw = random.Random(1)
    rows = [
        [f"d{number:02}", name, aspect, *(draw.randint(0, 3) for _ in range(3)), 0]
        for number in range(40)
        for name in ("one", "two", "three")
        for aspect in ("list", "link")
        if draw.random() < 0.8
    ]
    table = pd.DataFrame(rows, columns=STRUCTURE.columns)
    pairs = [("one", "two"), ("three", "one"), ("two", "three")]
    together = aspect_differences(table, pairs, ("link",), resamples=500)
    for pair in pairs:
        alone = table[table["extractor"].isin(pair)]
        assert together[pair] == aspect_differences(alone, [pair], ("link",), resamples=500)[pair]
        assert all(row.low < row.difference < row.high for row in together[pair])

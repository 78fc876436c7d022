"""Structure by aspect, by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from boilerbench.stats.structure import by_aspect, worst_documents

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

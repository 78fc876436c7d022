"""Cramér's V against scipy and by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import scipy.stats

from boilerbench.stats.association import associated_grouping, cramers_v


def test_the_extremes() -> None:
    assert cramers_v(list("ab") * 50, list("xy") * 50) == pytest.approx(1)
    assert cramers_v(list("aabb") * 25, list("xyxy") * 25) == 0
    assert cramers_v(["a"] * 9, list("xyz") * 3) == 0


def test_bergsmas_correction_of_scipys_value() -> None:
    draw = np.random.default_rng(1)
    first = draw.choice(list("abc"), 200)
    second = np.where(draw.random(200) < 0.5, first, draw.choice(list("abcd"), 200))
    table = pd.crosstab(first, second).to_numpy()
    squared = scipy.stats.contingency.association(table, method="cramer") ** 2 * (min(table.shape) - 1)
    rows, columns = table.shape
    corrected = max(0, squared - (rows - 1) * (columns - 1) / 199)
    size = min(rows - (rows - 1) ** 2 / 199, columns - (columns - 1) ** 2 / 199)
    assert cramers_v(list(first), list(second)) == pytest.approx(np.sqrt(corrected / (size - 1)))


def documents(rows: list[tuple[str, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["page_type", "language"])


def test_english_pages_that_have_all_the_products_are_said() -> None:
    table = documents([("product", "en-GB")] * 10 + [("product", "en")] * 5 + [("news", "de")] * 15)
    found = associated_grouping(table, "language")
    assert found is not None
    assert found[0] == "page_type"
    assert found[1] == pytest.approx(1)
    assert associated_grouping(table, "trap") is None


def test_groupings_that_cross_are_not_associated() -> None:
    crossed = [(kind, language) for kind in ("news", "product") for language in ("en", "de")]
    assert associated_grouping(documents(crossed * 10), "page_type") is None
    assert associated_grouping(documents([("news", "")] * 20), "page_type") is None
    # Kinds of one document each say nothing about any language.
    single = [(f"kind{index}", language) for index, language in enumerate(["en", "de"] * 15)]
    assert associated_grouping(documents(single), "language") is None

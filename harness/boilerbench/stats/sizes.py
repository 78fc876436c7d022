"""Sizes of outputs against page and gold, over the documents of a run or of a kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def size_columns(unit: str) -> tuple[str, str, str]:
    """Name the columns of a unit: its mean, and its shares of page and gold."""
    return unit, f"{unit}_of_page", f"{unit}_of_gold"


def size_figures(sizes: pd.DataFrame, units: Sequence[str]) -> pd.DataFrame:
    """Return by extractor and unit the mean size of an output, and all outputs as shares of pages and gold.

    Shares are of sums, so that a large page counts for more than a small one; those of gold are over the
    documents whose gold has a body, and missing (NaN) without any. What failed returned nothing and counts
    as that.

    Args:
        sizes: the columns ``document`` and ``extractor``, and for each unit ``UNIT``, ``page_UNIT`` and
            ``gold_UNIT``.
        units: the names of the units.
    """
    import pandas as pd

    by_extractor = sizes.groupby("extractor", sort=False)
    columns = {}
    for unit in units:
        mean, of_page, of_gold = size_columns(unit)
        sums = by_extractor[[unit, f"page_{unit}"]].sum()
        columns[mean] = by_extractor[unit].mean()
        columns[of_page] = sums[unit] / sums[f"page_{unit}"].where(sums[f"page_{unit}"] > 0)
        with_gold = sizes[sizes[f"gold_{unit}"].notna()].groupby("extractor", sort=False)
        against = with_gold[[unit, f"gold_{unit}"]].sum()
        columns[of_gold] = against[unit] / against[f"gold_{unit}"].where(against[f"gold_{unit}"] > 0)
    return pd.DataFrame(columns, index=pd.Index(sizes["extractor"].unique(), name="extractor"))


def grouped_size_figures(
    sizes: pd.DataFrame, units: Sequence[str], groups: Mapping[str, Collection[str]]
) -> pd.DataFrame:
    """Return ``size_figures`` by group of documents and extractor; groups without a document are left out."""
    import pandas as pd

    tables = {
        group: size_figures(mine, units)
        for group, documents in groups.items()
        if len(mine := sizes[sizes["document"].isin(set(documents))])
    }
    return pd.concat(tables, names=["group", "extractor"])

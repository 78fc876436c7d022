"""What extractors keep, lose and invent of the structure of pages, by aspect."""

from __future__ import annotations

import pandas as pd

_SUMS = ["kept", "lost", "invented", "unjudged"]
COLUMNS = ["extractor", "aspect", "documents", *_SUMS, "precision", "recall", "f1"]


def by_aspect(structure: pd.DataFrame, aspects: tuple[str, ...]) -> pd.DataFrame:
    """Return one row per extractor and aspect, with ``COLUMNS``.

    Extractors stand as they come. Recall is kept / (kept + lost), precision kept / (kept + invented), over
    all documents together; both are missing where nothing was scored.

    Args:
        structure: a run's table of that name.
        aspects: the order of aspects; others follow as they come.
    """
    grouped = structure.groupby(["extractor", "aspect"], sort=False)
    table = grouped[_SUMS].sum().assign(documents=grouped["document"].nunique()).reset_index()
    names = dict.fromkeys([*aspects, *table["aspect"]])
    ranks = {name: rank for rank, name in enumerate(names)}
    extractors = {name: rank for rank, name in enumerate(structure["extractor"].unique())}
    table = table.sort_values(
        ["extractor", "aspect"],
        key=lambda column: column.map(extractors if column.name == "extractor" else ranks),
        ignore_index=True,
    )
    # A sum of 0 makes a missing figure, not an error.
    returned = table["kept"] + table["invented"]
    expected = table["kept"] + table["lost"]
    both = (returned + expected).where(expected > 0)
    return table.assign(
        precision=table["kept"] / returned.where(returned > 0),
        recall=table["kept"] / expected.where(expected > 0),
        f1=2 * table["kept"] / both,
    )[COLUMNS]


def worst_documents(
    structure: pd.DataFrame, extractor: str, aspect: str | None = None, most: int = 3
) -> list[str]:
    """Find the documents on which an extractor loses and invents most of an aspect, or of all."""
    mine = structure[structure["extractor"] == extractor]
    if aspect is not None:
        mine = mine[mine["aspect"] == aspect]
    sums = mine.assign(bad=mine["lost"] + mine["invented"]).groupby("document", as_index=False)["bad"].sum()
    bad = sums[sums["bad"] > 0].sort_values(["bad", "document"], ascending=[False, True])
    return [str(document) for document in bad["document"].head(most)]

"""What extractors keep, lose and invent of the structure of pages, by aspect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from boilerbench.stats.averages import F1
from boilerbench.stats.sample import Sample, take_sample
from boilerbench.stats.significance import FEWEST_UNITS, RESAMPLES, SEED, bootstrap_sums, interval

_SUMS = ["kept", "lost", "invented", "unjudged"]
COLUMNS = ["extractor", "aspect", "documents", *_SUMS, "precision", "recall", "f1"]


@dataclass(frozen=True, slots=True)
class AspectDifference:
    """The F1 of two extractors by one aspect, from 0 to 1, over all documents together.

    A figure is missing (NaN) of an extractor of which nothing was judged, and so is then the difference.
    """

    aspect: str
    documents: int
    """The number of documents on which either has anything of it that is judged."""
    first: float
    second: float
    difference: float
    """First minus second."""
    low: float
    """Lower end of the 95 % bootstrap interval over sites; NaN, as ``high``, where there are too few."""
    high: float


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


def aspect_differences(
    structure: pd.DataFrame,
    pair: tuple[str, str],
    aspects: tuple[str, ...],
    *,
    sites: Mapping[str, str] | None = None,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> list[AspectDifference]:
    """Compare two extractors by each aspect of which anything is judged in an output of either.

    Args:
        structure: a run's table of that name, with both extractors.
        pair: their names.
        aspects: the order of aspects; others follow as they come.
        sites: the site of each document, which are drawn whole; without, documents are.
        seed: decides the draws.
        resamples: how many to draw.
    """
    mine = structure[structure["extractor"].isin(pair)]
    mine = mine[mine[_SUMS[:3]].sum(axis=1) > 0]
    names = [name for name in dict.fromkeys([*aspects, *mine["aspect"]]) if name in set(mine["aspect"])]
    rows = []
    for name in names:
        sample = _aspect_sample(mine[mine["aspect"] == name], pair, sites)
        sums = sample.summands.sum(axis=1)
        # Of what is kept and what is lost: an extractor with neither was not asked.
        asked = sums[:, 0] + sums[:, 2] > 0
        first, second = np.where(asked, sample.points[:, F1], np.nan).tolist()
        low, high = float("nan"), float("nan")
        if asked.all() and sample.sites >= FEWEST_UNITS:
            low, high = _difference_interval(sample, seed, resamples)
        rows.append(AspectDifference(name, len(sample.documents), first, second, first - second, low, high))
    return rows


def _aspect_sample(structure: pd.DataFrame, pair: tuple[str, str], sites: Mapping[str, str] | None) -> Sample:
    """Make counts of one aspect into a sample of both extractors, with figures of all counts together."""
    documents = list(dict.fromkeys(structure["document"]))
    index = pd.MultiIndex.from_product([pair, documents], names=["extractor", "document"])
    counts = structure.set_index(["extractor", "document"])[_SUMS[:3]].reindex(index, fill_value=0)
    scores = counts.rename(columns={"kept": "tp", "lost": "fn", "invented": "fp"}).assign(tn=0)
    return take_sample(scores.reset_index(), "micro", sites)


def _difference_interval(sample: Sample, seed: int, resamples: int) -> tuple[float, float]:
    extractors, units, width = sample.units.shape
    flat = sample.units.transpose(1, 0, 2).reshape(units, extractors * width)
    sums = bootstrap_sums(flat, resamples, seed).reshape(resamples, extractors, width)
    drawn = sample.average.figures(sums)[..., F1]
    low, high = interval(drawn[:, 0] - drawn[:, 1])
    return float(low), float(high)

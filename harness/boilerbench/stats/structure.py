"""What extractors keep, lose and invent of the structure of pages, by aspect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from boilerbench.stats.averages import F1
from boilerbench.stats.sample import Sample, make_sample
from boilerbench.stats.significance import FEWEST_UNITS, RESAMPLES, SEED, bootstrap_sums, interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TOGETHER = 16
"""Samples that are drawn at once; more take more memory and save little."""
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
    pairs: Sequence[tuple[str, str]],
    aspects: tuple[str, ...],
    *,
    sites: Mapping[str, str] | None = None,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> dict[tuple[str, str], list[AspectDifference]]:
    """Compare pairs of extractors by each aspect of which anything is judged in an output of either.

    What is said of a pair does not depend on the others.

    Args:
        structure: a run's table of that name, with all of the extractors.
        pairs: their names.
        aspects: the order of aspects; others follow as they come.
        sites: the site of each document, which are drawn whole; without, documents are.
        seed: decides the draws.
        resamples: how many to draw.
    """
    judged = structure[structure[_SUMS[:3]].sum(axis=1) > 0]
    by_name = {str(name): table for name, table in judged.groupby("aspect", sort=False)}
    samples = [
        (pair, name, sample)
        for name in dict.fromkeys([*aspects, *by_name])
        if name in by_name
        for pair, sample in _aspect_samples(by_name[name], pairs, sites)
    ]
    intervals = _difference_intervals([sample for *_, sample in samples], seed, resamples)
    found: dict[tuple[str, str], list[AspectDifference]] = {pair: [] for pair in pairs}
    for (pair, name, sample), (low, high) in zip(samples, intervals, strict=True):
        first, second = np.where(_asked(sample), sample.points[:, F1], np.nan).tolist()
        difference = AspectDifference(name, sample.documents, first, second, first - second, low, high)
        found[pair].append(difference)
    return found


def _asked(sample: Sample) -> NDArray[np.bool_]:
    """Tell of each extractor whether anything is kept or lost; one with neither was not asked."""
    asked: NDArray[np.bool_] = sample.totals[:, 0] + sample.totals[:, 2] > 0
    return asked


def _aspect_samples(
    judged: pd.DataFrame, pairs: Sequence[tuple[str, str]], sites: Mapping[str, str] | None
) -> Iterator[tuple[tuple[str, str], Sample]]:
    """Make the counts of one aspect into a sample of each pair, over the documents that either has any of."""
    extractors, documents = sorted(set(judged["extractor"])), sorted(set(judged["document"]))
    ranks = {name: index for index, name in enumerate(extractors)}
    places = {name: index for index, name in enumerate(documents)}
    # One row more, for an extractor that has nothing of it.
    counts = np.zeros((len(extractors) + 1, len(documents), 4))
    rows, columns = judged["extractor"].map(ranks).to_numpy(), judged["document"].map(places).to_numpy()
    # In the order in which a score has them: true positives, false positives, false negatives.
    counts[rows, columns, :3] = judged[["kept", "invented", "lost"]].to_numpy(float)
    for pair in pairs:
        both = counts[[ranks.get(name, len(extractors)) for name in pair]]
        there = np.flatnonzero(both.sum(axis=(0, 2)))
        if len(there):
            names = [documents[place] for place in there]
            yield pair, make_sample(pair, names, both[:, there], "micro", sites)


def _difference_intervals(samples: Sequence[Sample], seed: int, resamples: int) -> list[tuple[float, float]]:
    """Return the 95 % bootstrap interval of the difference of F1 in each sample of two extractors.

    It is missing (NaN) where one of them was not asked, or sites are too few.
    """
    found = [(float("nan"), float("nan"))] * len(samples)
    by_units: dict[int, list[int]] = {}
    for index, sample in enumerate(samples):
        if _asked(sample).all() and sample.sites >= FEWEST_UNITS:
            by_units.setdefault(sample.units.shape[1], []).append(index)
    # With as many units all see the same draws, which then are made once.
    for indices in by_units.values():
        for some in (indices[at : at + _TOGETHER] for at in range(0, len(indices), _TOGETHER)):
            flat = [samples[index].units.transpose(1, 0, 2).reshape(-1, 8) for index in some]
            sums = bootstrap_sums(np.hstack(flat), resamples, seed).reshape(resamples, len(some), 2, 4)
            drawn = samples[some[0]].average.figures(sums)[..., F1]
            lows, highs = interval(drawn[..., 0] - drawn[..., 1])
            for index, low, high in zip(some, lows, highs, strict=True):
                found[index] = float(low), float(high)
    return found

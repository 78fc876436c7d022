"""Medians over documents, with their bootstrap intervals.

A median is no function of sums over documents, so a resample weighs the sorted figures of documents instead.
No extractor is tested against another by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from boilerbench.stats.averages import F1, FIGURES
from boilerbench.stats.sample import document_summands, unit_indices
from boilerbench.stats.significance import bootstrap_weights, interval

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_BASIC = FIGURES[:3]


def median_figures(
    scores: pd.DataFrame, *, sites: Mapping[str, str] | None, seed: int, resamples: int
) -> list[dict[str, str | float]]:
    """Return one row per extractor, best first, as ``boilerbench.stats.aggregate.figures`` does.

    Args:
        scores: those of one measure, the same documents for every extractor.
        sites: the site of each document, which are drawn whole; without, documents are independent.
        seed: decides the draws.
        resamples: how many to draw.

    Raises:
        InputError: extractors are not scored on the same documents.
    """
    extractors, documents, summands = document_summands(scores, "mean")
    # What a document adds to a mean: one, and its precision, recall and F1.
    values = summands[:, :, 1:]
    points = np.median(values, axis=1)
    units = np.array(unit_indices(documents, sites))
    number = len(np.unique(units))
    drawn = [
        np.stack([weighted_medians(values[index], weights[:, units]) for index in range(len(values))], axis=1)
        for weights in bootstrap_weights(number, resamples, seed)
    ]
    lows, highs = interval(np.concatenate(drawn))
    order = sorted(range(len(points)), key=lambda index: (-points[index, F1], extractors[index]))
    return [
        {
            "extractor": extractors[index],
            "documents": len(documents),
            "sites": number,
            **dict.fromkeys(FIGURES, np.nan),
            **dict(zip(_BASIC, points[index].tolist(), strict=True)),
            **dict(zip((f"{name}_low" for name in _BASIC), lows[index].tolist(), strict=True)),
            **dict(zip((f"{name}_high" for name in _BASIC), highs[index].tolist(), strict=True)),
            "among_best": "",
            "detectable": np.nan,
        }
        for index in order
    ]


def weighted_medians(values: Floats, weights: NDArray[np.int64]) -> Floats:
    """Return medians of figures, each document counted as often as it is drawn.

    Args:
        values: documents × figures.
        weights: resamples × documents.

    Returns:
        resamples × figures. Between two middle figures their mean, as in the median of numbers.
    """
    half = weights.sum(axis=1, keepdims=True) / 2
    medians = []
    for column in values.T:
        order = np.argsort(column, kind="stable")
        reached = weights[:, order].cumsum(axis=1)
        lower, upper = (reached >= half).argmax(axis=1), (reached > half).argmax(axis=1)
        medians.append((column[order][lower] + column[order][upper]) / 2)
    return np.stack(medians, axis=-1)

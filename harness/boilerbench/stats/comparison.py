"""Whether one extractor is better than another, on the documents that both were scored on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from boilerbench.stats.aggregate import f1_difference, side_by_side, stacked
from boilerbench.stats.averages import AVERAGES, F1
from boilerbench.stats.significance import (
    RESAMPLES,
    SEED,
    SIGNIFICANCE,
    bootstrap_sums,
    holm,
    interval,
    permutation_p_values,
)

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_TIE = 1e-9


@dataclass(frozen=True, slots=True)
class Comparison:
    """The first extractor against the second. Figures are F1 from 0 to 1, differences first minus second."""

    first: str
    second: str
    documents: int
    first_f1: float
    second_f1: float
    difference: float
    low: float
    """Lower end of the 95 % bootstrap interval of the difference over paired documents."""
    high: float
    p: float
    """Two-sided, by permutation of paired documents, Holm-corrected where several pairs are compared."""
    wins: int
    """Documents on which the first has the higher F1."""
    ties: int
    losses: int

    @property
    def decided(self) -> bool:
        """Whether the difference is real: p below 5 % and an interval that excludes zero."""
        return self.p < SIGNIFICANCE and not self.low <= 0 <= self.high

    def regressed(self, max_drop: float) -> bool:
        """Whether the first fell below the second by more than ``max_drop`` points, and not by chance."""
        return -100 * self.difference > max_drop and self.high < 0


@dataclass(frozen=True, slots=True)
class Effect:
    """The difference on one group of documents, such as a page type, with its 95 % interval."""

    group: str
    documents: int
    difference: float
    low: float
    high: float


def compare_pairs(
    scores: pd.DataFrame,
    average: str,
    pairs: Sequence[tuple[str, str]],
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> list[Comparison]:
    """Each pair of extractors compared, with p-values corrected for the number of pairs.

    ``scores`` are those of one measure, with the same documents for every extractor.
    """
    extractors, summands = stacked(scores, average)
    places = {extractor: place for place, extractor in enumerate(extractors)}
    points = AVERAGES[average].figures(summands.sum(axis=1))[:, F1]
    sums = bootstrap_sums(side_by_side(summands), resamples, seed)
    drawn = AVERAGES[average].figures(sums.reshape(len(sums), len(extractors), -1))[..., F1]
    ones, others = ([places[pair[side]] for pair in pairs] for side in (0, 1))
    lows, highs = interval(drawn[:, ones] - drawn[:, others])
    p_values = permutation_p_values(
        summands[ones],
        summands[others],
        lambda first, second: f1_difference(average, first, second),
        resamples,
        seed,
    )
    by_document = scores.pivot_table(index="document", columns="extractor", values="f1", sort=False)
    found = []
    for place, (first, second) in enumerate(pairs):
        gaps = by_document[first] - by_document[second]
        wins, losses = int((gaps > _TIE).sum()), int((gaps < -_TIE).sum())
        one, other = float(points[ones[place]]), float(points[others[place]])
        found.append(
            Comparison(
                first=first,
                second=second,
                documents=summands.shape[1],
                first_f1=one,
                second_f1=other,
                difference=one - other,
                low=float(lows[place]),
                high=float(highs[place]),
                p=float(p_values[place]),
                wins=wins,
                ties=len(gaps) - wins - losses,
                losses=losses,
            )
        )
    corrected = holm([each.p for each in found])
    return [replace(each, p=p) for each, p in zip(found, corrected, strict=True)]


def effects(
    scores: pd.DataFrame,
    average: str,
    pair: tuple[str, str],
    groups: Mapping[str, Iterable[str]],
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> list[Effect]:
    """The difference of a pair on each group of documents that has any, most documents first."""
    mine = scores[scores["extractor"].isin(pair)]
    found = []
    for group, documents in groups.items():
        table = mine[mine["document"].isin(set(documents))]
        if not len(table):
            continue
        extractors, summands = stacked(table, average)
        one, other = (summands[extractors.index(name)] for name in pair)
        sums = bootstrap_sums(np.hstack([one, other]), resamples, seed)
        width = one.shape[1]
        drawn = f1_difference(average, sums[:, :width], sums[:, width:])
        low, high = interval(drawn)
        point = f1_difference(average, one.sum(axis=0), other.sum(axis=0))
        found.append(Effect(group, len(one), float(point), float(low), float(high)))
    return sorted(found, key=lambda each: (-each.documents, each.group))


def deciding_documents(scores: pd.DataFrame, pair: tuple[str, str], most: int = 10) -> pd.DataFrame:
    """The documents on which the first of the pair wins most, widest first.

    Columns: document, first_f1, second_f1, difference.
    """
    by_document = scores.pivot_table(index="document", columns="extractor", values="f1", sort=False)
    table = by_document[list(pair)].set_axis(["first_f1", "second_f1"], axis="columns").reset_index()
    table["difference"] = table["first_f1"] - table["second_f1"]
    table = table[table["difference"] > _TIE]
    ordered = table.sort_values(["difference", "document"], ascending=[False, True], ignore_index=True)
    return ordered.head(most)

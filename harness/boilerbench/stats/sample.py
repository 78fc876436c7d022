"""The scores of a measure as arrays: what each document, and each site, adds to an extractor's figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from boilerbench.errors import InputError
from boilerbench.stats.averages import AVERAGES, Average

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

POOLED_FROM = 50_000
"""From so many units on they are drawn and swapped in ``GROUPS`` groups (docs/statistics.md)."""
GROUPS = 20_000


@dataclass(frozen=True)
class Sample:
    """The documents of several extractors, paired, under one way of averaging."""

    extractors: list[str]
    documents: int
    average: Average
    totals: Floats
    """The sums over all documents: extractors × summands."""
    units: Floats
    """The sums by unit, which is drawn and swapped as a whole, a site or a document, or from ``POOLED_FROM``
    of these on a group of them: extractors × units × summands."""
    sites: int
    """The number of sites or documents; a document whose site is not known is a unit of its own."""

    @property
    def points(self) -> Floats:
        """The figures of each extractor: extractors × ``FIGURES``."""
        return self.average.figures(self.totals)

    def of(self, extractors: Sequence[int]) -> Sample:
        """Return the sample of some of the extractors, by index."""
        chosen = list(extractors)
        names = [self.extractors[index] for index in chosen]
        parts = (self.totals[chosen], self.units[chosen])
        return Sample(names, self.documents, self.average, *parts, self.sites)


def several_sites(sites: Mapping[str, str]) -> Mapping[str, str] | None:
    """Return the sites of a corpus's documents, or none where all are of one site.

    What is said then is about pages of that site, which are independent as far as anybody can tell.
    """
    return None if len(set(sites.values())) == 1 and "" not in sites.values() else sites


def take_sample(scores: pd.DataFrame, average: str, sites: Mapping[str, str] | None = None) -> Sample:
    """Turn a table of scores into a sample, documents by id.

    Args:
        scores: a run's scores by one measure, the same documents for every extractor.
        average: the name of a way of averaging.
        sites: the site of each document by id, empty where it is not known; without, each document is
            independent of the others.

    Raises:
        InputError: extractors are not scored on the same documents.
    """
    extractors, documents, summands = document_summands(scores, average)
    return make_sample(extractors, documents, summands, average, sites)


def make_sample(
    extractors: Sequence[str],
    documents: Sequence[str],
    summands: Floats,
    average: str,
    sites: Mapping[str, str] | None = None,
) -> Sample:
    """Make a sample of what each document adds under a way of averaging.

    Args:
        extractors: their names.
        documents: their ids, sorted.
        summands: extractors × documents × summands.
        average: the name of a way of averaging.
        sites: as in ``take_sample``.
    """
    units, totals = _by_site(summands, documents, sites), summands.sum(axis=1)
    number = int(units.shape[1])
    return Sample(list(extractors), len(documents), AVERAGES[average], totals, pooled(units), sites=number)


def document_summands(scores: pd.DataFrame, average: str) -> tuple[list[str], list[str], Floats]:
    """Return what each document adds under a way of averaging, from scores as in ``take_sample``.

    Returns:
        Extractors; documents, by id; extractors × documents × summands.

    Raises:
        InputError: extractors are not scored on the same documents.
    """
    tables = {
        str(name): table.sort_values("document", kind="stable")
        for name, table in scores.groupby("extractor", sort=False)
    }
    ids = {name: [str(document) for document in table["document"]] for name, table in tables.items()}
    (first, documents), *others = ids.items()
    for name, scored in others:
        if scored != documents:
            odd = min(set(scored) ^ set(documents), default="one of them twice")
            raise InputError(f"{first} and {name} are not scored on the same documents: {odd}")
    way = AVERAGES[average]
    return list(tables), documents, np.stack([way.summands(table) for table in tables.values()])


def pooled(units: Floats) -> Floats:
    """Return units, or from ``POOLED_FROM`` of them on the sums of every ``GROUPS``-th.

    Args:
        units: extractors × units × summands.
    """
    extractors, number, width = units.shape
    if number < POOLED_FROM:
        return units
    rounds = -(-number // GROUPS)
    filled = np.zeros((extractors, rounds * GROUPS, width))
    filled[:, :number] = units
    sums: Floats = filled.reshape(extractors, rounds, GROUPS, width).sum(axis=1)
    return sums


def _by_site(summands: Floats, documents: Sequence[str], sites: Mapping[str, str] | None) -> Floats:
    """Add up the documents of each site, sites in the order of their first document."""
    indices = unit_indices(documents, sites)
    number = len(set(indices))
    if number == len(documents):
        return summands
    sums = np.zeros((summands.shape[0], number, summands.shape[2]))
    np.add.at(sums.transpose(1, 0, 2), np.array(indices), summands.transpose(1, 0, 2))
    return sums


def unit_indices(documents: Sequence[str], sites: Mapping[str, str] | None) -> list[int]:
    """Number the units that documents belong to: the sites in the order of their first document.

    A document whose site is not known is a unit of its own; without sites each document is.
    """
    units: dict[tuple[str, str], int] = {}
    known = sites or {}
    return [
        units.setdefault((site, "" if site else document), len(units))
        for document in documents
        for site in [known.get(document, "")]
    ]

"""A leaderboard from tables that are read piece by piece: nothing is held but sums.

Its figures are those of ``boilerbench.stats.aggregate.leaderboard``. What is held is a number for each
summand of each site, or of each group of units once there are many.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from boilerbench.errors import InputError
from boilerbench.records import Status
from boilerbench.stats.aggregate import FAILED, Row, leaderboard_of, sample_figures
from boilerbench.stats.averages import AVERAGES
from boilerbench.stats.sample import GROUPS, POOLED_FROM, Sample
from boilerbench.stats.significance import RESAMPLES, SEED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_FIRST_UNITS = 1024


def streamed_leaderboard(
    scores: Iterable[pd.DataFrame],
    extractions: Iterable[pd.DataFrame],
    averages: Mapping[str, Sequence[str]],
    *,
    sites: Iterable[tuple[str, str]] | None = None,
    references: Collection[str] = (),
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> pd.DataFrame:
    """Return the leaderboard of a run whose tables come in pieces.

    Args:
        scores: pieces of a run's table of scores, by document, each document's extractors in one order.
        extractions: pieces of its table of extractions.
        averages: the ways of averaging each measure; none over groups of documents.
        sites: each document, in the order of the scores, and its site, which are drawn whole; without,
            documents are independent.
        references: rows that stand beside the extractors and do not compete.
        seed: decides the draws.
        resamples: how many to draw.

    Returns:
        As ``leaderboard`` does.

    Raises:
        InputError: extractors are not scored on the same documents.
    """
    facts = _facts(extractions)
    summed = {measure: _Summed(measure, ways) for measure, ways in averages.items()}
    following = iter(sites or ())
    for piece in _whole_documents(scores):
        last = str(piece["document"].iloc[-1])
        here = dict(_until(last, following)) if sites is not None else {}
        for measure, table in piece.groupby("measure", sort=False):
            if str(measure) in summed:
                summed[str(measure)].add(table, here)

    def rows_of(measure: str, average: str) -> list[Row]:
        sample = summed[measure].sample(average)
        if sample is None:
            return []
        return sample_figures(sample, references=references, seed=seed, resamples=resamples)

    return leaderboard_of(facts, averages, rows_of)


class _Summed:
    """The scores of one measure, added up by unit."""

    def __init__(self, measure: str, ways: Sequence[str]) -> None:
        self._measure = measure
        self._ways = {name: AVERAGES[name] for name in ways}
        self._extractors: list[str] = []
        self._documents = self._units = 0
        self._unit_of: dict[str, int] = {}
        self._totals: dict[str, Floats] = {}
        self._sums: dict[str, Floats] = {}

    def add(self, table: pd.DataFrame, sites: Mapping[str, str]) -> None:
        """Add the scores of some documents, all of each, and of each its site where that is known.

        Raises:
            InputError: an extractor has none on one of them.
        """
        names = [str(name) for name in table["extractor"].unique()]
        self._extractors = self._extractors or names
        number = len(self._extractors)
        paired = table["document"].to_numpy().reshape(-1, number) if len(table) % number == 0 else None
        # Each document's rows stand together, its extractors in the same order.
        if (
            paired is None
            or (paired != paired[:, :1]).any()
            or list(table["extractor"]) != self._extractors * len(paired)
        ):
            raise InputError(f"{self._measure}: extractors are not scored on the same documents")
        documents = [str(name) for name in paired[:, 0]]
        self._documents += len(documents)
        units = np.array([self._unit(sites.get(document, "")) for document in documents])
        for name, way in self._ways.items():
            summands = way.summands(table).reshape(len(documents), number, -1)
            self._totals[name] = self._totals.get(name, 0) + summands.sum(axis=0)
            sums = self._room(name, summands.shape[2])
            np.add.at(sums, units % len(sums) if len(sums) == GROUPS else units, summands)

    def sample(self, average: str) -> Sample | None:
        """Return what the documents add up to under a way of averaging; None where there are none."""
        if not self._documents:
            return None
        used = min(self._units, len(self._sums[average]))
        units = self._sums[average][:used].transpose(1, 0, 2)
        way, totals = self._ways[average], self._totals[average]
        return Sample(self._extractors, self._documents, way, totals, units, self._units)

    def _unit(self, site: str) -> int:
        unit = self._unit_of.setdefault(site, self._units) if site else self._units
        self._units += unit == self._units
        return unit

    def _room(self, name: str, width: int) -> Floats:
        """Return the sums of each unit so far, units × extractors × summands, with room for all of them."""
        sums = self._sums.get(name, np.zeros((_FIRST_UNITS, len(self._extractors), width)))
        if len(sums) != GROUPS:
            if self._units >= POOLED_FROM:
                filled = np.zeros((-(-len(sums) // GROUPS) * GROUPS, *sums.shape[1:]))
                filled[: len(sums)] = sums
                sums = filled.reshape(-1, GROUPS, *sums.shape[1:]).sum(axis=0)
            elif self._units > len(sums):
                more = np.zeros((2 * self._units + 1 - len(sums), *sums.shape[1:]))
                sums = np.concatenate([sums, more])
        self._sums[name] = sums
        return sums


def _until(last: str, sites: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield documents with their sites up to one of them."""
    for document, site in sites:
        yield document, site
        if document == last:
            return


def _whole_documents(pieces: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """Yield pieces of a table cut between documents."""
    rest = None
    for piece in pieces:
        table = piece if rest is None else pd.concat([rest, piece], ignore_index=True)
        last = table["document"] == table["document"].iloc[-1]
        rest = table[last]
        if not last.all():
            yield table[~last]
    if rest is not None:
        yield rest


def _facts(extractions: Iterable[pd.DataFrame]) -> dict[str, tuple[Row, int]]:
    """Count the extractions of each extractor by outcome, with times, as a leaderboard has them."""
    seconds: dict[str, list[Floats]] = {}
    facts: dict[str, Row] = {}
    totals: dict[str, int] = {}
    for piece in extractions:
        for name, table in piece.groupby("extractor", sort=False):
            known = facts.setdefault(str(name), {"version": "", "empty": 0, "failed": 0, "timed": ""})
            known["version"] = known["version"] or next(filter(None, table["version"]), "")
            known["empty"] = int(known["empty"]) + int((table["status"] == Status.EMPTY).sum())
            known["failed"] = int(known["failed"]) + int(table["status"].isin(FAILED).sum())
            timed = table[table["seconds"].notna()]
            when = {str(known["timed"]), *timed["timed"]} - {""}
            known["timed"] = "both" if len(when) > 1 else next(iter(when), "")
            seconds.setdefault(str(name), []).append(timed["seconds"].to_numpy(float))
            totals[str(name)] = totals.get(str(name), 0) + len(table)
    for name, known in facts.items():
        milliseconds = np.concatenate(seconds.pop(name)) * 1000
        known["ms_median"], known["ms_p95"] = (
            (float(np.median(milliseconds)), float(np.quantile(milliseconds, 0.95)))
            if len(milliseconds)
            else (np.nan, np.nan)
        )
    return {name: (known, totals[name]) for name, known in facts.items()}

"""Comparison of extractors: whether one is better than another, on the documents that both were scored on."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from boilerbench.stats.averages import F1, FIGURES
from boilerbench.stats.deciding import TIE, by_document
from boilerbench.stats.power import detectable_difference, standard_errors
from boilerbench.stats.sample import Sample, take_sample
from boilerbench.stats.significance import (
    FEWEST_UNITS,
    MORE_RESAMPLES,
    RESAMPLES,
    SEED,
    SIGNIFICANCE,
    bootstrap_sums,
    fewest_units,
    holm,
    interval,
    permutation_p_values,
    zero_shares,
)

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_Question = tuple[str, str, str]
"""A figure, and the first and the second extractor."""


class Verdict(StrEnum):
    """The verdict of a comparison."""

    FIRST = "first is better"
    SECOND = "second is better"
    EQUAL = "cannot be told apart"
    UNDECIDED = "undecided"
    """A result is so close to its threshold that the draws would decide."""
    TOO_FEW = "too few to tell"
    """There are too few sites or documents for any verdict."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The first extractor against the second. Figures are from 0 to 1, differences first minus second."""

    first: str
    second: str
    figure: str
    """The figure that is compared: ``f1``, ``precision`` or ``recall``."""
    documents: int
    sites: int
    """The number of units drawn and swapped as a whole; that of documents where these are independent."""
    first_figure: float
    second_figure: float
    difference: float
    low: float
    """Lower end of the 95 % bootstrap interval of the difference over paired sites."""
    high: float
    p: float
    """Two-sided, by permutation of paired sites, Holm-corrected where several pairs are compared."""
    wins: int
    """Documents on which the first has the higher figure."""
    ties: int
    losses: int
    detectable: float
    """The smallest true difference found in 80 % of samples; NaN with too few sites for a verdict."""
    verdict: Verdict

    @property
    def decided(self) -> bool:
        """Tell whether one of the two is better."""
        return self.verdict in (Verdict.FIRST, Verdict.SECOND)


@dataclass(frozen=True, slots=True)
class Effect:
    """The difference of F1 on one group of documents, such as a page type, with its 95 % interval."""

    group: str
    documents: int
    sites: int
    difference: float
    low: float
    """NaN, as ``high``, where there are too few sites for an interval."""
    high: float


@dataclass(frozen=True, slots=True)
class _Result:
    """The result of resampling for one comparison, before anything is corrected."""

    low: float
    high: float
    p: float
    p_bounds: tuple[float, float]
    """A 99 % interval of the p-value, from the number of draws."""
    zero_bounds: tuple[float, float]
    """The same of twice the bootstrap's share on the other side of zero."""


def compare_pairs(
    scores: pd.DataFrame,
    average: str,
    pairs: Sequence[tuple[str, str]],
    *,
    sites: Mapping[str, str] | None = None,
    figures: Sequence[str] = ("f1",),
    together: bool = True,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> list[Comparison]:
    """Compare pairs of extractors: the one verdict of ``compare``, ``gate`` and the report.

    One is better than the other if the two-sided permutation test, corrected after Holm over all that is
    asked together, gives p < 0.05, *and* the 95 % bootstrap interval excludes zero. With fewer units than
    ``fewest_units`` nothing is decided. Where either result is within the error of its draws of the
    threshold, ten times as many are drawn; if it still is, the verdict is *undecided*.

    Args:
        scores: those of one measure, the same documents for every extractor.
        average: the name of a way of averaging.
        pairs: first and second extractor of each comparison.
        sites: the site of each document, which are drawn and swapped whole; without, documents are.
        figures: ``f1``, ``precision``, ``recall``: each pair is compared by each of them.
        together: whether all comparisons are one question, over which p-values are corrected; else each is
            a question of its own, as if it had been asked alone.
        seed: decides the draws.
        resamples: how many to draw at first.

    Returns:
        One comparison for each figure and pair, pair by pair within a figure.

    Raises:
        InputError: extractors are not scored on the same documents.
    """
    sample = take_sample(scores, average, sites)
    questions = [(figure, *pair) for figure in figures for pair in pairs]
    family = len(questions) if together else 1
    results = _results(sample, questions, resamples, seed)
    differs: list[bool | Verdict | None] = [Verdict.TOO_FEW] * len(questions)
    if sample.sites >= fewest_units(family):
        differs = [*_differ(results, together)]
        if None in differs:
            close = [index for index, differ in enumerate(differs) if differ is None]
            more = max(resamples, MORE_RESAMPLES)
            again = _results(sample, [questions[index] for index in close], more, seed)
            for index, result in zip(close, again, strict=True):
                results[index] = result
            differs = [*_differ(results, together)]
    p_values = [result.p for result in results]
    corrected = holm(p_values) if together else p_values
    tables = {figure: by_document(scores, figure) for figure in figures}
    return [
        _comparison(sample, tables[question[0]], question, replace(result, p=p), family, differ)
        for question, result, p, differ in zip(questions, results, corrected, differs, strict=True)
    ]


def effects(
    scores: pd.DataFrame,
    average: str,
    pair: tuple[str, str],
    groups: Mapping[str, Iterable[str]],
    *,
    sites: Mapping[str, str] | None = None,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> list[Effect]:
    """Return the difference of a pair on each group of documents that has any, most documents first.

    A group with too few sites for a verdict has no interval either.
    """
    mine = scores[scores["extractor"].isin(pair)]
    rows = []
    for group, documents in groups.items():
        table = mine[mine["document"].isin(set(documents))]
        if not len(table):
            continue
        sample = take_sample(table, average, sites)
        first, second = (sample.extractors.index(name) for name in pair)
        low = high = float("nan")
        if sample.sites >= FEWEST_UNITS:
            drawn = _drawn_differences(sample, F1, [first], [second], resamples, seed)
            low, high = (float(end[0]) for end in interval(drawn))
        difference = float(sample.points[first, F1] - sample.points[second, F1])
        rows.append(Effect(group, sample.documents, sample.sites, difference, low, high))
    return sorted(rows, key=lambda effect: (-effect.documents, effect.group))


def _results(sample: Sample, questions: Sequence[_Question], resamples: int, seed: int) -> list[_Result]:
    """Return the result of resampling for each question, in their order."""
    results: list[_Result] = []
    for figure, asked in itertools.groupby(questions, key=lambda question: question[0]):
        pairs = [(first, second) for _, first, second in asked]
        named = list(dict.fromkeys(name for pair in pairs for name in pair))
        mine = sample.of([sample.extractors.index(name) for name in named])
        firsts, seconds = ([named.index(pair[side]) for pair in pairs] for side in (0, 1))
        results += _pair_results(mine, FIGURES.index(figure), firsts, seconds, resamples, seed)
    return results


def _pair_results(
    sample: Sample, figure: int, firsts: list[int], seconds: list[int], resamples: int, seed: int
) -> list[_Result]:
    drawn = _drawn_differences(sample, figure, firsts, seconds, resamples, seed)
    lows, highs = interval(drawn)
    zero = zero_shares(drawn)
    p_values = permutation_p_values(
        sample.units,
        firsts,
        seconds,
        lambda sums: sample.average.figures(sums)[..., figure],
        resamples,
        seed,
        sample.average.means.get(figure),
    )
    return [
        _Result(low, high, p, (p_low, p_high), (zero_low, zero_high))
        for low, high, p, p_low, p_high, zero_low, zero_high in np.column_stack(
            [lows, highs, p_values.values, p_values.low, p_values.high, zero.low, zero.high]
        ).tolist()
    ]


def _drawn_differences(
    sample: Sample, figure: int, firsts: list[int], seconds: list[int], resamples: int, seed: int
) -> Floats:
    """The differences of pairs in bootstrap samples: resamples × pairs."""
    extractors, units, width = sample.units.shape
    flat = sample.units.transpose(1, 0, 2).reshape(units, extractors * width)
    sums = bootstrap_sums(flat, resamples, seed).reshape(resamples, extractors, width)
    figures = sample.average.figures(sums)[..., figure]
    differences: Floats = figures[:, firsts] - figures[:, seconds]
    return differences


def _differ(results: Sequence[_Result], together: bool) -> list[bool | None]:
    """Tell whether each pair differs, or None where the error of the draws leaves it open."""
    correct = holm if together else list
    lows = correct([result.p_bounds[0] for result in results])
    highs = correct([result.p_bounds[1] for result in results])
    return [
        _both(_below(low, high), _below(*result.zero_bounds))
        for result, low, high in zip(results, lows, highs, strict=True)
    ]


def _below(low: float, high: float) -> bool | None:
    """Tell whether a probability is below the level, or None where its interval holds the level."""
    return True if high < SIGNIFICANCE else False if low >= SIGNIFICANCE else None


def _both(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _comparison(
    sample: Sample,
    figures: pd.DataFrame,
    question: _Question,
    result: _Result,
    family: int,
    differs: bool | Verdict | None,
) -> Comparison:
    figure, first, second = question
    index = FIGURES.index(figure)
    one, other = sample.extractors.index(first), sample.extractors.index(second)
    gaps = figures[first] - figures[second]
    wins, losses = int((gaps > TIE).sum()), int((gaps < -TIE).sum())
    first_figure, second_figure = (float(sample.points[row, index]) for row in (one, other))
    difference = first_figure - second_figure
    (error,) = standard_errors(sample, [one], [other], index)
    return Comparison(
        first=first,
        second=second,
        figure=figure,
        documents=sample.documents,
        sites=sample.sites,
        first_figure=first_figure,
        second_figure=second_figure,
        difference=difference,
        low=result.low,
        high=result.high,
        p=result.p,
        wins=wins,
        ties=len(gaps) - wins - losses,
        losses=losses,
        detectable=detectable_difference(float(error), sample.sites, family),
        verdict=_verdict(differs, difference),
    )


def _verdict(differs: bool | Verdict | None, difference: float) -> Verdict:
    if isinstance(differs, Verdict):
        return differs
    if differs is None:
        return Verdict.UNDECIDED
    if not differs:
        return Verdict.EQUAL
    return Verdict.FIRST if difference > 0 else Verdict.SECOND

"""Averages: the scores of documents made into the figures of an extractor.

Each average is a function of sums over documents, so that a resample of documents needs no scoring: it is one
product of a matrix of weights with a matrix of what each document adds to the sums.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FIGURES = ("precision", "recall", "f1", "accuracy", "specificity", "without_rate")
"""The figures of an average, in this order; those after f1 are NaN where the average does not have them."""
F1 = FIGURES.index("f1")


@dataclass(frozen=True, slots=True)
class Average:
    """A way of averaging over documents."""

    title: str
    summands: Callable[[pd.DataFrame], Floats]
    """From scores, one row per document, to what each adds: documents × summands."""
    figures: Callable[[Floats], Floats]
    """From sums (… × summands) to ``FIGURES`` (… × figures)."""
    means: Mapping[int, int] = field(default_factory=dict)
    """The figures, by index, that are means over documents, and the summand whose mean each of them is; the
    first summand then counts documents. For speed alone: such a figure's difference is linear."""


def _mean_summands(scores: pd.DataFrame) -> Floats:
    columns = scores[["precision", "recall", "f1"]].to_numpy(float)
    return np.column_stack([np.ones(len(columns)), columns])


def _mean_figures(sums: Floats) -> Floats:
    return _with_figures(*(_ratio(sums[..., column], sums[..., 0]) for column in (1, 2, 3)))


def _zyte_summands(scores: pd.DataFrame) -> Floats:
    returned = (scores["tp"] + scores["fp"] > 0).to_numpy(float)
    expected = (scores["tp"] + scores["fn"] > 0).to_numpy(float)
    precision, recall = scores["precision"].to_numpy(float), scores["recall"].to_numpy(float)
    return np.column_stack([returned, expected, precision * returned, recall * expected])


def _zyte_figures(sums: Floats) -> Floats:
    precision, recall = _ratio(sums[..., 2], sums[..., 0]), _ratio(sums[..., 3], sums[..., 1])
    return _with_figures(precision, recall, _ratio(2 * precision * recall, precision + recall))


def _micro_summands(scores: pd.DataFrame) -> Floats:
    return scores[["tp", "fp", "fn", "tn"]].to_numpy(float)


def _micro_figures(sums: Floats) -> Floats:
    tp, fp, fn, tn = (sums[..., column] for column in range(4))
    return _with_figures(
        _ratio(tp, tp + fp),
        _ratio(tp, tp + fn),
        _ratio(2 * tp, 2 * tp + fp + fn),
        _ratio(tp + tn, tp + fp + fn + tn),
        _ratio(tn, tn + fp),
    )


def _wcxb_summands(scores: pd.DataFrame) -> Floats:
    tp, fp, fn, tn = (scores[name].to_numpy(float) for name in ("tp", "fp", "fn", "tn"))
    wanted = np.where(tp + fn > 0, _ratio(tp, tp + fn), 1.0)
    unwanted = np.where(tn + fp > 0, _ratio(fp, tn + fp), 1.0)
    columns = scores[["precision", "f1"]].to_numpy(float)
    return np.column_stack([np.ones(len(columns)), columns, wanted, unwanted])


def _wcxb_figures(sums: Floats) -> Floats:
    precision, f1, wanted, unwanted = (_ratio(sums[..., column], sums[..., 0]) for column in range(1, 5))
    return _with_figures(precision, wanted, f1, without_rate=unwanted)


def _wer_summands(scores: pd.DataFrame) -> Floats:
    tp, fp, fn = (scores[name].to_numpy(float) for name in ("tp", "fp", "fn"))
    # As ``measures/wer.py`` counts: errors by words of gold, by one where gold has none.
    rates = np.maximum(fp, fn) / np.maximum(1, tp + fn)
    return np.column_stack([_mean_summands(scores), rates])


def _wer_figures(sums: Floats) -> Floats:
    precision, recall, f1, rate = (_ratio(sums[..., column], sums[..., 0]) for column in range(1, 5))
    return _with_figures(precision, recall, f1, accuracy=1 - rate)


def _present_summands(scores: pd.DataFrame) -> Floats:
    present = (scores["tp"] + scores["fp"] + scores["fn"] > 0).to_numpy(float)
    summands: Floats = _mean_summands(scores) * present[:, None]
    return summands


def _macro_summands(scores: pd.DataFrame) -> Floats:
    sources = scores["source"].astype(str).to_numpy()
    own = (sources[:, None] == np.unique(sources)).astype(float)
    # Documents × sources × what a document adds to its own source.
    summands: Floats = own[:, :, None] * _mean_summands(scores)[:, None, :]
    return summands.reshape(len(scores), -1)


def _macro_figures(sums: Floats) -> Floats:
    by_source = sums.reshape(*sums.shape[:-1], -1, 4)
    documents = by_source[..., 0]
    # A resample may miss a source, which then has no mean.
    sources = (documents > 0).sum(axis=-1).astype(float)
    return _with_figures(
        *(_ratio(_ratio(by_source[..., column], documents).sum(axis=-1), sources) for column in (1, 2, 3))
    )


def _with_figures(
    precision: Floats,
    recall: Floats,
    f1: Floats,
    accuracy: Floats | None = None,
    specificity: Floats | None = None,
    without_rate: Floats | None = None,
) -> Floats:
    nothing = np.full_like(f1, np.nan)
    return np.stack(
        [
            precision,
            recall,
            f1,
            nothing if accuracy is None else accuracy,
            nothing if specificity is None else specificity,
            nothing if without_rate is None else without_rate,
        ],
        axis=-1,
    )


def _ratio(numerator: Floats, denominator: Floats) -> Floats:
    """0 where there is no denominator."""
    return np.divide(numerator, denominator, out=np.zeros_like(numerator), where=denominator > 0)


MEDIAN = "median"
"""The way of averaging that is no function of sums, see ``boilerbench.stats.medians``."""
FOR_ANY_MEASURE = ("mean", MEDIAN, "micro", "macro")
"""The ways in which any measure can be averaged on request."""

AVERAGES = {
    # The mean of precision, of recall and of F1 over documents; whatever failed counts as it was scored.
    "mean": Average("mean over documents", _mean_summands, _mean_figures, {0: 1, 1: 2, 2: 3}),
    # Precision over documents with an output, recall over documents with gold, F1 of these two means; so an
    # empty output costs recall alone. article-extraction-benchmark, evaluate.py (metrics_from_tp_fp_fns).
    "zyte": Average("as Zyte averages", _zyte_summands, _zyte_figures),
    # All counts of all documents together. trafilatura, tests/eval_common.py (ConfusionMatrix.scores).
    "micro": Average("over all segments", _micro_summands, _micro_figures),
    # Recall is with_rate; with_rate and without_rate are shares found, 1 where a document names no segment.
    # WCXB, evaluate.py (snippet_check, evaluate_results).
    "wcxb": Average("as WCXB averages", _wcxb_summands, _wcxb_figures),
    # The mean over documents; accuracy is 1 - the mean word error rate. Fundus evaluation, scorers.py.
    # The mean over sources of the mean over a source's documents; of the column ``source``. WCEB, eval.py.
    "macro": Average("mean over sources of their means", _macro_summands, _macro_figures),
    "wer": Average("mean over documents, accuracy 1 − WER", _wer_summands, _wer_figures),
    # The mean over those documents where gold or the output has what is compared; such as code, of which most
    # have none. WebMainBench, evaluator.py (_aggregate_metrics).
    "present": Average("mean over documents where either side has any", _present_summands, _mean_figures),
}


def average_title(name: str) -> str:
    """Return what a way of averaging is called above a table."""
    return "median over documents" if name == MEDIAN else AVERAGES[name].title

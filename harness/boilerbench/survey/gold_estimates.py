"""F1 on the pages of a survey, estimated from a run on few labelled pages and from agreement on all."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from boilerbench.errors import InputError
from boilerbench.results import Run
from boilerbench.stats.prediction_powered import powered_mean
from boilerbench.survey.observation import others_of, word_agreement
from boilerbench.survey.sums import SurveySums
from boilerbench.tokenizers import icu_words

COLUMNS = (
    *("extractor", "measure", "labelled", "pages", "f1", "f1_low", "f1_high"),
    *("powered", "powered_low", "powered_high", "weight", "correlation"),
)


def gold_estimates(
    run: Run, names: Sequence[str], tools: Sequence[str], sums: SurveySums, remark: Callable[[str], None]
) -> pd.DataFrame:
    """Estimate the mean F1 of each extractor over the pages of a survey.

    What predicts an extractor's F1 on a page is how far it agrees with the other tools there, which needs no
    gold. The labelled pages must be a sample by chance of such pages as were surveyed.

    Args:
        run: on the labelled pages; its first measure counts.
        names: of the survey's extractors.
        tools: of the same.
        sums: of the survey.
        remark: told where versions differ.

    Returns:
        A row for each extractor: F1 by the labelled pages alone, and with the help of the others.

    Raises:
        InputError: the run lacks an extractor of the survey, or has fewer than two scored documents.
    """
    there = {each.name: each.version for each in run.info.extractors}
    if missing := [name for name in names if name not in there]:
        raise InputError(
            f"run {run.folder}: it has no {missing[0]}, which was surveyed; run it there as well"
        )
    if len(names) < 2:
        raise InputError("an estimate from agreement takes two extractors")
    measure = run.info.measures[0].name
    scores = run.scores[run.scores["measure"] == measure]
    table = scores.pivot_table(index="document", columns="extractor", values="f1")
    agreement = agreement_by_document(run, names, tools)
    documents = [document for document in agreement if document in table.index]
    if len(documents) < 2:
        raise InputError(f"run {run.folder}: fewer than two documents with scores by {measure} and texts")
    rows = []
    for place, (name, mine) in enumerate(zip(names, sums.by_extractor, strict=True)):
        mean = mine.agreement / sums.pages
        made = powered_mean(
            table.loc[documents, name].tolist(),
            [float(agreement[document][place]) for document in documents],
            sums.pages,
            mean,
            max(mine.agreement_squares / sums.pages - mean**2, 0.0),
        )
        plain, powered = made.plain, made.powered
        rows.append(
            (
                *(name, measure, made.labelled, made.unlabelled, plain.mean, plain.low, plain.high),
                *(powered.mean, powered.low, powered.high, made.weight, made.correlation),
            )
        )
    remark(f"estimates take the {len(documents):,} documents of {run.folder} for a sample by chance")
    return pd.DataFrame(rows, columns=list(COLUMNS))


def agreement_by_document(run: Run, names: Sequence[str], tools: Sequence[str]) -> dict[str, Sequence[float]]:
    """Return for each document of a run how far each extractor agrees with the others, as in a survey."""
    others = others_of(tools)
    found: dict[str, Sequence[float]] = {}
    for document, texts in itertools.groupby(run.texts(), key=lambda stored: stored.document):
        by_name = {stored.extractor: stored.text for stored in texts}
        if all(name in by_name for name in names):
            f1, _ = word_agreement([Counter(icu_words(by_name[name])) for name in names])
            found[document] = [
                float(np.mean(f1[each, list(them)])) if them else math.nan for each, them in enumerate(others)
            ]
    return found

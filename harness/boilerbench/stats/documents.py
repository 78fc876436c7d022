"""Every document's figures, worst first."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from boilerbench.results import EXTRACTIONS_FILE, Run, has_table
from boilerbench.stats.run_pairs import measure_of

SORTS = ("f1", "precision", "recall", "spread", "words")
COLUMNS = (
    *("document", "extractor", "measure", "status", "f1", "precision", "recall", "lost", "leaked"),
    *("spread", "page_type", "language"),
)


def document_scores(
    run: Run,
    extractors: Sequence[str] = (),
    *,
    measure: str | None = None,
    sort: str = "f1",
    worst: int | None = None,
) -> pd.DataFrame:
    """Return a row per document and extractor, worst first.

    Args:
        run: the run.
        extractors: those to show, reference rows among them; by default all of the run's extractors.
        measure: a measure of the run; by default its first.
        sort: ``f1``, ``precision`` or ``recall``, lowest first; ``spread``, the standard deviation of F1 over
            the extractors shown, widest first; ``words``, most lost and leaked together first.
        worst: return no more than so many rows.

    Returns:
        ``COLUMNS``. Shares are from 0 to 1; ``lost`` and ``leaked`` are the measure's own counts of what is
        missing and of what is too much (words, for a measure of words). Where a measure leaves a document
        unscored, its figures are missing, and it comes last. ``status`` is empty where the run's folder has
        no extractions, as in published results.

    Raises:
        InputError: the run was not scored by the measure, or a table is not there.
    """
    names = list(extractors) or [extractor.name for extractor in run.info.extractors]
    name = measure_of(run, measure).name
    scores = run.scores[(run.scores["measure"] == name) & run.scores["extractor"].isin(names)]
    facts = run.documents[["document", "page_type", "language"]]
    table = facts.merge(pd.DataFrame({"extractor": names}), how="cross").assign(measure=name)
    table = table.merge(scores.drop(columns="measure"), on=["document", "extractor"], how="left")
    table = table.rename(columns={"fn": "lost", "fp": "leaked"})
    table["spread"] = table.groupby("document", sort=False)["f1"].transform(lambda f1: f1.std(ddof=0))
    if has_table(run.folder / EXTRACTIONS_FILE):
        statuses = run.extractions[["document", "extractor", "status"]]
        table = table.merge(statuses, on=["document", "extractor"], how="left")
    else:
        table["status"] = ""
    # A document's rows stand together where they share what is sorted by.
    keys = ["spread", "document", "f1"] if sort == "spread" else [sort, "f1", "document"]
    ordered = (
        table.assign(spread=-table["spread"], words=-(table["lost"] + table["leaked"]))
        .sort_values([*keys, "extractor"], ignore_index=True)
        .assign(spread=lambda rows: -rows["spread"])
    )
    return ordered[list(COLUMNS)].head(len(ordered) if worst is None else worst)

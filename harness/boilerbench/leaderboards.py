"""The leaderboard of a run as a table: whole, or by kind of document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from boilerbench.corpora import Corpus, open_corpus
from boilerbench.progress import Progress
from boilerbench.reading import difficulties, open_run_corpus
from boilerbench.results import Run, load_run

if TYPE_CHECKING:
    import pandas as pd

_FIRST = ("measure", "average", "extractor", "version")


def leaderboard(
    run: str | Path | Run,
    measure: str | Sequence[str] | None = None,
    average: str | None = None,
    *,
    by: str | None = None,
    at_least: int = 1,
    corpus: str | Corpus | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Return the leaderboard of a run, one row per measure, way of averaging and extractor, best F1 first.

    Args:
        run: a run, or its folder.
        measure: a measure of the run or several; without, all of them.
        average: a way of averaging; without, all of each measure's, or with ``by`` each measure's own.
        by: ``page_type``, ``language``, ``trap`` or ``difficulty``: a row for each kind of document as well,
            named in the column ``group``.
        at_least: with ``by``, how many documents a kind must have to be listed.
        corpus: for ``difficulty``, where the corpus lies now, if it has moved.
        progress: for ``difficulty``, told of every page that is read.

    Returns:
        Columns ``measure``, ``average``, ``extractor``, ``version`` and those of leaderboard.csv. Figures
        are shares from 0 to 1; ``*_low`` and ``*_high`` are the ends of 95 % intervals.

    Raises:
        InputError: the folder is no run, it was not scored by a measure or averaged so, or its corpus does
            not say the kinds of its documents.
    """
    from boilerbench.stats.run_pairs import average_of, measure_of

    run = load_run(run)
    names = [measure] if isinstance(measure, str) else measure or run.info.measure_names
    chosen = [measure_of(run, name) for name in names]
    if average is not None:
        for each in chosen:
            average_of(each, average)
    table = run.leaderboard if by is None else _grouped(run, by, at_least, average, corpus, progress)
    table = table[table["measure"].isin(names)]
    if average is not None:
        table = table[table["average"] == average]
    columns = [*_FIRST, *(name for name in table.columns if name not in _FIRST)]
    return table[columns].reset_index(drop=True)


def _grouped(
    run: Run,
    by: str,
    at_least: int,
    average: str | None,
    corpus: str | Corpus | None,
    progress: Progress | None,
) -> pd.DataFrame:
    """All measures of a run by kind of document; kinds by difficulty are read from the corpus."""
    import pandas as pd

    from boilerbench.stats import grouped
    from boilerbench.stats.run_pairs import kinds_of_documents

    if by == "difficulty":
        opened = open_corpus(corpus) if isinstance(corpus, str) else corpus or open_run_corpus(run)
        kinds = difficulties(run, opened, progress)
    else:
        kinds = kinds_of_documents(run, by, at_least)
    versions = {extractor.name: extractor.version for extractor in run.info.extractors}
    tables = []
    for measure in run.info.measures:
        way = average or measure.averages[0]
        scores = run.scores[run.scores["measure"] == measure.name]
        table = grouped(scores, way, kinds, references=run.info.references, seed=run.info.seed)
        table["version"] = table["extractor"].map(versions).fillna("")
        tables.append(table.assign(measure=measure.name, average=way))
    return pd.concat(tables)

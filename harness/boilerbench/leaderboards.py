"""The leaderboard of a run as a table: whole, or by kind of document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from boilerbench.corpora import Corpus
from boilerbench.corpora.complexity import difficulties
from boilerbench.progress import Progress, Silent
from boilerbench.results import MeasureInfo, Run, load_run
from boilerbench.run_corpus import check_documents, open_run_corpus

if TYPE_CHECKING:
    import pandas as pd

    from boilerbench.token_counts import TokenCounter

_FIRST = ("group", "extractor", "version", "measure", "average")


def leaderboard(
    run: str | Path | Run,
    measure: str | Sequence[str] | None = None,
    average: str | None = None,
    *,
    by: str | None = None,
    at_least: int = 1,
    join_languages: bool = False,
    costs: bool = False,
    sizes: Sequence[str] = (),
    tokenizer: str | None = None,
    corpus: str | Corpus | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Return the leaderboard of a run: a row per measure, way of averaging and extractor.

    Within a measure and a way of averaging the best F1 comes first.

    Args:
        run: a run, or its folder.
        measure: a measure of the run or several; without, all of them.
        average: a way of averaging; without, all of each measure's, or with ``by`` each measure's own. Any
            measure can be averaged as ``mean``, ``median``, ``micro`` or ``macro``, the mean over sources.
        by: ``source``, ``page_type``, ``language``, ``trap`` or ``difficulty``: a row for each kind of
            document as well, named in the column ``group``.
        at_least: with ``by``, how many documents a kind must have to be listed.
        join_languages: with ``language``, put ``en-GB`` and ``en-US`` under ``en``.
        costs: add ``pages_per_second``, 1 / mean seconds of a page, and ``peak_mb``, the memory of the page
            that took most, from extractions.csv; not with ``by``.
        sizes: ``characters``, ``bytes``, ``words`` (ICU's) or ``tokens``: for each add the mean size of what
            was returned, and all of it by all pages (``*_of_page``) and by all gold (``*_of_gold``).
        tokenizer: for tokens, ``tokenizers:FILE`` or ``tiktoken:FILE``; the column ``tokenizer`` names it.
        corpus: for ``difficulty`` and sizes, where the corpus lies now, if it has moved.
        progress: for these, told of every page that is read.

    Returns:
        The columns of leaderboard.csv, of which ``measure`` and ``average`` say what a row is of. Figures are
        shares from 0 to 1; ``*_low`` and ``*_high`` are the ends of 95 % intervals, ``ms_*`` milliseconds.
        With ``by`` failures and times are left out, and kinds come largest first.

    Raises:
        InputError: the folder is no run, it was not scored by a measure or averaged so, its corpus does
            not say the kinds of its documents, it has no extractions.csv for ``costs`` or no texts for sizes,
            or there is no such tokenizer.
    """
    from boilerbench.stats.costs import costs as extraction_costs
    from boilerbench.stats.groups import run_groups
    from boilerbench.stats.run_pairs import measure_of

    run = load_run(run)
    names = [measure] if isinstance(measure, str) else measure or run.info.measure_names
    chosen = [measure_of(run, name) for name in names]
    ways = {each.name: _way(each, average) for each in chosen}
    groups: dict[str, list[str]] | None = None
    if by is not None:
        groups = (
            _difficulties(run, corpus, progress)
            if by == "difficulty"
            else run_groups(run, by, at_least, join_languages=join_languages)
        )
        table = _grouped(run, ways, groups)
    else:
        table = run.leaderboard
        table = table[table["measure"].isin(names)]
        if average is not None:
            table = _averaged(run, ways, table)
    if costs and by is None:
        table = table.join(extraction_costs(run.extractions), on="extractor")
    if sizes:
        table = _with_sizes(run, table, groups, sizes, tokenizer, corpus, progress or Silent())
    columns = [
        *(name for name in _FIRST if name in table),
        *(name for name in table.columns if name not in _FIRST),
    ]
    return table[columns].reset_index(drop=True)


def sizes_over_runs(
    runs: Sequence[Run], sizes: Sequence[str], tokenizer: str | None = None, progress: Progress | None = None
) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """Return the sizes of outputs over the pages of several runs together, and those of each run.

    Args:
        runs: runs with their texts.
        sizes: as in ``leaderboard``.
        tokenizer: as there.
        progress: told of every page that is read.

    Returns:
        By extractor the columns that ``leaderboard`` adds; in the first only extractors that every run has.

    Raises:
        InputError: as ``leaderboard`` does.
    """
    import pandas as pd

    from boilerbench.stats.sizes import size_figures

    tokens = _token_counter(tokenizer)
    found = [_measured_sizes(run, sizes, tokens, None, progress or Silent()) for run in runs]
    everywhere = set.intersection(*(set(table["extractor"]) for table in found))
    shared = pd.concat([table[table["extractor"].isin(everywhere)] for table in found])
    together, *each = [_naming(size_figures(table, sizes), sizes, tokens) for table in (shared, *found)]
    return together, each


def _with_sizes(
    run: Run,
    table: pd.DataFrame,
    groups: Mapping[str, Sequence[str]] | None,
    sizes: Sequence[str],
    tokenizer: str | None,
    corpus: str | Corpus | None,
    progress: Progress,
) -> pd.DataFrame:
    """Add the sizes of outputs to a leaderboard, by kind of document where it is.

    Raises:
        InputError: the run's texts or its corpus are not there, or there is no such tokenizer or size.
    """
    from boilerbench.stats.sizes import grouped_size_figures, size_figures

    tokens = _token_counter(tokenizer)
    found = _measured_sizes(run, sizes, tokens, corpus, progress)
    if groups is None:
        table = table.join(size_figures(found, sizes), on="extractor")
    else:
        table = table.join(grouped_size_figures(found, sizes, groups), on=["group", "extractor"])
    return _naming(table, sizes, tokens)


def _measured_sizes(
    run: Run,
    sizes: Sequence[str],
    tokens: TokenCounter | None,
    corpus: str | Corpus | None,
    progress: Progress,
) -> pd.DataFrame:
    """Return the sizes by document.

    Raises:
        InputError: the run's texts or its corpus are not there, or there is no such size.
    """
    from boilerbench.output_sizes import output_sizes

    opened = open_run_corpus(run, corpus)
    check_documents(run, opened, [str(name) for name in run.documents["document"]])
    return output_sizes(run, opened, sizes, tokens, progress)


def _token_counter(tokenizer: str | None) -> TokenCounter | None:
    from boilerbench.token_counts import token_counter

    return token_counter(tokenizer) if tokenizer is not None else None


def _naming(table: pd.DataFrame, sizes: Sequence[str], tokens: TokenCounter | None) -> pd.DataFrame:
    """Name in a table what tokens were counted by, if any were."""
    from boilerbench.output_sizes import TOKENS

    return table.assign(tokenizer=tokens.signature) if tokens and TOKENS in sizes else table


def _way(measure: MeasureInfo, average: str | None) -> str:
    """Return the way in which a measure is averaged, by its name or its own.

    Raises:
        InputError: it is not averaged so.
    """
    from boilerbench.stats import FOR_ANY_MEASURE
    from boilerbench.stats.run_pairs import average_of

    return average if average in FOR_ANY_MEASURE else average_of(measure, average)


def _averaged(run: Run, ways: Mapping[str, str], stored: pd.DataFrame) -> pd.DataFrame:
    """Return the leaderboard by ways of averaging: the stored rows where there are any, else made now."""
    import pandas as pd

    from boilerbench.stats import leaderboard as made
    from boilerbench.stats.run_pairs import run_sites

    sites, _ = run_sites(run)
    tables = []
    for measure, average in ways.items():
        rows = stored[(stored["measure"] == measure) & (stored["average"] == average)]
        if rows.empty:
            rows = made(
                _with_sources(run, average),
                run.extractions,
                {measure: (average,)},
                sites=sites,
                references=run.info.references,
                seed=run.info.seed,
            )
        tables.append(rows)
    return pd.concat(tables)


def _with_sources(run: Run, average: str) -> pd.DataFrame:
    """Return a run's scores, with the source of each document where averages are over sources.

    Raises:
        InputError: the corpus does not say the sources of its documents.
    """
    from boilerbench.stats.groups import run_groups

    if average != "macro":
        return run.scores
    sources = {name: source for source, names in run_groups(run, "source", 1).items() for name in names}
    return run.scores.assign(source=run.scores["document"].map(sources))


def _difficulties(run: Run, corpus: str | Corpus | None, progress: Progress | None) -> dict[str, list[str]]:
    opened = open_run_corpus(run, corpus)
    documents = [str(name) for name in run.documents["document"]]
    check_documents(run, opened, documents)
    return difficulties(opened, documents, progress or Silent())


def _grouped(run: Run, ways: Mapping[str, str], groups: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """A table by kind of document; ``ways`` maps each measure to its way of averaging."""
    import pandas as pd

    from boilerbench.stats import grouped
    from boilerbench.stats.run_pairs import run_sites

    versions = {extractor.name: extractor.version for extractor in run.info.extractors}
    sites, _ = run_sites(run)
    tables = []
    for measure, average in ways.items():
        scores = _with_sources(run, average)
        scores = scores[scores["measure"] == measure]
        table = grouped(
            *(scores, average, groups), sites=sites, references=run.info.references, seed=run.info.seed
        )
        table["version"] = table["extractor"].map(versions).fillna("")
        tables.append(table.assign(measure=measure, average=average))
    return pd.concat(tables)

"""``boilerbench leaderboard``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from boilerbench.cli.output import live_progress, stdout, table_text
from boilerbench.corpora import open_corpus
from boilerbench.errors import InputError
from boilerbench.reading import difficulties, open_run_corpus
from boilerbench.results import load_run

if TYPE_CHECKING:
    import pandas as pd

    from boilerbench.reports.leaderboards import Board
    from boilerbench.results import Run

_FORMATS = ("table", "markdown", "csv", "json", "latex")
_GROUPINGS = ("page_type", "language", "trap", "difficulty")


@click.command()
@click.argument("runs", metavar="RUN [RUN]...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--by",
    type=click.Choice(_GROUPINGS),
    help="A row per kind of document. Difficulty is the share of a page's words that are not body, cut at "
    "its quartiles over the run.",
)
@click.option(
    "--at-least",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="N",
    help="With --by: only kinds with so many documents.",
)
@click.option("-m", "--measure", metavar="MEASURE", help="One measure only.")
@click.option("--published", is_flag=True, help="Set it beside what the corpus's authors have printed.")
@click.option("-f", "--format", "as_format", type=click.Choice(_FORMATS), default="table", show_default=True)
@click.option("-c", "--corpus", metavar="CORPUS", help="Where the corpus lies now, if it has moved.")
def leaderboard(
    runs: tuple[Path, ...],
    by: str | None,
    at_least: int,
    measure: str | None,
    published: bool,
    as_format: str,
    corpus: str | None,
) -> None:
    """Show the leaderboards of RUN, whole, by kind of document, or beside published figures.

    With several runs: one table with each extractor's F1 on each corpus, by the corpus's own measure.
    """
    from boilerbench.reports import leaderboards
    from boilerbench.stats.run_pairs import measure_of

    if len(runs) > 1:
        if by or measure or published or corpus:
            raise InputError(
                "several runs stand in one table; give one run for --by, --measure or --published"
            )
        _print_summary([load_run(run) for run in runs], as_format)
        return
    loaded = load_run(runs[0])
    if measure is not None:
        measure_of(loaded, measure)
    if published:
        if by is not None:
            raise InputError("published figures are of whole corpora; leave out --by or --published")
        _print_published(loaded, measure, as_format)
        return
    if by is None:
        board = loaded.leaderboard
        rows = board if measure is None else board[board["measure"] == measure]
        _print(loaded, rows, list(leaderboards.boards(board, loaded.info.measures, measure)), as_format)
        return
    rows = _grouped(loaded, by, at_least, measure, corpus)
    boards = [
        leaderboards.grouped_board(table, by, str(title), loaded)
        for title, table in rows.groupby("title", sort=False)
    ]
    _print(loaded, rows.drop(columns="title"), boards, as_format)


def _grouped(run: Run, by: str, at_least: int, measure: str | None, corpus: str | None) -> pd.DataFrame:
    import pandas as pd

    from boilerbench.stats import AVERAGES, grouped
    from boilerbench.stats.groups import run_groups
    from boilerbench.stats.run_pairs import average_of, measure_of

    kinds = _by_difficulty(run, corpus) if by == "difficulty" else run_groups(run, by, at_least)
    tables = []
    for each in run.info.measures:
        if measure in (None, each.name):
            chosen, average = measure_of(run, each.name), average_of(each, None)
            scores = run.scores[run.scores["measure"] == each.name]
            table = grouped(scores, average, kinds, references=run.info.references, seed=run.info.seed)
            title = f"{chosen.signature}: {AVERAGES[average].title}"
            tables.append(table.assign(title=title, measure=each.name, average=average))
    return pd.concat(tables)


def _by_difficulty(run: Run, corpus: str | None) -> dict[str, list[str]]:
    opened = open_corpus(corpus) if corpus else open_run_corpus(run)
    with live_progress() as progress:
        return difficulties(run, opened, progress)


def _print(run: Run, rows: pd.DataFrame, boards: list[Board], as_format: str) -> None:
    from boilerbench.reports import leaderboards, terminal

    if as_format in ("csv", "json"):
        click.echo(table_text(rows, as_format), nl=False)
    elif as_format == "table":
        console = stdout()
        console.print(terminal.headline(run), style="bold")
        for board in boards:
            console.print(terminal.board_table(board))
        for line in leaderboards.unscored(run):
            console.print(line, markup=False)
        console.print(terminal.conditions(run), markup=False)
    else:
        click.echo("\n".join(leaderboards.in_format(board, as_format) for board in boards), nl=False)


def _print_published(run: Run, measure: str | None, as_format: str) -> None:
    from boilerbench.reports import published, terminal

    table = published.table_of(run, measure)
    rows = published.beside(run, table)
    board, notes = published.board_of(run, table, rows), published.notes(run, table, rows)
    if as_format in ("csv", "json"):
        click.echo(table_text(rows, as_format), nl=False)
    else:
        _print_with_notes(board, notes, as_format, terminal.headline(run))


def _print_summary(runs: list[Run], as_format: str) -> None:
    import pandas as pd

    from boilerbench.reports import cross_corpus, leaderboards

    board, lines = cross_corpus.summary(runs), cross_corpus.what_it_shows(runs)
    if as_format in ("csv", "json"):
        tables = [cross_corpus.own_rows(run).assign(run=run.name) for run in runs]
        click.echo(table_text(pd.concat(tables), as_format), nl=False)
    else:
        _print_with_notes(board, [*lines, leaderboards.EQUAL_MEANS], as_format)


def _print_with_notes(board: Board, notes: Sequence[str], as_format: str, headline: str = "") -> None:
    """A table for a terminal or a paper, and below it what it means, a line each."""
    from boilerbench.reports import leaderboards, terminal

    if as_format == "table":
        console = stdout()
        if headline:
            console.print(headline, style="bold")
        console.print(terminal.board_table(board))
        for line in notes:
            console.print(line, markup=False)
    else:
        beginning = {"markdown": "- ", "latex": "% "}[as_format]
        click.echo(leaderboards.in_format(board, as_format))
        click.echo("\n".join(f"{beginning}{line}" for line in notes))

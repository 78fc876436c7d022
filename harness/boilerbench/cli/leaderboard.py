"""``boilerbench leaderboard``: one run's tables, several runs side by side, published figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from boilerbench import leaderboards
from boilerbench.cli import options
from boilerbench.cli.output import live_progress, stdout, table_text
from boilerbench.errors import InputError
from boilerbench.results import load_run

if TYPE_CHECKING:
    import pandas as pd

    from boilerbench.reports.leaderboards import Board
    from boilerbench.results import Run


@click.command()
@click.argument("runs", metavar="RUN [RUN]...", nargs=-1, required=True, type=options.RUN)
@options.by((*options.GROUPINGS, options.DIFFICULTY))
@options.at_least()
@options.join_languages()
@options.measure("Default: all.")
@options.average("Any measure: mean, median, micro, macro (the mean over sources). Default: all of its own.")
@click.option("--published", is_flag=True, help="Set it beside what the corpus's authors have printed.")
@options.as_format("table", "markdown", "csv", "json", "latex")
@options.corpus()
def leaderboard(
    runs: tuple[Path, ...],
    by: str | None,
    at_least: int,
    join_languages: bool,
    measure: str | None,
    average: str | None,
    published: bool,
    as_format: str,
    corpus: str | None,
) -> None:
    """Show the leaderboards of runs, whole or by kind of document.

    With several runs: one table with each extractor's F1 on each corpus, by the corpus's own measure.
    """
    if len(runs) > 1:
        if by or measure or average or published or corpus:
            raise InputError(
                "several runs stand in one table; give one run for --by, --measure or --published"
            )
        _print_summary([load_run(run) for run in runs], as_format)
        return
    run = load_run(runs[0])
    if published:
        if by or average:
            raise InputError(
                "published figures are of whole corpora; leave out --by and --average, or --published"
            )
        _print_published(run, measure, as_format)
        return
    with live_progress() as progress:
        table = leaderboards.leaderboard(
            *(run, measure, average),
            by=by,
            at_least=at_least,
            join_languages=join_languages,
            corpus=corpus,
            progress=progress,
        )
    _print(run, table, by, as_format)


def _print(run: Run, table: pd.DataFrame, by: str | None, as_format: str) -> None:
    from boilerbench.reports import leaderboards as reports
    from boilerbench.reports import terminal

    if as_format in ("csv", "json"):
        click.echo(table_text(table, as_format), nl=False)
        return
    measures = run.info.measures
    boards = list(reports.grouped_boards(table, measures, by) if by else reports.boards(table, measures))
    if as_format != "table":
        click.echo("\n".join(reports.in_format(board, as_format) for board in boards), nl=False)
        return
    console = stdout()
    console.print(terminal.headline(run), style="bold")
    for board in boards:
        console.print(terminal.board_table(board))
    for line in (*reports.unscored(run), *(reports.grouping_notes(run, table, by) if by else ())):
        console.print(line, markup=False)
    console.print(terminal.conditions(run), markup=False)


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

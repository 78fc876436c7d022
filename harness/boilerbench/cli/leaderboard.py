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
@click.option(
    "--columns",
    callback=options.several("column", (*options.COSTS, *options.SIZES)),
    default="",
    metavar="NAME,…",
    help="More columns: speed (pages per second of one core, 1 / mean seconds of a page), p95 (ms), memory "
    "(the peak of the page that took most, MB); characters, bytes, words, tokens (mean size of what came "
    "back, and in % of page and gold).",
)
@click.option(
    "--tokenizer",
    metavar="LIBRARY:FILE",
    help="With --columns tokens: tokenizers:FILE.json or tiktoken:FILE.tiktoken.",
)
@click.option(
    "--best",
    type=click.IntRange(min=1),
    metavar="N",
    help="With several runs: only the N extractors with the best mean over them.",
)
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
    columns: tuple[str, ...],
    tokenizer: str | None,
    best: int | None,
    as_format: str,
    corpus: str | None,
) -> None:
    """Show the leaderboards of runs, whole or by kind of document.

    With several runs: one table with each extractor's F1 on each corpus, by the corpus's own measure, and
    on request with sizes of what came back over the pages of all.
    """
    costs = [name for name in columns if name in options.COSTS]
    if costs and by:
        raise InputError(f"times and memory are of one whole run; leave out {', '.join(costs)}, or --by")
    if columns and published:
        raise InputError("published figures have no such columns; leave out --columns, or --published")
    if costs and len(runs) > 1:
        raise InputError(
            f"times and memory are of one run; leave out {', '.join(costs)}, or all runs but one"
        )
    if tokenizer is not None and "tokens" not in columns:
        raise InputError("--tokenizer counts tokens; ask for them with --columns tokens")
    if len(runs) > 1:
        if by or measure or average or published or corpus:
            raise InputError(
                "several runs stand in one table; give one run for --by, --measure or --published"
            )
        _print_summary([load_run(run) for run in runs], best, columns, tokenizer, as_format)
        return
    if best is not None:
        raise InputError("the best are chosen over several runs; give another run, or leave out --best")
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
            # What is published has no extractions.csv, but its leaderboard.csv has the 95th percentile.
            costs=bool(set(costs) - {"p95"}),
            sizes=[name for name in columns if name in options.SIZES],
            tokenizer=tokenizer,
            corpus=corpus,
            progress=progress,
        )
    _print(run, table, by, columns, as_format)


def _print(run: Run, table: pd.DataFrame, by: str | None, columns: tuple[str, ...], as_format: str) -> None:
    from boilerbench.reports import leaderboards as reports
    from boilerbench.reports import terminal
    from boilerbench.reports.leaderboard_columns import size_notes
    from boilerbench.reports.structure_tables import unjudged_notes

    if as_format in ("csv", "json"):
        click.echo(table_text(table, as_format), nl=False)
        return
    measures = run.info.measures
    boards = list(
        reports.grouped_boards(table, measures, by, columns)
        if by
        else reports.boards(table, measures, columns)
    )
    sizes = size_notes(table, columns)
    if as_format == "latex":
        click.echo("\n".join(_latex(run, board, by, columns, sizes) for board in boards), nl=False)
        return
    if as_format == "markdown":
        notes = [reports.EQUAL_MEANS] * any(map(reports.is_marked, boards))
        notes += [] if by else reports.cost_notes(run.leaderboard, columns)
        notes += sizes
        click.echo("\n".join(map(reports.as_markdown, boards)))
        click.echo("\n".join(f"- {line}" for line in notes))
        return
    # All files of the run are read before anything is printed.
    headline, conditions = terminal.headline(run), terminal.conditions(run, columns)
    notes = [*reports.unscored(run), *reports.unscorable(run.unscorable)]
    notes += unjudged_notes(run, table["measure"].unique())
    notes += reports.grouping_notes(run, table, by) if by else ()
    console = stdout()
    console.print(headline, style="bold")
    for board in boards:
        console.print(terminal.board_table(board))
    for line in (*notes, *sizes, conditions):
        console.print(line, markup=False)


def _latex(run: Run, board: Board, by: str | None, columns: tuple[str, ...], sizes: Sequence[str]) -> str:
    from boilerbench.reports import leaderboards as reports
    from boilerbench.reports import terminal
    from boilerbench.reports.latex import latex_table

    caption = [
        f"F1 in points by {board.title}.",
        f"Corpus {terminal.headline(run)}.",
        *([reports.EQUAL_MEANS] if reports.is_marked(board) else []),
        terminal.interval_note(run),
        *(reports.cost_notes(run.leaderboard, columns) if "Failed" in board.columns else []),
        *(sizes if by or "Failed" in board.columns else []),
    ]
    label = [run.info.corpus.name, board.measure, board.average, *([by] if by else [])]
    return latex_table(board, caption, label)


def _print_published(run: Run, measure: str | None, as_format: str) -> None:
    from boilerbench.reports import published, terminal

    table = published.table_of(run, measure)
    rows = published.beside(run, table)
    if as_format in ("csv", "json"):
        click.echo(table_text(rows, as_format), nl=False)
        return
    board, headline = published.board_of(run, table, rows), terminal.headline(run)
    meaning, remarks = published.meaning(run, table), published.remarks(rows)
    if as_format == "latex":
        label = ("published", run.info.corpus.name, board.measure)
        caption = [f"F1 in points by {board.title}.", f"Corpus {headline}.", *meaning]
        _print_latex(board, caption, label, remarks)
    else:
        _print_with_notes(board, [*meaning, *remarks], as_format, headline)


def _print_summary(
    runs: list[Run], best: int | None, sizes: tuple[str, ...], tokenizer: str | None, as_format: str
) -> None:
    import pandas as pd

    from boilerbench.reports import cross_corpus
    from boilerbench.reports import leaderboards as reports
    from boilerbench.reports.leaderboard_columns import size_notes

    together, by_run = None, None
    notes = cross_corpus.what_it_shows(runs, best)
    if sizes:
        with live_progress() as progress:
            together, by_run = leaderboards.sizes_over_runs(runs, sizes, tokenizer, progress)
        notes += [*size_notes(together, sizes), cross_corpus.SIZES_ARE]
    notes.append(reports.EQUAL_MEANS)
    board = cross_corpus.summary(runs, best, together, sizes)
    if as_format in ("csv", "json"):
        shown = {row[0] for row in board.rows}
        tables = [cross_corpus.own_rows(run).assign(run=run.name) for run in runs]
        if by_run:
            tables = [table.join(own, on="extractor") for table, own in zip(tables, by_run, strict=True)]
        tables = [table[table["extractor"].isin(shown)] for table in tables]
        click.echo(table_text(pd.concat(tables), as_format), nl=False)
    elif as_format == "latex":
        _print_latex(board, [f"{board.title}.", *notes], ("corpora", *(run.name for run in runs)))
    else:
        _print_with_notes(board, notes, as_format)


def _print_latex(
    board: Board, caption: Sequence[str], label: Sequence[str], remarks: Sequence[str] = ()
) -> None:
    """A table for a paper, and comments below it."""
    from boilerbench.reports.latex import latex_table

    sentences = [line if line.endswith(".") else f"{line}." for line in caption]
    click.echo(latex_table(board, sentences, label), nl=False)
    for line in remarks:
        click.echo(f"% {' '.join(line.split())}")


def _print_with_notes(board: Board, notes: Sequence[str], as_format: str, headline: str = "") -> None:
    """A table for a terminal or in Markdown, and below it what it means, a line each."""
    from boilerbench.reports import leaderboards, terminal

    if as_format == "markdown":
        click.echo(leaderboards.as_markdown(board))
        click.echo("\n".join(f"- {line}" for line in notes))
        return
    console = stdout()
    if headline:
        console.print(headline, style="bold")
    console.print(terminal.board_table(board))
    for line in notes:
        console.print(line, markup=False)

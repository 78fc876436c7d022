"""``boilerbench documents``: the figures of every document, worst first."""

from __future__ import annotations

from pathlib import Path

import click

from boilerbench.cli import options
from boilerbench.cli.next_command import next_line
from boilerbench.cli.output import stdout, table_text
from boilerbench.cli.show import one_of
from boilerbench.results import load_run


@click.command()
@click.argument("run", type=options.RUN)
@click.argument("extractors", nargs=-1, metavar="[EXTRACTOR]...")
@options.measure()
@click.option(
    "--sort",
    type=click.Choice(["f1", "precision", "recall", "spread", "words"]),
    default="f1",
    show_default=True,
    help="Worst first by a figure; by how far F1 is spread over the extractors; or by words lost and leaked.",
)
@click.option("--worst", type=click.IntRange(min=1), metavar="N", help="Only the first N rows.")
@options.as_format("table", "csv", "json", "markdown")
def documents(
    run: Path, extractors: tuple[str, ...], measure: str | None, sort: str, worst: int | None, as_format: str
) -> None:
    """Show precision, recall and F1 of every document, worst first.

    \b
    boilerbench documents RUN
    boilerbench documents RUN trafilatura --worst 20
    boilerbench documents RUN trafilatura justext --sort spread

    Lost and leaked are what the measure counts as missing and as too much: words, for the measure words.
    """
    from boilerbench.reports import terminal
    from boilerbench.reports.document_board import document_board
    from boilerbench.reports.ids import id_beginning
    from boilerbench.reports.leaderboards import as_markdown
    from boilerbench.stats.documents import document_scores
    from boilerbench.stats.run_pairs import measure_of

    loaded = load_run(run)
    names = [one_of("extractor", name, list(loaded.info.rows)) for name in extractors]
    table = document_scores(loaded, names, measure=measure, sort=sort, worst=worst)
    if as_format in ("csv", "json"):
        click.echo(table_text(table, as_format), nl=False)
        return
    board = document_board(table, measure_of(loaded, measure), list(loaded.documents["document"]))
    if as_format == "markdown":
        click.echo(as_markdown(board), nl=False)
        return
    console = stdout()
    console.print(terminal.headline(loaded), style="bold")
    console.print(terminal.board_table(board))
    documents = list(loaded.documents["document"])
    words = (run, id_beginning(str(table["document"].iloc[0]), documents), str(table["extractor"].iloc[0]))
    console.print(next_line("show", *words), soft_wrap=True, markup=False)

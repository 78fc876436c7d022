"""``boilerbench structure``."""

from __future__ import annotations

from pathlib import Path

import click

from boilerbench.cli import options
from boilerbench.cli.next_command import next_line
from boilerbench.cli.output import stdout, table_text
from boilerbench.cli.show import one_of
from boilerbench.results import load_run


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.argument("extractor", required=False)
@click.option(
    "--by",
    "figure",
    type=click.Choice(["precision", "recall", "f1"]),
    default="f1",
    show_default=True,
    help="The figure of the table of all extractors.",
)
@options.as_format("table", "markdown", "csv", "json")
def structure(run: Path, extractor: str | None, figure: str, as_format: str) -> None:
    """Show what survives of headings, lists, tables, code and links.

    For one EXTRACTOR with the worst documents. Gold must be labelled and RUN scored by the measure structure.
    """
    from boilerbench.measures.structure_aspects import ASPECTS
    from boilerbench.reports.ids import id_beginning
    from boilerbench.reports.structure_tables import (
        extractor_structure_table,
        extractors_by_aspect,
        structure_tables,
    )
    from boilerbench.stats.structure import by_aspect, worst_documents

    loaded = load_run(run)
    counts = loaded.structure
    if extractor is not None:
        extractor = one_of("extractor", extractor, list(counts["extractor"].unique()))
        counts = counts[counts["extractor"] == extractor]
    table = by_aspect(counts, ASPECTS)
    if as_format == "markdown":
        click.echo(extractors_by_aspect(table, figure, ASPECTS))
        return
    if as_format != "table":
        click.echo(table_text(table, as_format), nl=False)
        return
    console = stdout()
    documents = list(loaded.documents["document"])
    if extractor is None:
        for group in structure_tables(table, figure, ASPECTS):
            console.print(group)
        names = [each.name for each in loaded.info.extractors]
        console.print(next_line("structure", run, names[0]), soft_wrap=True, markup=False)
        return
    console.print(extractor_structure_table(table, counts, extractor, documents))
    worst = worst_documents(counts, extractor, most=1) or documents
    console.print(
        next_line("show", run, id_beginning(worst[0], documents), extractor), soft_wrap=True, markup=False
    )

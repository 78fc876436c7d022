"""``boilerbench leaks``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from boilerbench.cli import options
from boilerbench.cli.next_command import next_line
from boilerbench.cli.output import stdout, table_text
from boilerbench.cli.show import one_of
from boilerbench.policy import Policy, parse_policy
from boilerbench.records import FOREIGN, Role
from boilerbench.results import load_run

if TYPE_CHECKING:
    import pandas as pd


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.argument("extractor", required=False)
@click.option(
    "--by", type=click.Choice(["page_type", "language", "trap"]), help="A row per kind of document."
)
@click.option(
    "--at-least",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="N",
    help="With --by: only kinds with so many documents.",
)
@click.option("--label", metavar="LABEL", help="With --by: one label only.")
@click.option("--words", is_flag=True, help="Shares of words instead of blocks.")
@options.as_format("table", "csv", "json")
def leaks(
    run: Path,
    extractor: str | None,
    by: str | None,
    at_least: int,
    label: str | None,
    words: bool,
    as_format: str,
) -> None:
    """Show what leaks and what gets lost, by label.

    For one EXTRACTOR with the worst documents. Gold must be labelled and RUN scored by the measure blocks.
    """
    from boilerbench.reports import label_tables as tables
    from boilerbench.reports.ids import id_beginning
    from boilerbench.stats import labels as stats
    from boilerbench.stats.groups import run_groups

    loaded = load_run(run)
    policy = parse_policy(loaded.info.policy or "default")
    labels = loaded.labels
    if extractor is not None:
        extractor = one_of("extractor", extractor, list(labels["extractor"].unique()))
        labels = labels[labels["extractor"] == extractor]
    if label is not None:
        label = one_of("label", label, [*policy.roles, FOREIGN])
        labels = labels[labels["label"] == label]
    unit = "words" if words else "blocks"
    table = (
        stats.by_group(labels, policy, run_groups(loaded, by, at_least))
        if by
        else stats.by_label(labels, policy)
    )
    if as_format != "table":
        click.echo(table_text(table, as_format), nl=False)
        return
    console = stdout()
    documents = list(loaded.documents["document"])
    if by:
        for group in tables.group_tables(table, by, unit, label):
            console.print(group)
    elif extractor is not None:
        console.print(tables.extractor_table(table, labels, extractor, documents))
        document = id_beginning(_worst(labels, policy, documents), documents)
        console.print(next_line("show", run, document, extractor), soft_wrap=True, markup=False)
    else:
        for group in tables.label_tables(table, unit):
            console.print(group)
        names = [each.name for each in loaded.info.extractors]
        console.print(next_line("leaks", run, names[0]), soft_wrap=True, markup=False)


def _worst(labels: pd.DataFrame, policy: Policy, documents: Sequence[str]) -> str:
    """Return the document on which an extractor leaks most words of boilerplate, or else the first."""
    leaked = labels[labels["label"].isin(policy.labels(Role.BOILERPLATE))]
    words = leaked.groupby("document", sort=False)["words_found"].sum()
    return str(words.idxmax()) if len(words) and words.max() > 0 else documents[0]

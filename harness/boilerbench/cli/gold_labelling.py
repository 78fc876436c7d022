"""``boilerbench gold label`` and ``boilerbench gold settle``, in the browser and in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from boilerbench.cli.gold_folder import document_folder, gold_folder, root_of, where
from boilerbench.cli.label_blocks import label_blocks
from boilerbench.cli.label_browser import gold_workspace, label_in_browser, overlay_workspace
from boilerbench.cli.next_command import next_line
from boilerbench.cli.settle_differences import settle_differences
from boilerbench.corpora.gold import GoldCorpus
from boilerbench.errors import InputError
from boilerbench.labelling.app.learning import Learning
from boilerbench.labelling.app.workspace import Workspace


@click.command()
@click.argument("names", nargs=-1, metavar="[ID...]")
@gold_folder
@click.option("--all", "every", is_flag=True, help="All documents, those with something left first to come.")
@click.option("--browser", is_flag=True, help="In the browser, beside the page as it looks.")
@click.option("--as", "annotator", metavar="NAME", help="Label as this annotator, blind to all other labels.")
@click.option("-c", "--corpus", "spec", metavar="CORPUS", help="Pages of a published corpus, as overlays.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Of the browser's server. Default: any."
)
@click.option("--no-suggestions", "alone", is_flag=True, help="Suggest no label.")
@click.option("--no-open", "closed", is_flag=True, help="Print the link, and open no browser.")
def label(
    names: tuple[str, ...],
    root: Path | None,
    every: bool,
    browser: bool,
    annotator: str | None,
    spec: str | None,
    port: int,
    alone: bool,
    closed: bool,
) -> None:
    """Give a label to each block, in the browser or, one key each, in the terminal; go on where you stopped.

    Every step is saved when it is made. Without an ID, all documents are labelled in the browser.
    """
    if spec is None and (names or every) and not browser:
        _label_in_terminal(root, names or tuple(GoldCorpus.open(str(root_of(root))).ids()), annotator)
        return
    workspace: Workspace
    if spec is not None:
        workspace = overlay_workspace(spec, root_of(root), names, annotator)
        if not workspace.documents():
            raise InputError(f"no page of {spec} is labelled yet; name those to label")
    else:
        workspace = gold_workspace(root_of(root), () if every else names, annotator)
    learning = None if alone else Learning(workspace)
    label_in_browser(workspace, learning, port=port, opening=not closed)


def _label_in_terminal(root: Path | None, names: Sequence[str], annotator: str | None) -> None:
    for name in names:
        left, number = label_blocks(document_folder(root, name), annotator)
        if left:
            click.echo(f"{left} of {number} blocks left; the same command goes on from there")
            return
        done = f"{name}: all {number} blocks have a label."
        following = f"{next_line('gold check', name)}{where(root)}"
        click.echo(done if annotator else f"{done} {following}")


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="ID...")
@gold_folder
@click.option("--browser", is_flag=True, help="In the browser, beside the page as it looks.")
@click.option("--no-open", "closed", is_flag=True, help="Print the link, and open no browser.")
def settle(names: tuple[str, ...], root: Path | None, browser: bool, closed: bool) -> None:
    """Settle what two annotators differ in: both labels, one key, and the decision that it follows.

    Blocks on which both agree get their label first. What is typed after : is kept as the decision, for this
    difference and those that follow.
    """
    if browser:
        workspace = gold_workspace(root_of(root), names, None)
        label_in_browser(workspace, None, port=0, opening=not closed)
        return
    for name in names:
        left = settle_differences(document_folder(root, name))
        if left:
            click.echo(f"{name}: {left} differences left; the same command goes on from there")
            return
        click.echo(f"{name}: all is settled. {next_line('gold check', name)}{where(root)}")

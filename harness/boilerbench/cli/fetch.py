"""``boilerbench corpora fetch``: a published corpus to the user's cache folder."""

from __future__ import annotations

from pathlib import Path

import click

from boilerbench.cli.output import stdout, transfer_progress
from boilerbench.corpora.catalog import all_sources, corpora_folder, find
from boilerbench.corpora.fetch import fetch as fetch_corpus
from boilerbench.errors import InputError


@click.command()
@click.argument("name", required=False)
@click.option(
    "--from",
    "local",
    type=click.Path(path_type=Path),
    metavar="FILE_OR_FOLDER",
    help="Take a copy instead of downloading: the archive, or a folder with the files. It is verified alike.",
)
@click.option("--force", is_flag=True, help="Fetch again what is there.")
def fetch(name: str | None, local: Path | None, force: bool) -> None:
    """Fetch the published corpus NAME, or list what can be fetched.

    It is downloaded to the user's cache folder, verified, and put in place whole or not at all. After that,
    --corpus NAME opens it.

    \b
    boilerbench corpora fetch aeb
    boilerbench corpora fetch wcxb/dev --from web-content-extraction-benchmark.tar.gz
    """
    if name is None:
        if local or force:
            raise InputError("say which corpus, as in boilerbench corpora fetch aeb")
        _list()
        return
    source, _ = find(name)
    with transfer_progress(f"fetching {name}") as bar:
        corpora = fetch_corpus(name, local=local, force=force, bar=bar)
    for corpus in corpora:
        state = "fetched to" if corpus.fresh else "already in"
        click.echo(f"{corpus.name}: {corpus.documents:,} documents, {state} {corpus.folder}")
        known = "as pinned" if corpus.verified else "not pinned yet, so that only their number was checked"
        click.echo(f"  digest {corpus.digest}, {known}")
    click.echo(f"Licence: {source.licence}")
    click.echo(f"Cite: {source.citation}")
    click.echo(f"Run it:  boilerbench run --corpus {corpora[0].name}")


def _list() -> None:
    from boilerbench.reports.terminal import listing

    root = corpora_folder()
    rows = []
    for source in all_sources().values():
        for name, part in zip(source.names, source.parts, strict=True):
            number = "" if part.documents is None else f"{part.documents:,}"
            size = "" if source.bytes is None else f"{source.bytes / 1e6:,.0f} MB"
            state = "fetched" if (root / name).is_dir() else ""
            rows.append((name, number, size, source.licence, state))
    columns = ("Name", "Documents", "Download", "Licence", "State")
    stdout().print(listing(f"Published corpora, fetched to {root}", columns, rows))

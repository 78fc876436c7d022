"""``boilerbench corpora``: the formats, and the published corpora that can be fetched."""

from __future__ import annotations

import click

from harness.cli.fetch import fetch
from harness.cli.lists import corpora as listing


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.pass_context
def corpora(context: click.Context, as_json: bool) -> None:
    """List the corpus formats, or fetch a published corpus.

    \b
    boilerbench corpora
    boilerbench corpora fetch wcxb/dev
    """
    if context.invoked_subcommand is None:
        context.invoke(listing, as_json=as_json)
        if not as_json:
            click.echo("Published ones need no path once fetched: boilerbench corpora fetch lists them.")


corpora.add_command(fetch)

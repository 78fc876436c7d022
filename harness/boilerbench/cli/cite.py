"""``boilerbench cite``: the BibTeX entries of a run."""

from __future__ import annotations

from pathlib import Path

import click

from boilerbench.cli import options
from boilerbench.results import load_run


@click.command()
@click.argument("run", type=options.RUN)
def cite(run: Path) -> None:
    """Print BibTeX entries for a run: boilerbench, its corpus, its tools.

    With the versions, the digest and the measures' signatures that its figures come from.
    """
    from boilerbench.reports.citation import bibtex

    click.echo(bibtex(load_run(run)), nl=False)

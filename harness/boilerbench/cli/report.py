"""``boilerbench report``: the HTML report of a run or two."""

from __future__ import annotations

from pathlib import Path

import click

from boilerbench import evaluate
from boilerbench.cli import options
from boilerbench.cli.output import live_progress


@click.command()
@click.argument("run", type=options.RUN)
@click.argument("other", metavar="[RUN2]", required=False, type=options.RUN)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Where to write, instead of RUN/report.")
@click.option("--open", "open_page", is_flag=True, help="Open it in the browser.")
@options.corpus()
def report(run: Path, other: Path | None, out: Path | None, open_page: bool, corpus: str | None) -> None:
    """Write the HTML report of a run, or of two in comparison.

    Every figure leads to the pages behind it. The folder opens from disk, loads nothing from anywhere, and
    can be zipped, mailed or put on a web server.
    """
    from boilerbench.reports.html.write import PAGE

    with live_progress() as progress:
        folder = evaluate.report(run, other, corpus=corpus, out=out, progress=progress)
    page = folder / PAGE
    click.echo(f"In {page}")
    if open_page:
        click.launch(str(page))

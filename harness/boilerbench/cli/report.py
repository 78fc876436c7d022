"""``boilerbench report``."""

from __future__ import annotations

from pathlib import Path

import click

from boilerbench.cli.output import live_progress
from boilerbench.evaluate import report as write


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.argument("other", metavar="[RUN2]", required=False, type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Where to write, instead of RUN/report.")
@click.option("--open", "open_it", is_flag=True, help="Open it in the browser.")
@click.option("-c", "--corpus", metavar="CORPUS", help="Where the corpus lies now, if it has moved.")
def report(run: Path, other: Path | None, out: Path | None, open_it: bool, corpus: str | None) -> None:
    """Write the HTML report of RUN, or of RUN against RUN2: every figure opens onto the pages behind it.

    The folder opens from disk, loads nothing from anywhere, and can be zipped, mailed or put on a web server.
    """
    from boilerbench.reports.html.write import PAGE

    with live_progress() as progress:
        folder = write(run, other, corpus=corpus, out=out, progress=progress)
    page = folder / PAGE
    click.echo(f"In {page}")
    if open_it:
        click.launch(str(page))

"""``boilerbench reproduce``: make a run again, and say what differs."""

from __future__ import annotations

import json
from pathlib import Path

import click

from boilerbench import reproduction
from boilerbench.cli import options
from boilerbench.cli.output import live_progress, say, stdout


@click.command()
@click.argument("run", type=options.RUN)
@options.corpus()
@click.option("-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Tools that work side by side.")
@options.out("Folder in which the new run gets a folder.", Path("runs", "reproduced"))
@options.as_json()
def reproduce(run: Path, corpus: str | None, jobs: int | None, out: Path, as_json: bool) -> int:
    """Run a run again in the environments that it names, and say what differs.

    Everything is extracted again, on the run's documents, with its limits, measures and seed. A run that does
    not name its packages gets its versions, with dependencies as of its date. Exit code 1 where something
    comes out differently, or could not be run again.
    """
    from boilerbench.reports.formatting import counted

    remarks: list[str] = []
    with live_progress() as progress:
        result = reproduction.reproduce(
            run, corpus=corpus, out=out, jobs=jobs, progress=progress, remark=remarks.append
        )
    for remark in remarks:
        say(f"boilerbench: {remark}")
    if as_json:
        record = {
            "same": result.same,
            "left_out": dict(result.left_out),
            "inputs": result.inputs,
            "outcomes": result.outcomes,
        }
        click.echo(json.dumps(record, indent=2, ensure_ascii=False))
        return 0 if result.same else 1
    console = stdout()
    rows = len(result.second.info.extractors)
    verdict = "all came out alike" if not result.outcomes else "not all came out alike"
    documents = result.second.info.corpus.documents
    console.print(
        f"{run}: {counted(rows, 'extractor')} run again on {counted(documents, 'document')}, {verdict}.",
        markup=False,
        style="bold",
    )
    for title, lines in (
        ("Not run again:", [f"{name}: {reason}" for name, reason in result.left_out.items()]),
        ("Went in differently:", result.inputs),
        ("Came out differently:", result.outcomes),
    ):
        if lines:
            console.print(title, markup=False)
            for line in lines:
                console.print(f"  {line}", markup=False, soft_wrap=True)
    console.print(f"In {result.second.folder}", markup=False)
    return 0 if result.same else 1

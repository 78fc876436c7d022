"""``boilerbench score``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from boilerbench.cli.output import live_progress, say, stdout
from boilerbench.cli.run import as_record, print_run


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option(
    "-m",
    "--measure",
    "measures",
    multiple=True,
    metavar="MEASURE",
    help="A name or all; may be repeated. Default: those of the run.",
)
@click.option(
    "--policy",
    metavar="POLICY",
    help="What labels count as: default, a TOML file, or with changes, as default,+comment,-caption. "
    "Default: that of the run.",
)
@click.option("-c", "--corpus", metavar="CORPUS", help="Where the corpus lies now, if it has moved.")
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    metavar="N",
    help="Decides the draws of intervals and tests. Default: the run's.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the leaderboard as JSON.")
def score(
    run: Path,
    measures: tuple[str, ...],
    policy: str | None,
    corpus: str | None,
    seed: int | None,
    as_json: bool,
) -> None:
    """Score the stored texts of RUN anew and renew its tables.

    Gold may have been corrected since, or other measures or another policy be wanted; no tool runs again.
    """
    from boilerbench import evaluate

    remarks: list[str] = []
    with live_progress() as progress:
        done = evaluate.score(
            run, measures, policy=policy, corpus=corpus, seed=seed, progress=progress, remark=remarks.append
        )
    for remark in remarks:
        say(f"boilerbench: {remark}")
    if as_json:
        click.echo(json.dumps(as_record(done), indent=2))
    else:
        print_run(stdout(), done)

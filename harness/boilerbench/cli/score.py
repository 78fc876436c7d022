"""``boilerbench score``: the stored texts of a run, scored again."""

from __future__ import annotations

import json
from pathlib import Path

import click

from boilerbench import rescoring
from boilerbench.cli import options
from boilerbench.cli.output import live_progress, say
from boilerbench.cli.run_summary import as_record, print_run
from boilerbench.reference_rows import ROWS


@click.command()
@click.argument("run", type=options.RUN)
@options.measures("those of the run")
@options.policy(default=None)
@click.option(
    *("--reference", "references"),
    type=click.Choice([*ROWS, "none"]),
    multiple=True,
    help="A row beside the extractors that does not compete; may be repeated. best-pick: the best output for "
    "each document; block-search: the best choice of the page's blocks that a search finds, a few hundred "
    "measurements a page; vote, weighted-vote: ensembles. Default: those of the run.",
)
@options.corpus()
@options.seed(default=None)
@options.independent()
@options.as_json("the leaderboard")
def score(
    run: Path,
    measures: tuple[str, ...],
    policy: str | None,
    references: tuple[str, ...],
    corpus: str | None,
    seed: int | None,
    independent: bool,
    as_json: bool,
) -> None:
    """Score the stored texts of a run again.

    The tables of RUN are replaced: for gold that has been corrected since, for other measures, or for another
    policy. No tool runs again.
    """
    remarks: list[str] = []
    with live_progress() as progress:
        done = rescoring.score(
            run,
            measures,
            policy=policy,
            references=[name for name in references if name != "none"] if references else None,
            corpus=corpus,
            seed=seed,
            independent=independent,
            progress=progress,
            remark=remarks.append,
        )
    for remark in remarks:
        say(f"boilerbench: {remark}")
    if as_json:
        click.echo(json.dumps(as_record(done), indent=2))
    else:
        print_run(done)

"""``boilerbench merge``: the runs of all shards of a corpus made one."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path

import click

from boilerbench.cli import options
from boilerbench.cli.output import say
from boilerbench.cli.run_summary import as_record, print_run
from boilerbench.merging import merge as merged


@click.command()
@click.argument("runs", type=options.RUN, nargs=-1, required=True)
@options.out("Folder in which the run gets a folder.")
@options.as_json("the leaderboard")
def merge(runs: tuple[Path, ...], out: Path, as_json: bool) -> None:
    """Make one run of the runs of all shards of a corpus.

    \b
    boilerbench run -c wcxb/dev --shard 1/2
    boilerbench run -c wcxb/dev --shard 2/2
    boilerbench merge runs/wcxb-dev-1-of-2 runs/wcxb-dev-2-of-2

    It is the run that one machine would have written: nothing runs or is scored again.
    """
    remarks: list[str] = []
    command = shlex.join(["boilerbench", *sys.argv[1:]])
    done = merged(runs, out=out, command=command, remark=remarks.append)
    for remark in remarks:
        say(f"boilerbench: {remark}")
    if as_json:
        click.echo(json.dumps(as_record(done), indent=2))
    else:
        print_run(done)

"""``boilerbench run``."""

from __future__ import annotations

import dataclasses
import json
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from boilerbench.cli.output import live_progress, say, stdout
from boilerbench.corpora import open_corpus
from boilerbench.errors import InputError
from boilerbench.results import RUN_FILES, check_target

if TYPE_CHECKING:
    from rich.console import Console

    from boilerbench.results import Run


@click.command()
@click.option(
    "-c",
    "--corpus",
    "corpora",
    multiple=True,
    metavar="CORPUS",
    help="gold (the default), FORMAT:PATH, or a fetched corpus by its name; may be repeated.",
)
@click.option(
    "-e",
    "--extractor",
    "extractors",
    multiple=True,
    metavar="SPEC",
    help="tool, tool@version, tool?option=value, cmd:, cmd-simple:, py:, file:, or a group "
    "(default, python, node, all); may be repeated.",
)
@click.option(
    "-m",
    "--measure",
    "measures",
    multiple=True,
    metavar="MEASURE",
    help="A name or all; may be repeated. Default: the corpus's own.",
)
@click.option(
    "--policy",
    default="default",
    show_default=True,
    metavar="POLICY",
    help="What labels count as: default, a TOML file, or with changes, as default,+comment,-caption.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Tools that work side by side. Default: one per core.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="Time that a tool has for a page.",
)
@click.option(
    "--memory",
    type=click.IntRange(min=64),
    default=2048,
    show_default=True,
    metavar="MB",
    help="Memory that a tool may have.",
)
@click.option("--fresh", is_flag=True, help="Extract everything anew, whatever was extracted before.")
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    metavar="N",
    help="Decides the draws of intervals and tests.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Take only the first N documents.")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default="runs",
    show_default=True,
    metavar="DIR",
    help="Folder in which each run gets a folder.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the leaderboards as JSON.")
def run(
    corpora: tuple[str, ...],
    extractors: tuple[str, ...],
    measures: tuple[str, ...],
    policy: str,
    jobs: int | None,
    timeout: float,
    memory: int,
    fresh: bool,
    seed: int,
    limit: int | None,
    out: Path,
    as_json: bool,
) -> int:
    """Run extractors over a corpus and score what they return.

    \b
    boilerbench run
    boilerbench run -c aeb:../article-extraction-benchmark -e trafilatura -e justext
    boilerbench run -e trafilatura@1.12.2 -e trafilatura -e "trafilatura?favor_precision=true"
    boilerbench run -c aeb:PATH -e file:outputs.json
    """
    from boilerbench import evaluate

    opened = [open_corpus(spec) for spec in corpora or ("gold",)]
    names = [corpus.name for corpus in opened]
    for name in names:
        if names.count(name) > 1:
            raise InputError(
                f"two corpora are called {name} and would share {out / name}; run them apart with --out"
            )
        check_target(out / name)
    runs = []
    remarks: list[str] = []
    for corpus in opened:
        try:
            with live_progress() as progress:
                done = evaluate.run(
                    corpus,
                    extractors,
                    measures,
                    policy=policy,
                    jobs=jobs,
                    timeout=timeout,
                    memory=memory,
                    limit=limit,
                    out=out,
                    fresh=fresh,
                    seed=seed,
                    command=shlex.join(["boilerbench", *sys.argv[1:]]),
                    progress=progress,
                    remark=remarks.append,
                )
        except KeyboardInterrupt:
            say(
                f"boilerbench: interrupted; {out / corpus.name} is as it was, and what was extracted is kept:"
            )
            say("             the same command goes on from there" + (", without --fresh" if fresh else ""))
            return 130
        runs.append(done)
        while remarks:
            say(f"boilerbench: {remarks.pop(0)}")
        if not as_json:
            print_run(stdout(), done)
    if as_json:
        click.echo(json.dumps({"runs": [as_record(each) for each in runs]}, indent=2))
    return 1 if any(each.info.unavailable or each.info.left_out for each in runs) else 0


def print_run(console: Console, run: Run) -> None:
    """Leaderboards, the documents that tell the extractors apart, and what to do next."""
    from boilerbench.reports import leaderboards, terminal
    from boilerbench.reports.ids import short_id
    from boilerbench.stats import disagreements

    console.print(terminal.headline(run), style="bold")
    for board in leaderboards.boards(run.leaderboard, run.info.measures):
        console.print(terminal.board_table(board))
    for line in leaderboards.unscored(run):
        console.print(line, markup=False)
    documents = list(run.extractions["document"].unique())
    for line in terminal.failures(run.extractions, documents):
        console.print(line, style="red", markup=False)
    competing = run.scores[~run.scores["extractor"].isin(run.info.references)]
    found = disagreements(competing, run.info.measures[0].name)
    example = (documents[0], run.info.extractors[0].name)
    if len(found):
        console.print(terminal.disagreement_table(found, documents))
        example = (found["document"][0], found["worst"][0])
    console.print(terminal.conditions(run), markup=False)
    console.print(f"In {run.folder}: {', '.join(RUN_FILES)}", markup=False)
    shown = (str(run.folder), short_id(example[0], documents), example[1])
    console.print(f"Next:  boilerbench show {shlex.join(shown)}\n", soft_wrap=True, markup=False)


def as_record(run: Run) -> dict[str, Any]:
    """A run as a program reads it: where it lies, what run.json says, and its leaderboard."""
    rows = json.loads(run.leaderboard.to_json(orient="records"))
    return {"folder": str(run.folder), **dataclasses.asdict(run.info), "leaderboard": rows}

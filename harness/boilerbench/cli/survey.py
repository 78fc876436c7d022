"""``boilerbench survey``: extractors over pages without gold."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from boilerbench.cli import options
from boilerbench.cli.downloads import downloads_line
from boilerbench.cli.gold_folder import where
from boilerbench.cli.next_command import next_line
from boilerbench.cli.output import json_text, live_progress, say, stdout
from boilerbench.folders import user_cache_path

if TYPE_CHECKING:
    from boilerbench.survey import Survey


@click.command()
@click.argument("corpus")
@click.option(
    "-e",
    "--extractor",
    "extractors",
    multiple=True,
    metavar="SPEC",
    help="As in run; may be repeated. Default: the group default, without baselines.",
)
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    metavar="N",
    help="Draw N pages, of each kind (site, top-level domain, size, language) its share.",
)
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="Take the first N pages of what is left."
)
@click.option(
    "--price",
    type=click.FloatRange(min=0),
    default=0.05,
    show_default=True,
    metavar="PRICE",
    help="What a core costs for an hour, in any currency.",
)
@click.option(
    "--next",
    "next_pages",
    type=click.IntRange(min=1),
    metavar="N",
    help="Write the N pages most worth labelling, as gold documents without labels.",
)
@click.option(
    "--next-by",
    type=click.Choice(["disagreement", "chance"]),
    default="disagreement",
    show_default=True,
    help="chance: a sample instead, from which F1 on the crawl can be estimated.",
)
@click.option(
    "--gold",
    type=options.RUN,
    metavar="RUN",
    help="A run on such a sample, labelled: estimate F1 on all of these pages from it.",
)
@options.jobs()
@options.limits()
@options.allow_read()
@options.allow_network()
@options.seed()
@options.out("Folder in which each survey gets a folder.", "surveys")
@options.as_json("the tables")
def survey(
    corpus: str,
    extractors: tuple[str, ...],
    sample: int | None,
    limit: int | None,
    price: float,
    next_pages: int | None,
    next_by: str,
    gold: Path | None,
    jobs: int | None,
    timeout: float,
    memory: int,
    allow_read: tuple[str, ...],
    allow_network: tuple[str, ...],
    seed: int,
    out: Path,
    as_json: bool,
) -> int:
    """Run extractors over pages without gold: what they cost, how far they agree.

    \b
    boilerbench survey html:saved-pages
    boilerbench survey "warc:crawl/*.warc.gz" -e trafilatura -e resiliparse
    boilerbench survey "parquet:pages?html=content&url=address" --sample 10000
    boilerbench survey warc:crawl.warc.gz --next 50

    CORPUS is as in run, or warc:, parquet:, html: or jsonl: with pages alone. Pages are read one after the
    other and their texts are not kept, so that their number does not matter.
    """
    from boilerbench.survey import survey as conduct

    if line := downloads_line(extractors, user_cache_path() / "environments"):
        say(f"boilerbench: {line}")
    remarks: list[str] = []
    with live_progress() as progress:
        made = conduct(
            *(corpus, extractors or None),
            sample=sample,
            limit=limit,
            price=price,
            next_pages=next_pages or 0,
            next_by=next_by,
            gold=gold,
            jobs=jobs,
            timeout=timeout,
            memory=memory,
            allow_read=allow_read,
            allow_network=allow_network,
            out=out,
            seed=seed,
            command=shlex.join(["boilerbench", *sys.argv[1:]]),
            progress=progress,
            remark=remarks.append,
        )
    for remark in dict.fromkeys(remarks):
        say(f"boilerbench: {remark}")
    if as_json:
        click.echo(json_text(_record(made)))
    else:
        _print(made)
    return 1 if made.info.unavailable else 0


def _record(made: Survey) -> dict[str, Any]:
    """Return a survey as plain values for JSON: its folder, what survey.json says, and its tables."""
    from boilerbench.results.schema import encode

    tables = {name: json.loads(table.to_json(orient="records")) for name, table in made.tables.items()}
    return {"folder": str(made.folder), **encode(made.info), "tables": tables}


def _print(made: Survey) -> None:
    from boilerbench.reports.terminal import figures_table
    from boilerbench.survey.views import headline, skipped_line, views

    console = stdout()
    console.print(headline(made.info), style="bold")
    if line := skipped_line(made.info):
        console.print(line, markup=False)
    for view in views(made.info, made.tables):
        table = figures_table(view.title, view.columns, view.rows, left=view.left, spare=view.spare)
        console.print(table, end="")
        if view.note:
            console.print(f"{view.note}\n", markup=False)
    console.print(f"In {made.folder}: tables, survey.json and report/index.html", markup=False)
    if "next" in made.tables and len(made.tables["next"]):
        first = str(made.tables["next"]["folder"].iloc[0])
        line = f"{next_line('gold label', first)}{where(made.folder / 'next')}"
        console.print(line, soft_wrap=True, markup=False)

"""``boilerbench run``: extract, score, and show the leaderboards."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from click.core import ParameterSource

from boilerbench import evaluate
from boilerbench.cli import bench_file, cluster, options
from boilerbench.cli.downloads import downloads_line
from boilerbench.cli.output import live_progress, say
from boilerbench.cli.run_summary import as_record, print_run
from boilerbench.corpora import Corpus, open_corpus, published_spec
from boilerbench.corpora.overlays import with_labels
from boilerbench.errors import InputError
from boilerbench.extraction import failed_throughout
from boilerbench.folders import user_cache_path
from boilerbench.results import check_target, load_run


@click.command()
@click.argument(
    "file",
    required=False,
    type=click.Path(path_type=Path, dir_okay=False),
    is_eager=True,
    callback=bench_file.take_defaults,
    metavar="[BENCH.toml]",
)
@click.option(
    "-c",
    "--corpus",
    "corpora",
    multiple=True,
    metavar="CORPUS",
    help="gold (the default), FORMAT:PATH, or a fetched corpus by its name; may be repeated. "
    "With --failed, by default that of its run.",
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
    "--overlay/--no-overlay",
    default=None,
    help="With or without our labels beside published gold, for the measure blocks. "
    "Default: with them where pages are labelled.",
)
@click.option(
    "--gold",
    "which_gold",
    type=click.Choice(["published", "own"]),
    default="published",
    show_default=True,
    help="own: of a published corpus the labelled pages, with the body that our labels make.",
)
@options.measures("the corpus's own")
@options.policy()
@options.jobs()
@options.limits()
@options.allow_read()
@options.allow_network()
@click.option("--fresh", is_flag=True, help="Extract everything again, whatever was extracted before.")
@options.seed()
@options.independent()
@click.option(
    "--document",
    "documents",
    multiple=True,
    metavar="ID",
    help="Take only this document; a beginning that no other id has is enough. May be repeated.",
)
@click.option(
    "--page-type",
    "page_types",
    multiple=True,
    metavar="TYPE",
    help="Take only documents of this page type; may be repeated.",
)
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="TAG",
    help="Take only documents in this language; en takes en-GB as well. May be repeated.",
)
@click.option(
    "--failed",
    type=options.RUN,
    metavar="RUN",
    help="Take only the documents on which the extractors failed in this run, by default those that did.",
)
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    metavar="N",
    help="Draw N documents, of each page type and language its share; --seed decides which.",
)
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="Take the first N documents of what is left."
)
@click.option(
    "--shard",
    metavar="I/N",
    help="Take only this part of what is left, as 2/4, on a machine of its own; merge joins the runs.",
)
@cluster.options
@options.out("Folder in which each run gets a folder.")
@click.option(
    "--add",
    is_flag=True,
    help="Keep the extractors that the run in this folder has, and add these on its documents.",
)
@click.option(
    "--write-config",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="BENCH.toml",
    help="Write these settings to a file instead of running.",
)
@options.as_json("the leaderboards")
@click.pass_context
def run(
    context: click.Context,
    file: Path | None,
    corpora: tuple[str, ...],
    overlay: bool | None,
    which_gold: str,
    extractors: tuple[str, ...],
    measures: tuple[str, ...],
    policy: str,
    jobs: int | None,
    timeout: float,
    memory: int,
    allow_read: tuple[str, ...],
    allow_network: tuple[str, ...],
    fresh: bool,
    seed: int,
    independent: bool,
    documents: tuple[str, ...],
    page_types: tuple[str, ...],
    languages: tuple[str, ...],
    failed: Path | None,
    sample: int | None,
    limit: int | None,
    shard: str | None,
    engine: str,
    scheduler: str | None,
    shared: str | None,
    out: Path,
    add: bool,
    write_config: Path | None,
    as_json: bool,
) -> int:
    """Run extractors over a corpus and score their outputs.

    \b
    boilerbench run
    boilerbench run -c aeb:PATH -e trafilatura -e justext
    boilerbench run -e trafilatura@1.12.2 -e "trafilatura?favor_precision=true"
    boilerbench run -c aeb:PATH -e file:outputs.json
    boilerbench run -c wcxb/dev --sample 100
    boilerbench run BENCH.toml

    BENCH.toml has such settings as a file, to be committed; options take the place of what stands there, and
    paths count from the current folder. --write-config makes one from a command line.
    """
    if write_config is not None:
        _write_config(context, write_config)
        return 0
    where = cluster.asked_for(engine, scheduler, shared, jobs)
    earlier = None if failed is None else load_run(failed)
    specs = corpora or ([earlier.info.corpus.spec] if earlier else ["gold"])
    opened = _open_corpora(specs, out, overlay=overlay, own=which_gold == "own")
    command = shlex.join(["boilerbench", *sys.argv[1:]])
    if line := downloads_line(extractors, user_cache_path() / "environments"):
        say(f"boilerbench: {line}")
    runs = []
    for corpus in opened:
        remarks = list(corpus.problems.values())
        try:
            with live_progress() as progress:
                done = evaluate.run(
                    *(corpus, extractors, measures),
                    policy=policy,
                    jobs=jobs,
                    timeout=timeout,
                    memory=memory,
                    allow_read=allow_read,
                    allow_network=allow_network,
                    documents=documents,
                    page_types=page_types,
                    languages=languages,
                    failed=earlier,
                    sample=sample,
                    limit=limit,
                    out=out,
                    add=add,
                    fresh=fresh,
                    seed=seed,
                    independent=independent,
                    shard=shard,
                    cluster=where,
                    command=command,
                    progress=progress,
                    remark=remarks.append,
                )
        except KeyboardInterrupt:
            kept = "what was extracted is kept"
            say(f"boilerbench: interrupted; {out / corpus.name} is as it was, and {kept}:")
            say("             the same command goes on from there" + (", without --fresh" if fresh else ""))
            return 130
        runs.append(done)
        # What makes all other figures of an extractor worthless stands first.
        for remark in dict.fromkeys([*failed_throughout(done), *remarks]):
            say(f"boilerbench: {remark}")
        if not as_json:
            print_run(done)
    if as_json:
        click.echo(json.dumps({"runs": [as_record(done) for done in runs]}, indent=2))
    lacking = [done.info.unavailable or done.info.left_out or failed_throughout(done) for done in runs]
    return 1 if any(lacking) else 0


def _write_config(context: click.Context, file: Path) -> None:
    """Write the settings that were given, on the command line or in another file."""
    given = (ParameterSource.COMMANDLINE, ParameterSource.DEFAULT_MAP)
    values = {
        name: value for name, value in context.params.items() if context.get_parameter_source(name) in given
    }
    if left_out := [name for name in (*cluster.NAMES, "failed", "fresh", "add", "shard") if name in values]:
        raise InputError(f"{file}: --{left_out[0]} is of one run and does not belong into a file")
    if file.exists():
        raise InputError(f"{file} is there; remove it, or write another file")
    file.write_text(bench_file.written(values, file), encoding="utf-8")
    say(f"boilerbench: wrote {file}; run it with: {shlex.join(['boilerbench', 'run', str(file)])}")


def _open_corpora(specs: Sequence[str], out: Path, *, overlay: bool | None, own: bool) -> list[Corpus]:
    """Open the corpora, each of which can have its folder in ``out``."""
    before = "own:" if own else "overlay:" if overlay else ""
    opened = [open_corpus(before + published_spec(spec) if before else spec) for spec in specs]
    if overlay is None:
        opened = list(map(with_labels, opened))
    names = [corpus.name for corpus in opened]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"two corpora are called {name} and would share {out / name}", remedy="apart")
        check_target(out / name)
    return opened

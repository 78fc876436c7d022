"""``boilerbench history``: the versions of a tool, one after the other."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from boilerbench import evaluate, judgement
from boilerbench.cli import options
from boilerbench.cli.next_command import next_line
from boilerbench.cli.output import live_progress, plain, say, stdout
from boilerbench.corpora import open_corpus
from boilerbench.folders import user_cache_path
from boilerbench.tool_versions import loadable, version_specs

if TYPE_CHECKING:
    from boilerbench.judgement import History
    from boilerbench.results import Run

_DOCUMENTS = 10


@click.command()
@click.argument("tool")
@click.option(
    "--versions",
    default="all",
    show_default=True,
    metavar="VERSIONS",
    help="all, 2.0.0.. for those since, 1.9..2.1 for those between, or 1.12.2,2.0.0.",
)
@click.option("-c", "--corpus", default="gold", show_default=True, metavar="CORPUS", help="As for run.")
@options.measure("Default: the corpus's own.")
@options.average()
@click.option("-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Tools that work side by side.")
@click.option("--sample", type=click.IntRange(min=1), metavar="N", help="Draw N documents, as run does.")
@options.seed()
@options.independent()
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Folder in which the run gets a folder. Default: runs/TOOL-versions.",
)
@options.as_format("table", "markdown", "csv", "json")
def history(
    tool: str,
    versions: str,
    corpus: str,
    measure: str | None,
    average: str | None,
    jobs: int | None,
    sample: int | None,
    seed: int,
    independent: bool,
    out: Path | None,
    as_format: str,
) -> int:
    """Run the versions of a tool, and say what each release gained and lost.

    \b
    boilerbench history trafilatura --versions 2.0.0.. -c aeb:PATH
    boilerbench history "trafilatura?include_comments=false"

    TOOL may have options, as trafilatura?favor_precision=true. Versions that cannot be installed or loaded
    here are left out and named; then the exit code is 1.
    """
    opened = open_corpus(corpus)
    remarks: list[str] = []
    with live_progress() as progress:
        progress.begin("asking for releases", 0)
        specs = version_specs(tool, versions, lambda _: progress.advance())
        usable = loadable(specs, user_cache_path() / "environments", progress, remarks.append)
        run = evaluate.run(
            *(opened, usable, [measure] if measure else None),
            jobs=jobs,
            sample=sample,
            out=out or Path("runs") / f"{tool.partition('?')[0]}-versions",
            seed=seed,
            independent=independent,
            command=shlex.join(["boilerbench", *sys.argv[1:]]),
            progress=progress,
            remark=remarks.append,
        )
    for remark in remarks:
        say(f"boilerbench: {remark}")
    result = judgement.releases(run, measure=measure, average=average, independent=independent, seed=seed)
    _print(result, run, as_format)
    return 1 if len(usable) < len(specs) or run.info.left_out else 0


def _print(result: History, run: Run, as_format: str) -> None:
    from boilerbench.reports import terminal
    from boilerbench.reports.history_tables import NOTES, changed_documents, history_board
    from boilerbench.reports.ids import id_beginning
    from boilerbench.reports.leaderboards import Board, as_markdown

    if as_format == "json":
        click.echo(json.dumps(plain(result), indent=2, ensure_ascii=False))
        return
    board = history_board(result)
    if as_format == "csv":
        click.echo(_as_csv(result), nl=False)
        return
    if as_format == "markdown":
        click.echo(as_markdown(board), nl=False)
        return
    console = stdout()
    console.print(terminal.headline(run), style="bold")
    console.print(terminal.board_table(board))
    for line in (*result.remarks, *NOTES):
        console.print(line, markup=False)
    steps = [release for release in result.releases if release.change and release.change.decided]
    changed = [row for release in steps for row in changed_documents(release, _DOCUMENTS)]
    if changed:
        columns = ["Version", "Document", "Was", "Is", "Change"]
        console.print(terminal.board_table(Board("Behind the steps that tell", columns, changed, 2)))
    documents = list(run.documents["document"])
    moved = [each for release in (steps or result.releases) for each in (*release.gained, *release.lost)]
    document = max(moved, key=lambda each: abs(each.difference)).document if moved else documents[0]
    ends = dict.fromkeys((result.releases[0].extractor, result.releases[-1].extractor))
    words: list[str | Path] = [run.folder, id_beginning(document, documents), *ends]
    console.print(next_line("show", *words), soft_wrap=True, markup=False)


def _as_csv(result: History) -> str:
    import pandas as pd

    rows = [
        {
            "version": release.version,
            "extractor": release.extractor,
            **{name: getattr(release, name) for name in ("f1", "low", "high", "precision", "recall")},
            "change": release.change.difference if release.change else None,
            "change_low": release.change.low if release.change else None,
            "change_high": release.change.high if release.change else None,
            "p": release.change.p if release.change else None,
            "verdict": str(release.change.verdict) if release.change else "",
            "risen": len(release.gained),
            "fallen": len(release.lost),
            "failed": release.failed,
            "ms_median": release.ms,
        }
        for release in result.releases
    ]
    return pd.DataFrame(rows).to_csv(index=False, float_format="%.6f", lineterminator="\n")

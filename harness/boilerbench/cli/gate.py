"""``boilerbench gate``."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from boilerbench import judgement
from boilerbench.cli import options
from boilerbench.cli.extractor_names import pairs_of
from boilerbench.cli.output import json_text, plain, stdout
from boilerbench.judgement import GateLimits
from boilerbench.results import load_run

if TYPE_CHECKING:
    from boilerbench.judgement import GatedExtractor, GateResult

_POINTS = click.FloatRange(min=0)


@click.command()
@click.argument("run", type=options.RUN)
@click.option(
    "--baseline", type=options.RUN, required=True, metavar="RUN", help="The run that must not be worse than."
)
@options.pair()
@click.option(
    "--max-drop",
    type=_POINTS,
    default=0.0,
    show_default=True,
    metavar="POINTS",
    help="How far F1 may fall. More fails only if it is not chance.",
)
@click.option("--max-precision-drop", type=_POINTS, metavar="POINTS", help="The same of precision.")
@click.option("--max-recall-drop", type=_POINTS, metavar="POINTS", help="The same of recall.")
@click.option(
    "--max-document-drop", type=_POINTS, metavar="POINTS", help="How far F1 may fall on any one document."
)
@click.option(
    "--max-new-failures",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    metavar="N",
    help="How many documents may fail that did not fail before.",
)
@click.option(
    "--max-slowdown",
    type=click.FloatRange(min=0, min_open=True),
    metavar="TIMES",
    help="How many times as long the median page may take.",
)
@options.measure()
@options.average()
@options.independent()
@options.seed()
@options.as_format("table", "markdown", "junit", "github", "json")
def gate(run: Path, baseline: Path, pair: tuple[str, ...], as_format: str, **asked: Any) -> int:
    """Fail if an extractor has become worse than in a baseline run.

    For an extractor's own CI. A drop of F1, precision or recall fails if it exceeds its limit and the verdict
    of boilerbench compare is that the baseline is better. Exit code 1 if any check fails.
    """
    new, old = load_run(run), load_run(baseline)
    limits = GateLimits(**{field.name: asked[field.name] for field in dataclasses.fields(GateLimits)})
    result = judgement.gate(
        new,
        old,
        limits,
        pairs=pairs_of(new, old, pair),
        measure=asked["measure"],
        average=asked["average"],
        independent=asked["independent"],
        seed=asked["seed"],
    )
    _print(result, list(new.documents["document"]), as_format)
    return 0 if result.passed else 1


def _print(result: GateResult, documents: list[str], as_format: str) -> None:
    from boilerbench.reports import gate_text

    if as_format == "table":
        _print_table(result, documents)
    elif as_format == "json":
        click.echo(json_text({"passed": result.passed, **plain(result)}))
    elif as_format == "markdown":
        click.echo(gate_text.markdown(result, documents), nl=False)
    else:
        write = {"junit": gate_text.junit, "github": gate_text.github}[as_format]
        click.echo(write(result), nl=False)


def _print_table(result: GateResult, documents: list[str]) -> None:
    from boilerbench.reports.gate_text import not_gated_lines

    console = stdout()
    for remark in result.remarks:
        console.print(remark, markup=False)
    for gated in result.extractors:
        _print_extractor(gated, documents)
    for line in not_gated_lines(result):
        console.print(line, markup=False, soft_wrap=True)


def _print_extractor(gated: GatedExtractor, documents: list[str]) -> None:
    from boilerbench.reports.comparison_tables import document_table
    from boilerbench.reports.gate_text import MOST_DOCUMENTS, check_line

    console = stdout()
    mark, style = ("ok  ", "") if gated.passed else ("FAIL", "bold red")
    console.print(
        f"{mark} {gated.extractor}, was {gated.baseline}", style=style, markup=False, soft_wrap=True
    )
    for check in gated.checks:
        mark, style = ("ok  ", "") if check.passed else ("FAIL", "bold red")
        console.print(f"  {mark} {check_line(check, gated)}", style=style, markup=False, soft_wrap=True)
    if gated.fallen:
        title = "Documents that fell most" if len(gated.fallen) > MOST_DOCUMENTS else "Documents that fell"
        number = f"{title} ({len(gated.fallen):,})"
        console.print(document_table(gated.fallen[:MOST_DOCUMENTS], number, ("Is", "Was"), documents))

"""``boilerbench compare``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

    from harness.results import Run
    from harness.stats import Comparison
    from harness.stats.pairing import Paired


_FEW = 5
"""Kinds of documents with fewer say nothing about a difference; boilerbench leaderboard --by shows all."""


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.argument("others", nargs=-1, metavar="[A B | RUN_B]")
@click.option("-m", "--measure", metavar="MEASURE", help="Default: the first of the run.")
@click.option("--average", metavar="AVERAGE", help="mean, zyte, micro or wcxb. Default: the measure's own.")
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, metavar="N", help="Decides the draws."
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def compare(
    run: Path, others: tuple[str, ...], measure: str | None, average: str | None, seed: int, as_json: bool
) -> None:
    """Say whether one extractor is better than another, and on which documents.

    \b
    boilerbench compare RUN A B       two extractors of a run
    boilerbench compare RUN           all pairs of its extractors
    boilerbench compare RUN_A RUN_B   the same extractors in two runs

    Documents are paired; the interval is a bootstrap over them, p comes from a permutation test, corrected
    after Holm where several pairs are compared.
    """
    from harness.errors import InputError  # noqa: PLC0415
    from harness.results import load_run  # noqa: PLC0415
    from harness.stats import compare_pairs, pairing  # noqa: PLC0415

    first = load_run(run)
    if len(others) == 2:
        names = [each["name"] for each in first.info["extractors"]]
        pair = tuple(_named(first, each, names) for each in others)
        if pair[0] == pair[1]:
            raise InputError(f"{pair[0]} is compared with itself; name two extractors of {run}")
        paired = pairing.within(first, measure, (pair[0], pair[1]))
    elif len(others) == 1:
        paired = pairing.between(first, load_run(others[0]), measure)
    elif not others:
        paired = pairing.within(first, measure)
    else:
        raise InputError("compare takes a run and two extractors, or two runs, or one run")
    chosen = pairing.average_of(paired.measure, average)
    found = compare_pairs(paired.scores, chosen, paired.pairs, seed=seed)
    if as_json:
        click.echo(json.dumps(_record(found, paired, chosen, seed), indent=2, ensure_ascii=False))
        return
    from harness.cli.output import stdout  # noqa: PLC0415

    console = stdout()
    if paired.remark:
        console.print(paired.remark, markup=False)
    if len(found) > 1:
        _print_matrix(console, found, paired, chosen)
    else:
        _print_pair(console, found[0], paired, chosen, first, seed)


def _named(run: Run, name: str, names: list[str]) -> str:
    from harness.cli.show import one_of  # noqa: PLC0415

    return one_of("extractor", name, names)


def _print_matrix(console: Console, found: list[Comparison], paired: Paired, average: str) -> None:
    from harness.reports.comparisons import pair_table  # noqa: PLC0415
    from harness.stats import AVERAGES  # noqa: PLC0415

    title = f"{paired.measure['signature']}: {AVERAGES[average].title}, on {found[0].documents} documents"
    console.print(pair_table(found, paired.labels, title))
    console.print("F1: first minus second, in points. p: corrected after Holm for all pairs.")
    console.print("W/T/L: documents won, tied and lost by the first. = cannot be told apart.")


def _print_pair(
    console: Console, found: Comparison, paired: Paired, average: str, run: Run, seed: int
) -> None:
    from harness.reports import comparisons  # noqa: PLC0415
    from harness.reports.verdicts import verdict  # noqa: PLC0415
    from harness.stats import deciding_documents, effects  # noqa: PLC0415
    from harness.stats.pairing import groups  # noqa: PLC0415

    console.print(verdict(found, paired.labels, paired.corpus), style="bold", markup=False, highlight=False)
    console.print()
    _print_matrix(console, [found], paired, average)
    console.print()
    pair = (found.first, found.second)
    for by in ("page_type", "language"):
        kinds = groups(run.documents, by, _FEW)
        if len(kinds) > 1:
            console.print(
                comparisons.effect_table(effects(paired.scores, average, pair, kinds, seed=seed), by)
            )
    documents = list(paired.scores["document"].unique())
    for winner, loser in (pair, pair[::-1]):
        won = deciding_documents(paired.scores, (winner, loser))
        if len(won):
            title = f"Where {paired.labels[winner]} wins most"
            console.print(comparisons.document_table(won, title, ("It", "Other"), documents))
    console.print(f"Next:  boilerbench show {run.folder} DOCUMENT EXTRACTOR", soft_wrap=True, markup=False)


def _record(found: list[Comparison], paired: Paired, average: str, seed: int) -> dict[str, Any]:
    from harness.cli.output import comparison_record  # noqa: PLC0415
    from harness.reports.verdicts import verdict  # noqa: PLC0415

    return {
        "corpus": paired.corpus,
        "measure": paired.measure["signature"],
        "average": average,
        "seed": seed,
        "remark": paired.remark,
        "comparisons": [
            {
                **comparison_record(each, paired.labels),
                "decided": each.decided,
                "verdict": verdict(each, paired.labels, paired.corpus),
            }
            for each in found
        ],
    }

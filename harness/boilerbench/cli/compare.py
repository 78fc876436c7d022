"""``boilerbench compare``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from boilerbench.cli.output import comparison_record, stdout
from boilerbench.cli.show import one_of
from boilerbench.errors import InputError
from boilerbench.results import load_run

if TYPE_CHECKING:
    from rich.console import Console

    from boilerbench.results import Run
    from boilerbench.stats import Comparison
    from boilerbench.stats.run_pairs import Paired


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
    from boilerbench.stats import compare_pairs, run_pairs

    first = load_run(run)
    if len(others) == 2:
        names = list(first.info.rows)
        pair = tuple(_named(first, each, names) for each in others)
        if pair[0] == pair[1]:
            raise InputError(f"{pair[0]} is compared with itself; name two extractors of {run}")
        paired = run_pairs.within(first, measure, (pair[0], pair[1]))
    elif len(others) == 1:
        paired = run_pairs.between(first, load_run(others[0]), measure)
    elif not others:
        paired = run_pairs.within(first, measure)
    else:
        raise InputError("compare takes a run and two extractors, or two runs, or one run")
    chosen = run_pairs.average_of(paired.measure, average)
    found = compare_pairs(paired.scores, chosen, paired.pairs, seed=seed)
    if as_json:
        click.echo(json.dumps(_record(found, paired, chosen, seed), indent=2, ensure_ascii=False))
        return

    console = stdout()
    if paired.remark:
        console.print(paired.remark, markup=False)
    if len(found) > 1:
        _print_matrix(console, found, paired, chosen)
    else:
        _print_pair(console, found[0], paired, chosen, first, seed)


def _named(run: Run, name: str, names: list[str]) -> str:
    return one_of("extractor", name, names)


def _print_matrix(console: Console, found: list[Comparison], paired: Paired, average: str) -> None:
    from boilerbench.reports.comparison_tables import pair_table
    from boilerbench.stats import AVERAGES

    title = f"{paired.measure.signature}: {AVERAGES[average].title}, on {found[0].documents} documents"
    console.print(pair_table(found, paired.labels, title))
    console.print("F1: first minus second, in points. p: corrected after Holm for all pairs.")
    console.print("W/T/L: documents won, tied and lost by the first. = cannot be told apart.")


def _print_pair(
    console: Console, found: Comparison, paired: Paired, average: str, run: Run, seed: int
) -> None:
    from boilerbench.reports import comparison_tables
    from boilerbench.reports.comparison_text import verdict
    from boilerbench.stats import deciding_documents, effects
    from boilerbench.stats.groups import document_groups

    console.print(verdict(found, paired.labels, paired.corpus), style="bold", markup=False, highlight=False)
    console.print()
    _print_matrix(console, [found], paired, average)
    console.print()
    pair = (found.first, found.second)
    for by in ("page_type", "language"):
        kinds = document_groups(run.documents, by, _FEW)
        if len(kinds) > 1:
            console.print(
                comparison_tables.effect_table(effects(paired.scores, average, pair, kinds, seed=seed), by)
            )
    documents = list(paired.scores["document"].unique())
    for winner, loser in (pair, pair[::-1]):
        won = deciding_documents(paired.scores, (winner, loser))
        if len(won):
            title = f"Where {paired.labels[winner]} wins most"
            console.print(comparison_tables.document_table(won, title, ("It", "Other"), documents))
    console.print(f"Next:  boilerbench show {run.folder} DOCUMENT EXTRACTOR", soft_wrap=True, markup=False)


def _record(found: list[Comparison], paired: Paired, average: str, seed: int) -> dict[str, Any]:
    from boilerbench.reports.comparison_text import verdict

    return {
        "corpus": paired.corpus,
        "measure": paired.measure.signature,
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

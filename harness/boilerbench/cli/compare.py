"""``boilerbench compare``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from boilerbench import judgement
from boilerbench.cli import options
from boilerbench.cli.extractor_names import named_pair, pairs_of, split_run
from boilerbench.cli.next_command import next_line
from boilerbench.cli.output import json_text, plain, stdout
from boilerbench.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from boilerbench.judgement import ComparisonResult
    from boilerbench.results import Run


@click.command()
@click.argument("run", metavar="RUN[:A]")
@click.argument("others", nargs=-1, metavar="[A B | RUN_B[:B]]")
@options.pair()
@options.measure()
@options.average()
@options.independent()
@options.seed()
@options.as_json()
def compare(
    run: str,
    others: tuple[str, ...],
    pair: tuple[str, ...],
    measure: str | None,
    average: str | None,
    independent: bool,
    seed: int,
    as_json: bool,
) -> None:
    """Say whether one extractor is better than another, and on which documents.

    \b
    boilerbench compare RUN A B           two extractors of a run
    boilerbench compare RUN               all pairs of its extractors
    boilerbench compare RUN_A RUN_B       the same extractors in two runs
    boilerbench compare RUN_A:A RUN_B:B   an extractor of each of two runs

    Documents are paired, and pages of one site are drawn together. Better is what a permutation test
    (corrected after Holm where several pairs are compared) and a bootstrap interval both say.
    """
    asked: dict[str, Any] = {
        "measure": measure,
        "average": average,
        "independent": independent,
        "seed": seed,
    }
    first, name = split_run(run)
    second: Run | None = None
    if pair and len(others) != 1:
        raise InputError("--pair names extractors of two runs; give two runs")
    if len(others) == 2 and name is None:
        result = judgement.compare(first, *named_pair(first, first, others), **asked)
    elif len(others) == 1:
        second, other_name = split_run(others[0])
        if (name is None) != (other_name is None):
            raise InputError(f"name an extractor of both runs, as in {first.folder}:A {second.folder}:B")
        if name is not None and other_name is not None:
            asked["pairs"] = [named_pair(first, second, (name, other_name))]
        else:
            asked["pairs"] = pairs_of(first, second, pair)
        result = judgement.compare(first, other_run=second, **asked)
    elif not others and name is None:
        result = judgement.compare(first, **asked)
    else:
        raise InputError("compare takes a run and two extractors, or two runs, or one run")
    if as_json:
        click.echo(json_text(_record(result)))
        return
    console = stdout()
    for remark in result.remarks:
        console.print(remark, markup=False)
    runs = [first, *([second] if second else [])]
    if len(result.comparisons) > 1:
        _print_matrix(console, result)
        console.print(next_line("compare", *_pair_words(runs, result.pairs[0])), soft_wrap=True, markup=False)
    else:
        _print_pair(console, result, runs)


def _print_matrix(console: Console, result: ComparisonResult) -> None:
    from boilerbench.reports.comparison_tables import mark_meanings, pair_table
    from boilerbench.reports.comparison_text import detectable, extent
    from boilerbench.stats import AVERAGES

    comparison = result.comparisons[0]
    extents = extent(comparison.documents, comparison.sites)
    console.print(
        pair_table(result.comparisons, f"{result.measure}: {AVERAGES[result.average].title}, on {extents}")
    )
    several = len(result.comparisons) > 1
    correction = ", corrected after Holm for all pairs" if several else ""
    console.print(f"F1: first minus second, in points. p: permutation test{correction}.")
    console.print("W/T/L: documents won, tied and lost by the first.")
    if meanings := mark_meanings(result.comparisons):
        console.print(" ".join(meanings))
    least = min(result.comparisons, key=lambda comparison: comparison.detectable)
    most = max(result.comparisons, key=lambda comparison: comparison.detectable)
    if several and least.detectable < most.detectable:
        console.print(
            f"Differences found with 80 % power: from {100 * least.detectable:.1f} points of F1 on, "
            f"or from {100 * most.detectable:.1f} on, by the pair.",
            markup=False,
        )
    else:
        console.print(detectable(most.detectable, most.documents, most.sites), markup=False)


def _pair_words(runs: Sequence[Run], pair: tuple[str, str]) -> list[str | Path]:
    """Return what compares one pair, of one run or of two."""
    if len(runs) == 1:
        return [runs[0].folder, *pair]
    return [f"{run.folder}:{name}" for run, name in zip(runs, pair, strict=True)]


def _print_pair(console: Console, result: ComparisonResult, runs: Sequence[Run]) -> None:
    from boilerbench.reports import comparison_tables
    from boilerbench.reports.comparison_text import verdict
    from boilerbench.reports.ids import id_beginning
    from boilerbench.reports.structure_tables import aspect_difference_table

    comparison = result.comparisons[0]
    console.print(verdict(comparison, result.corpus), style="bold", markup=False, highlight=False)
    console.print()
    _print_matrix(console, result)
    console.print()
    for kind, effects in result.effects.items():
        console.print(comparison_tables.effect_table(effects, kind))
    if result.structure:
        console.print(aspect_difference_table(result.structure))
    documents = list(runs[0].documents["document"])
    for winner, won in (
        (comparison.first, result.won),
        (comparison.second, [won.turned() for won in result.lost]),
    ):
        if won:
            title = f"Where {winner} wins most"
            console.print(comparison_tables.document_table(won, title, ("It", "Other"), documents))
    apart = [*result.won, *result.lost]
    document = max(apart, key=lambda each: abs(each.difference)).document if apart else documents[0]
    folders = [run.folder for run in runs]
    words: list[str | Path] = [*folders, id_beginning(document, documents), *dict.fromkeys(result.pairs[0])]
    console.print(next_line("show", *words), soft_wrap=True, markup=False)


def _record(result: ComparisonResult) -> dict[str, Any]:
    from boilerbench.reports.comparison_text import verdict

    record: dict[str, Any] = plain(result)
    sentences = [verdict(comparison, result.corpus) for comparison in result.comparisons]
    record["comparisons"] = [
        {**plain(comparison), "sentence": sentence}
        for comparison, sentence in zip(result.comparisons, sentences, strict=True)
    ]
    return record

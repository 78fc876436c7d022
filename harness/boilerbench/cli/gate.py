"""``boilerbench gate``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from boilerbench.cli.output import comparison_record, stdout
from boilerbench.results import load_run


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    required=True,
    metavar="RUN",
    help="The run that must not be fallen short of.",
)
@click.option(
    "--max-drop",
    type=click.FloatRange(min=0),
    default=0.0,
    show_default=True,
    metavar="POINTS",
    help="How far F1 may fall.",
)
@click.option("-m", "--measure", metavar="MEASURE", help="Default: the first of the run.")
@click.option("--average", metavar="AVERAGE", help="mean, zyte, micro or wcxb. Default: the measure's own.")
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, metavar="N", help="Decides the draws."
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def gate(
    run: Path,
    baseline: Path,
    max_drop: float,
    measure: str | None,
    average: str | None,
    seed: int,
    as_json: bool,
) -> int:
    """Fail if an extractor has become worse than in a baseline run.

    For an extractor's own CI. A drop counts only if it exceeds --max-drop and its 95 % interval excludes
    zero. Exit code 1 where one counts, else 0.
    """
    from boilerbench.reports.comparison_tables import document_table
    from boilerbench.reports.comparison_text import regression
    from boilerbench.stats import compare_pairs, deciding_documents, run_pairs

    paired = run_pairs.between(load_run(run), load_run(baseline), measure)
    chosen = run_pairs.average_of(paired.measure, average)
    found = compare_pairs(paired.scores, chosen, paired.pairs, seed=seed)
    fallen = [each for each in found if each.regressed(max_drop)]
    lost = {each.first: deciding_documents(paired.scores, (each.second, each.first)) for each in fallen}
    if as_json:
        record = {
            "passed": not fallen,
            "measure": paired.measure.signature,
            "average": chosen,
            "max_drop": max_drop,
            "remark": paired.remark,
            "comparisons": [
                {
                    **comparison_record(each, paired.labels),
                    "regressed": each in fallen,
                    "documents_fallen": list(lost[each.first]["document"]) if each in fallen else [],
                }
                for each in found
            ],
        }
        click.echo(json.dumps(record, indent=2, ensure_ascii=False))
        return 1 if fallen else 0
    console = stdout()
    if paired.remark:
        console.print(paired.remark, markup=False)
    documents = list(paired.scores["document"].unique())
    for each in found:
        line = regression(each, paired.labels, max_drop)
        mark = "FAIL" if each in fallen else "ok  "
        console.print(
            f"{mark} {line}", style="bold red" if each in fallen else "", markup=False, soft_wrap=True
        )
        if each in fallen:
            # First and second change places: what the baseline won is what has fallen.
            console.print(
                document_table(lost[each.first], "Documents that fell most", ("Was", "Is"), documents)
            )
    return 1 if fallen else 0

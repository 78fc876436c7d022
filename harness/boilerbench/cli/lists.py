"""``boilerbench measures``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from boilerbench.cli.output import json_text, print_listing, say
from boilerbench.errors import InputError

if TYPE_CHECKING:
    from boilerbench.measures import Example, Measure

_as_json = click.option("--json", "as_json", is_flag=True, help="Print as JSON.")


@click.command()
@click.argument("name", required=False)
@_as_json
def measures(name: str | None, as_json: bool) -> None:
    """List the measures, or explain one.

    With NAME: what it counts, where it is from, and an example with its figures.
    """
    from boilerbench.measures import MEASURES

    if name:
        explained = _measure_rows(name)
        if as_json:
            click.echo(json_text(explained))
        else:
            click.echo("\n\n".join(map(_explained, explained)))
        return
    for line in MEASURES.problems():
        say(line)
    rows = []
    for registered in MEASURES:
        try:
            rows += _measure_rows(registered)
        except InputError as error:
            unavailable = dict.fromkeys(
                ("signature", "source", "averages", "explanation", "example", "unseen"), ""
            )
            rows.append({"name": registered, "summary": str(error), **unavailable})
    print_listing("Measures", rows, ("name", "summary", "signature", "source"), as_json)


def _measure_rows(name: str) -> list[dict[str, str]]:
    """The facts of a measure: one row, or two where its words depend on the corpus.

    Raises:
        InputError: there is no such measure, or it cannot be made here.
    """
    from boilerbench.measures import make_measure

    made = {measure.signature: measure for measure in (make_measure(name, cut) for cut in ("plain", "icu"))}
    return [
        {
            "name": name,
            "summary": measure.summary,
            "signature": signature,
            "source": measure.source,
            "averages": ", ".join(measure.averages),
            "explanation": measure.explanation,
            "example": example_text(measure, measure.example),
            "unseen": example_text(measure, measure.unseen) if measure.unseen else "",
        }
        for signature, measure in made.items()
    ]


def example_text(measure: Measure[Any], shown: Example) -> str:
    """An example of a measure in lines, with the figures that it gives."""
    from boilerbench.reports.formatting import points

    counts = measure.measure(shown.gold, shown.output).counts
    gold = [("gold", shown.gold.body)] if shown.gold.body else []
    segments = (("must have", shown.gold.must_have), ("must not have", shown.gold.must_not_have))
    gold += [(what, " | ".join(texts)) for what, texts in segments if texts]
    gold += [(block.label, block.text) for block in shown.gold.blocks]
    tn = f", tn {counts.tn:g}" if counts.tn else ""
    figures = zip(("precision", "recall", "F1"), (counts.precision, counts.recall, counts.f1), strict=True)
    lines = [
        *((what, repr(text)) for what, text in (*gold, ("output", shown.output))),
        ("counts", f"tp {counts.tp:g}, fp {counts.fp:g}, fn {counts.fn:g}{tn}: {shown.explanation}"),
        ("figures", ", ".join(f"{name} {points(figure)}" for name, figure in figures)),
    ]
    return "\n".join(f"{what:14} {text}" for what, text in lines)


def _explained(row: dict[str, str]) -> str:
    lines = [row["signature"]]
    lines += [click.wrap_text(row["explanation"], 80), f"Source: {row['source']}", "Example:"]
    for line in row["example"].splitlines():
        lines.append(click.wrap_text(line, 80, initial_indent="  ", subsequent_indent=" " * 17))
    if row["unseen"]:
        lines.append("Not seen:")
    for line in row["unseen"].splitlines():
        lines.append(click.wrap_text(line, 80, initial_indent="  ", subsequent_indent=" " * 17))
    return "\n".join([*lines, f"Averages: {row['averages']}"])

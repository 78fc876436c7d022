"""``boilerbench extractors``, ``corpora`` and ``measures``: what there is."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click

_as_json = click.option("--json", "as_json", is_flag=True, help="Print as JSON.")


@click.command()
@_as_json
def extractors(as_json: bool) -> None:
    """List the extractors, with version and licence."""
    from harness.errors import InputError  # noqa: PLC0415
    from harness.extractors import ADAPTERS, Adapter, open_extractor  # noqa: PLC0415

    rows = []
    for name in ADAPTERS:
        try:
            extractor = open_extractor(name)
        except InputError as error:
            rows.append({"name": name, "version": "", "licence": "", "summary": str(error), "home": ""})
            continue
        assert isinstance(extractor, Adapter)
        facts = extractor.facts
        rows.append(
            {
                "name": name,
                "version": extractor.version,
                "licence": facts["LICENCE"],
                "summary": facts["SUMMARY"],
                "home": facts["HOME"],
            }
        )
    _print("Extractors", rows, ("name", "version", "licence", "summary"), as_json)
    if not as_json:
        click.echo("Options: tool?option=value.  Stored outputs: file:outputs.json")


@click.command()
@_as_json
def corpora(as_json: bool) -> None:
    """List the corpus formats."""
    from harness.corpora import FORMATS, corpus_format  # noqa: PLC0415

    rows = []
    for name in FORMATS:
        kind = corpus_format(name)
        rows.append(
            {
                "format": name,
                "measure": kind.native_measure,
                "licence": kind.licence,
                "summary": kind.summary,
                "layout": kind.layout,
                "citation": kind.citation,
            }
        )
    _print("Corpora", rows, ("format", "measure", "licence", "summary", "layout"), as_json)
    if not as_json:
        click.echo("Written FORMAT:PATH; plain gold is the gold that comes with boilerbench.")


@click.command()
@_as_json
def measures(as_json: bool) -> None:
    """List the measures."""
    from harness.measures import MEASURES, make_measure  # noqa: PLC0415

    rows = []
    for name in MEASURES:
        for signature in dict.fromkeys(make_measure(name, cut).signature for cut in ("plain", "icu")):
            measure = next(
                m for cut in ("plain", "icu") if (m := make_measure(name, cut)).signature == signature
            )
            rows.append(
                {"name": name, "summary": measure.summary, "signature": signature, "source": measure.source}
            )
    _print("Measures", rows, ("name", "summary", "signature", "source"), as_json)


def _print(title: str, rows: Sequence[dict[str, str]], columns: Sequence[str], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    from harness.cli.output import stdout  # noqa: PLC0415
    from harness.reports.terminal import listing  # noqa: PLC0415

    table = listing(
        title, [name.capitalize() for name in columns], [[row[c] for c in columns] for row in rows]
    )
    stdout().print(table)

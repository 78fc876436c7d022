"""``boilerbench extractors``, ``corpora`` and ``measures``: what there is."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click

_as_json = click.option("--json", "as_json", is_flag=True, help="Print as JSON.")


@click.command()
@_as_json
def extractors(as_json: bool) -> None:
    """List the extractors: version, language, licence, home page, and whether each is ready to run.

    Those that are not here get an environment of their own when they are first run, at their newest version
    unless the spec names another.
    """
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    import platformdirs  # noqa: PLC0415

    from harness.extractors import Adapter, open_extractors  # noqa: PLC0415
    from harness.runner.environments import made, newest  # noqa: PLC0415

    ready: dict[str, set[str]] = {}
    for each in made(platformdirs.user_cache_path("boilerbench") / "environments"):
        ready.setdefault(each.package, set()).add(each.version)
    adapters = [each for each in open_extractors(["all"]) if isinstance(each, Adapter)]
    with ThreadPoolExecutor(4) as pool:
        found = pool.map(lambda each: newest(each.requirement) if each.requirement else None, adapters)
    rows = []
    for adapter, latest in zip(adapters, found, strict=True):
        facts = adapter.facts
        versions = ready.get(facts["PACKAGE"], set())
        place = "ready" if latest in versions else f"ready at {', '.join(sorted(versions))}"
        rows.append(
            {
                "name": adapter.name,
                "version": adapter.version or latest or "",
                "language": adapter.runtime,
                "licence": facts["LICENCE"],
                "environment": "here" if adapter.requirement is None else place if versions else "on demand",
                "home": facts["HOME"],
                "summary": facts["SUMMARY"],
            }
        )
    _print("Extractors", rows, ("name", "version", "language", "licence", "environment"), as_json)
    if not as_json:
        _print("Home pages", rows, ("name", "home"), as_json)
        click.echo("Specs: tool, tool@version, tool?option=value; default, python, node, all.")
        click.echo("Yours: py:module:callable, cmd:program, cmd-simple:filter, file:outputs.json")


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

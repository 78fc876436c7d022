"""``boilerbench extractors``: the tools, and what each takes."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import click

from boilerbench.cli.next_command import command_line
from boilerbench.cli.output import json_text, print_listing, say
from boilerbench.errors import InputError
from boilerbench.extractors import Adapter, open_extractor, open_extractors
from boilerbench.folders import user_cache_path
from boilerbench.runner.describe import ToolOption, describe_tool
from boilerbench.runner.environments import environments_in, newest
from boilerbench.runner.installers import UnavailableError


@click.command()
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def extractors(name: str | None, as_json: bool) -> None:
    """List the extractors, or show the options of one.

    Without NAME: version, language, licence, home page, and whether each is ready to run. Those that are not
    here get an environment of their own when they are first run, at their newest version unless the spec
    names another. With NAME, a tool or a tool@version: its options with their defaults, as that version
    itself has them, and an example.
    """
    root = user_cache_path() / "environments"
    if name is not None:
        _show(name, root, as_json)
        return
    ready: dict[str, set[str]] = {}
    for environment in environments_in(root):
        ready.setdefault(environment.package, set()).add(environment.version)
    adapters = [adapter for adapter in open_extractors(["all"], say) if isinstance(adapter, Adapter)]
    with ThreadPoolExecutor(4) as pool:
        latest = pool.map(lambda each: newest(each.requirement) if each.requirement else None, adapters)
    rows = [
        _row(adapter, version, ready.get(adapter.facts["PACKAGE"], set()))
        for adapter, version in zip(adapters, latest, strict=True)
    ]
    print_listing("Extractors", rows, ("name", "version", "language", "licence", "environment"), as_json)
    if not as_json:
        print_listing("Home pages", rows, ("name", "home"), as_json)
        click.echo("Specs: tool, tool@version, tool@./folder, tool?option=value;")
        click.echo("       default, python, node, all.")
        click.echo("Yours: py:module:callable, cmd:program, cmd-simple:filter, file:outputs.json")
        click.echo(f"Options of one: {command_line('extractors', rows[0]['name'])}")


def _row(adapter: Adapter, latest: str | None, versions: set[str]) -> dict[str, Any]:
    facts = adapter.facts
    state = "ready" if latest in versions else f"ready at {', '.join(sorted(versions))}"
    return {
        "name": adapter.name,
        "version": adapter.version or latest or "",
        "language": adapter.runtime,
        "licence": facts["LICENCE"],
        "environment": "here" if adapter.requirement is None else state if versions else "on demand",
        "home": facts["HOME"],
        "summary": facts["SUMMARY"],
    }


def _show(name: str, root: Path, as_json: bool) -> None:
    extractor = open_extractor(name)
    if not isinstance(extractor, Adapter) or "PACKAGE" not in extractor.facts:
        raise InputError(f"{name} is no tool with an adapter; boilerbench extractors lists them")
    try:
        description = describe_tool(extractor, root)
    except UnavailableError as error:
        raise InputError(f"{name}: {error}") from None
    facts = extractor.facts
    rows = [
        {"option": option.name, "takes": option.takes, "default": option.default}
        for option in description.options
    ]
    example = _example(name, description.options)
    if as_json:
        record = {
            "name": extractor.name,
            "version": description.version,
            "language": extractor.runtime,
            "licence": facts["LICENCE"],
            "home": facts["HOME"],
            "summary": facts["SUMMARY"],
            "options": rows,
            "example": example,
        }
        click.echo(json_text(record))
        return
    click.echo(f"{extractor.name} {description.version}")
    click.echo(facts["SUMMARY"])
    click.echo(f"{facts['LICENCE']}, {facts['HOME']}")
    if rows:
        print_listing("Options", rows, ("option", "takes", "default"), as_json)
    else:
        click.echo("It has no options.")
    click.echo("For its environment: as_of=2024-10-01 (packages as of a date), python=3.12")
    click.echo(f"Example: boilerbench run -e {example}")


def _example(name: str, options: Sequence[ToolOption]) -> str:
    """Return a spec that sets an option to another value than its default."""
    tool = name.partition("?")[0]
    for option in options:
        if option.default in ("true", "false"):
            return f'"{tool}?{option.name}={"false" if option.default == "true" else "true"}"'
    for option in options:
        values = option.takes.split(", ")
        if len(values) > 1 and option.default in values:
            return f'"{tool}?{option.name}={next(each for each in values if each != option.default)}"'
    return tool

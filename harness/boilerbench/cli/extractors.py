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
from boilerbench.extractors import DEBIAN, GROUPS, Adapter, open_extractor, open_extractors
from boilerbench.extractors.install_costs import install_costs
from boilerbench.folders import user_cache_path
from boilerbench.runner.describe import ToolOption, describe_tool
from boilerbench.runner.environments import environments_in, newest
from boilerbench.runner.installers import UnavailableError

_ASKED_AT_ONCE = 8
"""Packages whose newest versions are looked up side by side."""
_HEADINGS = {
    "light": "Light, as group: all, python, node",
    "heavy": "Heavy, as group: heavy",
    "cli": "Programs of the operating system, as group: cli",
}


@click.command()
@click.argument("name", required=False)
@click.option("--language", metavar="LANGUAGE", help="List only those in python or node, or of debian.")
@click.option("--licence", metavar="TEXT", help="List only those whose licence has this in its name, as GPL.")
@click.option(
    "--search", metavar="TEXT", help="List only those that have this in their name, summary or home page."
)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def extractors(
    name: str | None, language: str | None, licence: str | None, search: str | None, as_json: bool
) -> None:
    """List the extractors, or show the options of one.

    Without NAME: version, language, licence, home page, whether each is ready to run, and what it takes to
    install: megabytes and seconds, as measured once. Those that are not here get an environment of their own
    when they are first run, at their newest version unless the spec names another. With NAME, a tool or a
    tool@version: its options with their defaults, as that version itself has them, and an example.
    """
    root = user_cache_path() / "environments"
    if name is not None:
        _show(name, root, as_json)
        return
    remarks: list[str] = []
    adapters = [
        adapter
        for adapter in open_extractors(["all", "heavy", "cli"], remarks.append)
        if isinstance(adapter, Adapter) and _is_asked_for(adapter, language, licence, search)
    ]
    # Each group has the same plug-ins to complain of.
    for remark in dict.fromkeys(remarks):
        say(remark)
    rows = _rows(adapters, root)
    if as_json:
        click.echo(json_text(rows))
        return
    if not rows:
        say("boilerbench: no extractor is like that; boilerbench extractors lists all")
        return
    columns = ("name", "version", "language", "licence", "environment", "to install")
    for group, heading in _HEADINGS.items():
        listed = [row for row in rows if row["group"] == group]
        if listed:
            print_listing(heading, listed, columns, as_json)
    print_listing("Home pages", rows, ("name", "home"), as_json)
    click.echo("Specs: tool, tool@version, tool@./folder, tool?option=value;")
    click.echo(f"       {', '.join(GROUPS)}.")
    click.echo("Yours: py:module:callable, cmd:program, cmd-simple:filter, file:outputs.json")
    click.echo(f"Options of one: {command_line('extractors', rows[0]['name'])}")


def _is_asked_for(adapter: Adapter, language: str | None, licence: str | None, search: str | None) -> bool:
    facts = adapter.facts
    described = f"{adapter.name} {facts['SUMMARY']} {facts['HOME']}"
    return (
        language in (None, adapter.language)
        and (licence or "").casefold() in facts["LICENCE"].casefold()
        and (search or "").casefold() in described.casefold()
    )


def _rows(adapters: Sequence[Adapter], root: Path) -> list[dict[str, Any]]:
    ready: dict[str, set[str]] = {}
    for environment in environments_in(root):
        ready.setdefault(environment.package, set()).add(environment.version)
    with ThreadPoolExecutor(_ASKED_AT_ONCE) as pool:
        latest = pool.map(lambda each: newest(each.requirement) if each.requirement else None, adapters)
    return [
        _row(adapter, version, ready.get(adapter.facts["PACKAGE"], set()))
        for adapter, version in zip(adapters, latest, strict=True)
    ]


def _row(adapter: Adapter, latest: str | None, versions: set[str]) -> dict[str, Any]:
    facts = adapter.facts
    cost = install_costs().get(adapter.name)
    return {
        "name": adapter.name,
        "version": adapter.version or latest or "",
        "language": adapter.language,
        "licence": facts["LICENCE"],
        "environment": _state(adapter, latest, versions),
        "group": adapter.group,
        "status": facts.get("STATUS", ""),
        "to install": "" if cost is None else str(cost),
        "megabytes": None if cost is None else cost.megabytes,
        "seconds": None if cost is None else cost.seconds,
        "home": facts["HOME"],
        "summary": facts["SUMMARY"],
    }


def _state(adapter: Adapter, latest: str | None, versions: set[str]) -> str:
    """Return whether a tool is ready to run, and whether it is abandoned."""
    if adapter.requirement is None:
        state = "here"
    elif adapter.requirement.runtime == DEBIAN:
        state = f"install {adapter.requirement.package}"
    elif not versions:
        state = "on demand"
    else:
        state = "ready" if latest in versions else f"ready at {', '.join(sorted(versions))}"
    status = adapter.facts.get("STATUS")
    return f"{state}; {status}" if status else state


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
            "language": extractor.language,
            "licence": facts["LICENCE"],
            "status": facts.get("STATUS", ""),
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
    if "STATUS" in facts:
        click.echo(f"It is {facts['STATUS']}.")
    if (cost := install_costs().get(name)) is not None:
        click.echo(f"To install: {cost} ({cost.version})")
    if rows:
        print_listing("Options", rows, ("option", "takes", "default"), as_json)
    else:
        click.echo("It has no options.")
    if extractor.language != DEBIAN:
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

"""``boilerbench envs``: the environments that were made, and what they take."""

from __future__ import annotations

import json
import shutil

import click

from boilerbench.cli.output import stdout
from boilerbench.errors import InputError
from boilerbench.folders import user_cache_path
from boilerbench.nearest import hint
from boilerbench.runner.environments import environments_in


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.pass_context
def envs(context: click.Context, as_json: bool) -> None:
    """List the environments made for extractors, or remove them."""
    if context.invoked_subcommand:
        return

    from boilerbench.reports.terminal import listing

    root = user_cache_path() / "environments"
    rows = [
        {
            "name": each.package,
            "version": each.version,
            "language": each.runtime,
            "megabytes": round(sum(f.lstat().st_size for f in each.folder.rglob("*")) / (1 << 20), 3),
            "folder": str(each.folder),
        }
        for each in environments_in(root)
    ]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    columns = ("name", "version", "language", "megabytes")
    cells = [[str(row[column]) for column in columns] for row in rows]
    stdout().print(listing(f"Environments in {root}", [name.capitalize() for name in columns], cells))


@envs.command()
@click.argument("names", nargs=-1)
def clear(names: tuple[str, ...]) -> None:
    """Remove the environments of the tools NAMES, or all; they are made again when they are wanted."""
    there = environments_in(user_cache_path() / "environments")
    for name in names:
        if name not in {each.package for each in there}:
            raise InputError(f"no environment of {name}; {hint(name, [each.package for each in there])}")
    for each in there:
        if not names or each.package in names:
            shutil.rmtree(each.folder)
            click.echo(f"removed {each.package} {each.version}")

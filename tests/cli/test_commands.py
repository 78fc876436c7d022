"""The table of commands, ``--help``, and options that several commands share."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys

import click
import pytest

from boilerbench.cli import cli
from boilerbench.cli.commands import COMMANDS
from boilerbench.stats import AVERAGES
from tests.conftest import Command

SHARED = ("--measure", "--average", "--seed", "--json", "--corpus", "--policy", "--by", "--at-least")


def subcommands() -> dict[str, click.Command]:
    return {
        name: getattr(importlib.import_module(f"boilerbench.cli.{module}"), name)
        for name, (module, _) in COMMANDS.items()
    }


def test_the_line_about_a_command_is_the_first_of_its_help() -> None:
    lines = {name: line for name, (_, line) in COMMANDS.items()}
    own = {name: (each.help or "").split("\n\n")[0] for name, each in subcommands().items()}
    assert {name: " ".join(line.split()) for name, line in own.items()} == lines


def test_help_lists_every_command(command: Command) -> None:
    answer = command("--help")
    assert answer.code == 0
    for name, (_, line) in COMMANDS.items():
        assert f"  {name} " in answer.out
        assert line in " ".join(answer.out.split())
    assert max(map(len, answer.out.splitlines())) <= 80
    assert cli.list_commands(click.Context(cli)) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_every_command_fits_a_terminal(command: Command, name: str) -> None:
    answer = command(name, "--help")
    assert answer.code == 0
    assert COMMANDS[name][1] in " ".join(answer.out.split())
    assert max(map(len, answer.out.splitlines())) <= 80


def test_help_imports_no_command() -> None:
    code = (
        "import sys, json\nsys.argv = ['boilerbench', '--help']\nfrom boilerbench import cli\n"
        "try: cli.main()\nexcept SystemExit: print(json.dumps(sorted(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    modules = set(json.loads(out.splitlines()[-1]))
    assert not modules & {"numpy", "pandas", "rich", "requests", "uv", "icu4py", "justhtml"}
    assert not modules & {f"boilerbench.cli.{module}" for module, _ in COMMANDS.values()}


def test_the_package_is_a_command() -> None:
    command = [sys.executable, "-m", "boilerbench", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("boilerbench ")


def test_a_shared_option_has_the_same_names_everywhere() -> None:
    names: dict[str, set[tuple[str, ...]]] = {}
    for each in subcommands().values():
        for option in each.params:
            for shared in set(SHARED) & set(option.opts):
                names.setdefault(shared, set()).add(tuple(option.opts))
    assert {shared: len(variants) for shared, variants in names.items()} == dict.fromkeys(names, 1)


def test_the_ways_of_averaging_are_named_in_help(command: Command) -> None:
    text = " ".join(command("leaderboard", "--help").out.split())
    assert ", ".join(list(AVERAGES)[:-1]) + f" or {list(AVERAGES)[-1]}." in text

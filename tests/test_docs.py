"""README and docs/: what mirrors code is generated, links lead somewhere, and what is named is there."""

from __future__ import annotations

import importlib
import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

from boilerbench.cli import cli

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
NAMES = (
    "README.md",
    "CONTRIBUTING.md",
    "gold/README.md",
    "results/README.md",
    "examples/README.md",
    "SECURITY.md",
)
PAGES = [*(ROOT / name for name in NAMES), *sorted(DOCS.glob("*.md"))]
GENERATE = [sys.executable, str(DOCS / "generate.py")]

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def code_of(text: str, languages: tuple[str, ...]) -> list[str]:
    """The blocks of code of a page that name one of these languages."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE)
    return [block for language, block in found if language in languages]


def prose_of(page: Path) -> str:
    """A page without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


def anchors_of(page: Path) -> set[str]:
    """The addresses of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", prose_of(page), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.slow
def test_what_mirrors_code_is_what_the_code_says() -> None:
    done = subprocess.run([*GENERATE, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_table_that_differs_is_found(tmp_path: Path) -> None:
    """The check works on the pages beside it, so that a copy of docs/ can be spoiled."""
    shutil.copytree(DOCS, tmp_path / "docs")
    spoiled = tmp_path / "docs" / "sandbox.md"
    generate = [sys.executable, str(tmp_path / "docs" / "generate.py"), str(spoiled)]
    whole = spoiled.read_text(encoding="utf-8")
    spoiled.write_text(whole.replace("| `crash` | the worker died |", "| `crash` | it fell over |"))
    done = subprocess.run([*generate, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "-| `crash` | it fell over |\n+| `crash` | the worker died |" in done.stdout
    assert subprocess.run(generate, capture_output=True, check=False).returncode == 0
    assert spoiled.read_text(encoding="utf-8") == whole


@every_page
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose_of(page)):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        linked = page.parent / path if path else page
        assert linked.exists(), target
        assert not anchor or anchor in anchors_of(linked), target


def test_the_index_lists_every_page() -> None:
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"\]\((\w+\.md)\)", index))
    assert listed == {page.name for page in DOCS.glob("*.md")} - {"README.md"}


@every_page
def test_lines_are_no_longer_than_a_reader_likes(page: Path) -> None:
    # What a command prints is as long as it is.
    written = re.sub(
        r"<!-- boilerbench .*?<!-- end -->", "", page.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    for line in written.splitlines():
        assert len(line) <= 120 or line.startswith(("|", "python3 -m venv", "boilerbench ", "gold/, ")), line


@every_page
def test_blocks_of_data_can_be_read(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for block in code_of(text, ("json",)):
        for line in block.splitlines():
            json.loads(line)
    for block in code_of(text, ("toml",)):
        tomllib.loads(block)


@every_page
def test_commands_and_options_that_are_named_are_there(page: Path) -> None:
    """In prose and in examples, the one-screen one and those that only a person can follow included."""
    text = page.read_text(encoding="utf-8")
    inline = re.findall(r"`(boilerbench [^`]*)`", prose_of(page))
    lines = [
        line
        for block in code_of(text, ("sh", "text", "yaml"))
        for line in block.splitlines()
        if line.strip().startswith("boilerbench ")
    ]
    for line in [*inline, *lines]:
        assert not (unknown := unknown_words(line)), f"{line}: {unknown}"
    options = {name for command in all_commands() for option in command.params for name in option.opts}
    options |= {
        name for command in all_commands() for option in command.params for name in option.secondary_opts
    }
    named = set(re.findall(r"`(--[a-z][a-z-]+)[ `]", prose_of(page)))
    assert named - options <= {"--help", "--check", "--version"}


def test_modules_that_plug_ins_may_import_are_there() -> None:
    section = (
        (DOCS / "plugins.md").read_text(encoding="utf-8").partition("may import")[2].partition("\n## ")[0]
    )
    modules = set(re.findall(r"`(boilerbench\.[\w.]+)`", section))
    assert len(modules) >= 6
    for module in modules:
        importlib.import_module(module)


def all_commands() -> list[click.Command]:
    """Every command and every command of a command."""
    context = click.Context(cli)
    found: list[click.Command] = []
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        found.append(command)
        if isinstance(command, click.Group):
            found += command.commands.values()
    return found


def unknown_words(line: str) -> list[str]:
    """The command, or the options, of a line that boilerbench does not have."""
    words = shlex.split(line.partition("→")[0], comments=True)[1:]
    if not words or words[0].startswith("-") or not re.fullmatch("[a-z]+", words[0]):
        return []
    command = cli.get_command(click.Context(cli), words[0])
    if command is None:
        return [words[0]]
    if isinstance(command, click.Group) and len(words) > 1 and words[1] in command.commands:
        command = command.commands[words[1]]
    known = {name for option in command.params for name in (*option.opts, *option.secondary_opts)}
    given = [word for word in words[1:] if re.match("-[-a-z]", word) and word not in ("--help", "-h")]
    return [word for word in given if word.partition("=")[0] not in known]

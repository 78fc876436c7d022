"""Commands, options and exit codes, read from click."""

from __future__ import annotations

import inspect
import re
import textwrap

import click

from boilerbench.cli import cli
from tables.markdown import code, described, table

_EXIT_CODES = {
    "0": "fine",
    "1": "an extractor or a document was left out, an extractor failed on every page, `gate` found an "
    "extractor worse, or a check found a fault",
    "2": "wrong use or input: one line on stderr says what, where, and what to do",
    "130": "interrupted; nothing was replaced",
}
_GROUPINGS = {
    "source": "the data set that the document comes from, where a corpus holds several",
    "page_type": "the document's page type",
    "language": "its language (BCP 47), as the corpus has it",
    "trap": "each trap that the document names; a document is in as many groups as it has traps",
    "difficulty": "page complexity, 1 − words of gold / words of the page (WCEB), cut at the run's quartiles",
}


def overview() -> str:
    """Every command with the first sentence of its help."""
    rows = [
        (f"[`{path}`](#{_anchor(path)})", command.get_short_help_str(200)) for path, command in _commands()
    ]
    return table(("command", "does"), rows)


def reference() -> str:
    """Every command with its usage, its help and its options."""
    return "\n\n".join(_section(path, command) for path, command in _commands())


def exit_codes() -> str:
    """What each exit code means."""
    from boilerbench.cli import main

    named = re.findall(r"\b(\d+) ", (main.__doc__ or "").partition(":")[2])
    return table(
        ("code", "means"), [(code(name), why) for name, why in described(named, _EXIT_CODES, "exit codes")]
    )


def groupings() -> str:
    """What ``--by`` takes, and which commands take it."""
    takers: dict[str, list[str]] = {}
    for path, command in _commands():
        for option in command.params:
            if option.name == "by" and isinstance(option.type, click.Choice):
                for choice in option.type.choices:
                    takers.setdefault(str(choice), []).append(code(path.removeprefix("boilerbench ")))
    rows = [
        (code(name), why, ", ".join(takers[name])) for name, why in described(takers, _GROUPINGS, "groupings")
    ]
    return table(("`--by`", "groups by", "in"), rows)


def _commands() -> list[tuple[str, click.Command]]:
    """Commands and their own commands, in the order of ``--help``, by what a person types."""
    found = []
    context = click.Context(cli, info_name="boilerbench")
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        found.append((f"boilerbench {name}", command))
        if isinstance(command, click.Group):
            inner = click.Context(command, info_name=name, parent=context)
            for part in command.list_commands(inner):
                below = command.get_command(inner, part)
                assert below is not None
                found.append((f"boilerbench {name} {part}", below))
    return found


def _section(path: str, command: click.Command) -> str:
    context = click.Context(command, info_name=path)
    usage = " ".join([path, *(piece for piece in command.collect_usage_pieces(context))])
    parts = [f"## {path}", f"```text\n{usage}\n```", *_prose(command.help or "")]
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    if options:
        rows = [(_names(option), _default(option, context), option.help or "") for option in options]
        parts.append(table(("option", "default", "meaning"), rows))
    return "\n\n".join(parts)


def _prose(text: str) -> list[str]:
    """Paragraphs of help; what follows ``\\b`` keeps its lines."""
    parts = []
    for paragraph in re.split(r"\n\s*\n", inspect.cleandoc(text)):
        if paragraph.startswith("\b"):
            lines = "\n".join(line.strip() for line in paragraph.lstrip("\b\n").splitlines())
            parts.append(f"```text\n{lines}\n```")
        else:
            parts.append("\n".join(_wrapped(re.sub(r"(?<!\w)(--[a-z][\w-]*)", r"`\1`", paragraph))))
    return parts


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(" ".join(text.split()), 116, break_on_hyphens=False)


def _names(option: click.Option) -> str:
    names = ", ".join(code(name) for name in (*option.opts, *option.secondary_opts))
    if option.is_flag:
        return names
    kind = (
        "\\|".join(map(str, option.type.choices)) if isinstance(option.type, click.Choice) else option.metavar
    )
    return f"{names} {(kind or option.type.name.upper()).replace(chr(92), '')}"


def _default(option: click.Option, context: click.Context) -> str:
    if option.is_flag or not option.show_default or option.default is None:
        return "required" if option.required else ""
    return code(str(option.get_default(context)))


def _anchor(path: str) -> str:
    return re.sub(r"[^a-z0-9 -]", "", path.lower()).replace(" ", "-")

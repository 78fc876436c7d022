"""The command line: the only code that prints, exits or reads the environment."""

from __future__ import annotations

import errno
import importlib
import sys
from typing import Any

import click

from boilerbench.cli.commands import COMMANDS
from boilerbench.cli.hints import error_line
from boilerbench.cli.streams import OutputError, ReaderGoneError, abandon_stdout, guarded
from boilerbench.errors import InputError
from boilerbench.nearest import hint
from boilerbench.visible_text import visible_line

_ENVIRONMENT_FAULTS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EMFILE)


class _Commands(click.Group):
    """Commands whose modules are imported on use, so that ``--help`` takes no time."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(f"boilerbench.cli.{module}"), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise InputError(f"no command {args[0]!r}; {hint(args[0], list(COMMANDS))}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(
    cls=_Commands,
    context_settings={"color": True, "help_option_names": ["-h", "--help"], "max_content_width": 80},
)
@click.version_option(package_name="boilerbench", message="%(prog)s %(version)s")
def cli() -> None:
    """Evaluate programs that pull the body text out of web pages.

    Hand-labelled gold body text is compared with each extractor's output; precision and recall are reported
    for every document. Start with:  boilerbench run
    """


def main() -> None:
    """Run the command line and exit: 0 fine, 1 a check failed, 2 wrong use or input, 130 interrupted."""
    sys.exit(_code())


def _code() -> int:
    try:
        with guarded():
            return _guarded_code()
    except ReaderGoneError:
        abandon_stdout()
        return 0
    except OutputError as error:
        abandon_stdout()
        click.echo(f"boilerbench: standard output: {error}", err=True)
        return 2


def _guarded_code() -> int:
    try:
        result: Any = cli.main(prog_name="boilerbench", standalone_mode=False)
    except InputError as error:
        click.echo(visible_line(f"boilerbench: {error_line(error)}"), err=True)
        return 2
    except click.ClickException as error:
        error.show()
        return 2
    except (KeyboardInterrupt, click.Abort):
        click.echo("boilerbench: interrupted; nothing was replaced", err=True)
        return 130
    except OSError as error:
        if error.errno not in _ENVIRONMENT_FAULTS:
            raise
        where = f"{error.filename}: " if error.filename else ""
        click.echo(visible_line(f"boilerbench: {where}{error.strerror}; nothing was replaced"), err=True)
        return 2
    return result if isinstance(result, int) else 0

"""Options that several commands share, each with one meaning, one set of names and one wording."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from boilerbench.errors import InputError
from boilerbench.nearest import hint

Function = TypeVar("Function", bound=Callable[..., Any])
Decorator = Callable[[Function], Function]

RUN = click.Path(path_type=Path)
"""The type of an argument or an option that is the folder of a run."""

GROUPINGS = ("source", "page_type", "language", "trap")
"""The kinds of documents that a run's own tables tell apart."""
DIFFICULTY = "difficulty"
"""The kind that is read from the pages."""
COSTS = ("speed", "p95", "memory")
"""The columns of times and memory that a leaderboard has on request."""
SIZES = ("characters", "bytes", "words", "tokens")
"""The columns of sizes that a leaderboard has on request."""


def corpus() -> Decorator[Any]:
    """``--corpus`` for a command that needs the pages or the gold of a run."""
    return click.option(
        "-c", "--corpus", metavar="CORPUS", help="Where the corpus lies now, if it has moved."
    )


def measure(default: str = "Default: the first of the run.") -> Decorator[Any]:
    """``--measure`` for one measure of a run."""
    return click.option("-m", "--measure", metavar="MEASURE", help=f"One measure of the run. {default}")


def measures(default: str) -> Decorator[Any]:
    """``--measure`` for the measures to score by."""
    return click.option(
        *("-m", "--measure", "measures"),
        multiple=True,
        metavar="MEASURE",
        help=f"A name or all; may be repeated. Default: {default}.",
    )


def average(default: str = "Default: the measure's own.") -> Decorator[Any]:
    """``--average`` for a way of averaging over documents."""
    return click.option(
        "--average",
        metavar="AVERAGE",
        help=f"mean, zyte, micro, wcxb, macro, wer or present. {default}",
    )


def policy(default: str | None = "default") -> Decorator[Any]:
    """``--policy``; without a default, that of the run holds."""
    return click.option(
        "--policy",
        default=default,
        show_default=default is not None,
        metavar="POLICY",
        help="What labels count as: default, a TOML file, or with changes, as default,+comment,-caption."
        + ("" if default else " Default: that of the run."),
    )


def jobs() -> Decorator[Any]:
    """``--jobs`` for how many tools work side by side."""
    return click.option(
        *("-j", "--jobs"),
        type=click.IntRange(min=1),
        metavar="N",
        help="Tools that work side by side. Default: one per core.",
    )


def limits(tool: str = "a tool", scope: str = " for a page") -> Decorator[Any]:
    """``--timeout`` and ``--memory`` for what a tool may take for a page."""
    from boilerbench.runner.limits import MEMORY_MB, TIMEOUT_SECONDS

    timeout = click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        default=TIMEOUT_SECONDS,
        show_default=True,
        metavar="SECONDS",
        help=f"Time that {tool} has{scope}.",
    )
    memory = click.option(
        "--memory",
        type=click.IntRange(min=64),
        default=MEMORY_MB,
        show_default=True,
        metavar="MB",
        help=f"Memory that {tool} may have.",
    )
    return lambda command: timeout(memory(command))


def out(help_: str, default: str | Path = "runs") -> Decorator[Any]:
    """``--out`` for the folder in which a command makes one of its own."""
    return click.option(
        *("-o", "--out"),
        type=click.Path(path_type=Path, file_okay=False),
        default=default,
        show_default=True,
        metavar="DIR",
        help=help_,
    )


def allow_read() -> Decorator[Any]:
    """``--allow-read`` for what every tool may read beside what its spec names."""
    return click.option(
        "--allow-read",
        multiple=True,
        metavar="PATH",
        help="A file or folder of yours that tools may read, beside what their specs name; may be repeated.",
    )


def allow_network() -> Decorator[Any]:
    """``--allow-network`` for the extractors that may use the network."""
    return click.option(
        "--allow-network",
        multiple=True,
        metavar="SPEC",
        help="An extractor that may use the network, as a service is asked over; may be repeated.",
    )


def seed(default: int | None = 0) -> Decorator[Any]:
    """``--seed``; without a default, that of the run holds."""
    return click.option(
        "--seed",
        type=click.IntRange(min=0),
        default=default,
        show_default=default is not None,
        metavar="N",
        help="Decides the draws of intervals and tests." + ("" if default == 0 else " Default: the run's."),
    )


def pair() -> Decorator[Any]:
    """``--pair`` for extractors of two runs that have different names."""
    return click.option(
        "--pair",
        multiple=True,
        metavar="NEW=OLD",
        help="An extractor of each run, to compare across names; may be repeated.",
    )


def independent() -> Decorator[Any]:
    """``--independent`` for intervals and tests that do not look at sites."""
    return click.option(
        "--independent",
        is_flag=True,
        help="Take pages of one site as independent, instead of drawing sites whole.",
    )


def as_json(what: str = "") -> Decorator[Any]:
    """``--json`` for output that a program reads."""
    return click.option(
        "--json", "as_json", is_flag=True, help=f"Print {what} as JSON." if what else "Print as JSON."
    )


def as_format(*formats: str) -> Decorator[Any]:
    """``--format``, the first of which is the default."""
    return click.option(
        *("-f", "--format", "as_format"),
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How to print it.",
    )


def several(kind: str, names: Sequence[str]) -> Callable[..., tuple[str, ...]]:
    """Return a click callback that reads names out of a list, between commas.

    The callback raises InputError for an unknown name, with the nearest one.
    """

    def read(_: click.Context, __: click.Parameter, value: str) -> tuple[str, ...]:
        given = [name.strip() for name in value.split(",")] if value else []
        for name in given:
            if name not in names:
                raise InputError(f"unknown {kind} {name!r}; {hint(name, names)}")
        return tuple(dict.fromkeys(given))

    return read


def by(groupings: Sequence[str] = GROUPINGS) -> Decorator[Any]:
    """``--by`` for figures by kind of document."""
    more = (
        " Difficulty is the share of a page's words that are not body, cut at its quartiles over the run."
        if DIFFICULTY in groupings
        else ""
    )
    return click.option("--by", type=click.Choice(groupings), help=f"A row per kind of document.{more}")


def join_languages() -> Decorator[Any]:
    """``--join-languages`` beside ``--by language``."""
    return click.option(
        "--join-languages", is_flag=True, help="With --by language: en-GB and en-US stand under en."
    )


def at_least() -> Decorator[Any]:
    """``--at-least`` beside ``--by``."""
    return click.option(
        "--at-least",
        type=click.IntRange(min=1),
        default=1,
        show_default=True,
        metavar="N",
        help="With --by: only kinds with so many documents.",
    )

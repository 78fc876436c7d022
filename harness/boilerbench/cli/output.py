"""Printing of the commands: results on stdout, remarks and progress on stderr."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import math
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from boilerbench.progress import Progress as Listener
from boilerbench.progress import Silent

if TYPE_CHECKING:
    import pandas as pd

    from boilerbench.corpora.download import Bar


def stdout() -> Console:
    """Return the console for results; plain text when it is not a terminal."""
    return Console(highlight=False)


def say(line: str) -> None:
    """Print a remark on stderr."""
    click.echo(line, err=True)


def plain(value: Any) -> Any:
    """Return a record as values that JSON has: what is not a number becomes null."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {name: plain(member) for name, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(member) for member in value]
    return None if isinstance(value, float) and math.isnan(value) else value


def table_text(table: pd.DataFrame, as_format: str) -> str:
    """Return a table as ``csv`` or ``json``, with a newline at its end."""
    if as_format == "csv":
        return table.to_csv(index=False, float_format="%.6f", lineterminator="\n")
    return json.dumps(json.loads(table.to_json(orient="records")), indent=2, ensure_ascii=False) + "\n"


def print_listing(
    title: str, rows: Sequence[Mapping[str, Any]], columns: Sequence[str], as_json: bool
) -> None:
    """Print rows as a table of some of their columns, or whole as JSON."""
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    from boilerbench.reports.terminal import listing

    table = listing(
        title, [name.capitalize() for name in columns], [[row[c] for c in columns] for row in rows]
    )
    stdout().print(table)


@contextlib.contextmanager
def live_progress() -> Iterator[Listener]:
    """Show a bar on stderr with documents per second and failures; nothing when that is not a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield Silent()
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, expand=True) as bars:
        yield _Bars(bars)


@contextlib.contextmanager
def transfer_progress(what: str) -> Iterator[Bar | None]:
    """Show a bar on stderr with bytes and speed of a download; nothing when that is not a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, expand=True) as bars:
        yield _TransferBar(bars, bars.add_task(what, total=None))


class _TransferBar:
    def __init__(self, bars: Progress, task: TaskID) -> None:
        self._bars, self._task = bars, task

    @property
    def total(self) -> int:
        return int(self._bars.tasks[0].total or 0)

    @total.setter
    def total(self, total: int) -> None:
        self._bars.update(self._task, total=total or None)

    def update(self, number: int, /) -> None:
        self._bars.update(self._task, advance=number)

    def reset(self) -> None:
        self._bars.update(self._task, completed=0)

    def close(self) -> None:
        self._bars.update(self._task, description="unpacking and checking")


class _Bars:
    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._task: TaskID | None = None

    def begin(self, stage: str, total: int, *, parts: int = 1) -> None:
        if self._task is not None:
            self._bars.remove_task(self._task)
        self._task = self._bars.add_task(stage, total=total, rate="")
        self._started, self._done, self._failed, self._parts = time.monotonic(), 0, 0, parts

    def advance(self, *, failed: bool = False) -> None:
        assert self._task is not None
        self._done += 1
        self._failed += failed
        documents = self._done / self._parts / max(time.monotonic() - self._started, 1e-3)
        rate = f"{documents:.1f} documents/s" + (f", {self._failed} failed" if self._failed else "")
        self._bars.update(self._task, advance=1, rate=rate)

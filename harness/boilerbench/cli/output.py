"""Printing of the commands: results on stdout, remarks and progress on stderr."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import math
import re
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console, ConsoleOptions, RenderableType
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
from rich.segment import Segment
from rich.text import Text

from boilerbench.cli.streams import unguarded
from boilerbench.progress import Progress as Listener
from boilerbench.progress import Silent
from boilerbench.visible_text import visible

if TYPE_CHECKING:
    import pandas as pd

    from boilerbench.corpora.download import Bar

_UNSAFE = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class VisibleConsole(Console):
    """A console that prints text as it is: no markup, no emoji codes, and control characters as marks."""

    def __init__(self, **options: Any) -> None:
        super().__init__(highlight=False, markup=False, emoji=False, **options)

    def render_str(self, text: str, **options: Any) -> Text:
        """Return text to print for a string."""
        return super().render_str(visible(text), **options)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Render something to print, and texts without what acts on a terminal."""
        if isinstance(renderable, Text) and (text := visible(renderable.plain)) != renderable.plain:
            # Each character becomes one, so that styles stay where they are.
            renderable = renderable.copy()
            renderable.plain = text
        return super().render(renderable, options)


def stdout() -> Console:
    """Return the console for results; plain text when it is not a terminal."""
    return VisibleConsole(file=unguarded(sys.stdout))


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


def json_text(value: object) -> str:
    """Return a value as JSON, with escapes for what acts on a terminal."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def table_text(table: pd.DataFrame, as_format: str) -> str:
    """Return a table as ``csv`` or ``json``, with a newline at its end."""
    if as_format == "csv":
        return table.to_csv(index=False, float_format="%.6f", lineterminator="\n")
    return json_text(json.loads(table.to_json(orient="records"))) + "\n"


def print_listing(
    title: str, rows: Sequence[Mapping[str, Any]], columns: Sequence[str], as_json: bool
) -> None:
    """Print rows as a table of some of their columns, or whole as JSON."""
    if as_json:
        click.echo(json_text(rows))
        return
    from boilerbench.reports.terminal import listing

    table = listing(
        title, [name.capitalize() for name in columns], [[row[c] for c in columns] for row in rows]
    )
    stdout().print(table)


@contextlib.contextmanager
def live_progress() -> Iterator[Listener]:
    """Show a bar on stderr with documents per second and failures; nothing when that is not a terminal."""
    console = VisibleConsole(file=unguarded(sys.stderr))
    if not console.is_terminal:
        yield Silent()
        return
    columns = (
        TextColumn("{task.description}", markup=False),
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
    console = VisibleConsole(file=unguarded(sys.stderr))
    if not console.is_terminal:
        yield None
        return
    columns = (
        TextColumn("{task.description}", markup=False),
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
        self._task = self._bars.add_task(stage, total=total or None, rate="")
        self._started, self._done, self._failed, self._parts = time.monotonic(), 0, 0, parts

    def advance(self, *, failed: bool = False) -> None:
        assert self._task is not None
        self._done += 1
        self._failed += failed
        documents = self._done / self._parts / max(time.monotonic() - self._started, 1e-3)
        rate = f"{documents:.1f} documents/s" + (f", {self._failed} failed" if self._failed else "")
        self._bars.update(self._task, advance=1, rate=rate)

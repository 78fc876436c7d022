"""Settling the differences of two annotators in the terminal, a key each."""

from __future__ import annotations

from pathlib import Path

import click

from boilerbench.labelling.keys import KEYS
from boilerbench.labelling.settling import Difference, Settling

_STOP = ("Q", "\x04")


def settle_differences(folder: Path) -> int:
    """Ask which label holds where two annotators differ; return how many differences are left.

    Every answer is saved before the next one is asked for.

    Raises:
        InputError: an annotator has not labelled all blocks, or a file cannot be read.
    """
    settling = Settling(folder)
    agreed = settling.take_agreed()
    total = len(settling.differences)
    click.echo(
        f"{folder.name}: {agreed} blocks agreed, {total} differences, {len(settling.left)} not settled"
    )
    decision = ""
    while settling.left:
        difference = settling.left[0]
        _show(difference, total - len(settling.left) + 1, total, decision)
        key = click.getchar()
        if key in _STOP:
            break
        label = {"1": difference.first, "2": difference.second}.get(key) or KEYS.get(key)
        if key == ":":
            decision = click.prompt("decision", default="", show_default=False)
        elif label:
            settling.settle(difference.row, label, decision)
            click.echo(f"  {label}" + (f", decision {decision}" if decision else ""))
        else:
            click.echo("  1 or 2, or the key of another label")
    return len(settling.left)


def _show(difference: Difference, number: int, total: int, decision: str) -> None:
    click.echo(f"\n{number}/{total}  block {difference.row}")
    click.echo(click.wrap_text(difference.text, 80))
    kept = f" (now {decision})" if decision else ""
    click.echo(
        f"1 {difference.first}  2 {difference.second}  or another label's key  : decision{kept}  Q stop"
    )

"""Labelling a page in the terminal, a key a block."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from boilerbench.cli.hints import error_line
from boilerbench.corpora.gold_files import HTML_PAGE_FILE, UNLABELLED
from boilerbench.decoding import page_text
from boilerbench.errors import InputError
from boilerbench.labelling.gold_folder import read_page, read_rows, write_rows
from boilerbench.labelling.session import KEYS, Session, parse_range
from boilerbench.page_blocks import page_blocks

_AHEAD = 6
"""The number of blocks shown after the current one, so that ranges can be seen."""


def label_blocks(folder: Path) -> tuple[int, int]:
    """Ask for the labels that blocks lack; return how many blocks lack one still, and their number.

    However this ends, labels given by then are written.

    Raises:
        InputError: the document has no labels.tsv.
    """
    rows = read_rows(folder)
    session = Session([label for label, _ in rows])
    texts = [text for _, text in rows]
    try:
        _ask(session, texts, _paths(folder, texts))
    finally:
        write_rows(folder, zip(session.labels, texts, strict=True))
    return session.left, len(texts)


def _paths(folder: Path, texts: Sequence[str]) -> list[str]:
    """Return the path of each block on the page; empty where page and labels do not fit any more."""
    blocks = page_blocks(page_text(read_page(folder))) if (folder / HTML_PAGE_FILE).exists() else []
    return (
        [block.path for block in blocks]
        if [block.text for block in blocks] == list(texts)
        else [""] * len(texts)
    )


def _ask(session: Session, texts: Sequence[str], paths: Sequence[str]) -> None:
    """Ask for one label after the other."""
    keys = {**KEYS, ":": "range", "u": "undo", "?": "keys", "Q": "stop"}
    # A no-break space keeps a key and its meaning on one line.
    legend = click.wrap_text("  ".join(f"{key}\u00a0{name}" for key, name in keys.items()), 80)
    click.echo(legend)
    while (block := session.next_block) is not None:
        _show(block, session, texts, paths)
        key = click.getchar()
        if key in ("Q", "\x04"):
            return
        try:
            if key in KEYS:
                session.label(KEYS[key], block)
                click.echo(f"  {KEYS[key]}")
            elif key == ":":
                session.label(*parse_range(click.prompt("range and label")))
            elif key == "u":
                click.echo("  one step back" if session.undo() else "  nothing to take back")
            else:
                click.echo(legend)
        except InputError as error:
            click.echo(f"  {error_line(error)}")


def _show(block: int, session: Session, texts: Sequence[str], paths: Sequence[str]) -> None:
    click.echo()
    click.echo(f"{block}/{len(texts)}  {paths[block - 1]}"[:80])
    click.echo(click.wrap_text(texts[block - 1], 80))
    for index in range(block, min(block + _AHEAD, len(texts))):
        label = session.labels[index].replace(UNLABELLED, "")
        click.echo(f"{index + 1:>6}  {texts[index][:56]:<56}  {label}".rstrip())

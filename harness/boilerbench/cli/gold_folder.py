"""The folder of gold documents that commands are about, and hints that name it."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from boilerbench.corpora.gold_files import own_gold
from boilerbench.errors import InputError
from boilerbench.nearest import nearest

gold_folder = click.option(
    "-g",
    "--gold",
    "root",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The folder of gold documents. Default: gold/ here, else the gold that comes with boilerbench.",
)
"""The option ``-g``."""


def root_of(given: Path | None, *, writing: bool = False) -> Path:
    """Return the folder given, else ``gold/`` here, else, to read from, that of boilerbench's own gold."""
    here = Path("gold")
    return given or (here if writing or here.is_dir() else own_gold())


def where(given: Path | None) -> str:
    """Return the option that names the folder, as a hint repeats it; empty where none was given."""
    return f" -g {shlex.quote(str(given))}" if given else ""


def document_folder(given: Path | None, name: str) -> Path:
    """Return the folder of a document.

    Raises:
        InputError: it is not there.
    """
    folder = root_of(given) / name
    if folder.is_dir():
        return folder
    there = [entry.name for entry in folder.parent.iterdir()] if folder.parent.is_dir() else []
    if near := nearest(name, there):
        raise InputError(f"{folder}: no such document; did you mean {near}?")
    raise InputError(
        f"{folder}: no such document", remedy="new", document=name, **({"gold": str(given)} if given else {})
    )

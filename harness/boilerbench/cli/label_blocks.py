"""Labelling a page in the terminal, a key a block; every key is saved before the next one is read."""

from __future__ import annotations

import re
from pathlib import Path

import click

from boilerbench.cli.hints import error_line
from boilerbench.corpora.gold_files import UNLABELLED
from boilerbench.errors import InputError
from boilerbench.labelling.app.pages import GoldPage
from boilerbench.labelling.keys import KEYS, parse_range

_AHEAD = 6
"""The number of blocks shown after the current one, so that ranges can be seen."""
_FORWARD = (" ", "\r", "\n", "\x1b[B", "\x1bOB")
_BACKWARD = ("-", "\x1b[A", "\x1bOA")
_STOP = ("Q", "\x04")
_COMMANDS = {
    ".": "range from here",
    ":": "range or block by number",
    "space": "on",
    "-": "back",
    "u": "undo",
    "U": "redo",
    "Q": "stop",
}


def label_blocks(folder: Path, annotator: str | None = None) -> tuple[int, int]:
    """Ask for the labels of blocks; return how many blocks lack one still, and their number.

    Begins at the first block without a label, and ends when none is left; a page that is finished begins at
    its first block, and ends after its last one.

    Args:
        folder: the folder of the document.
        annotator: whose labels these are; None for labels.tsv.

    Raises:
        InputError: page or labels cannot be read.
    """
    terminal = _Terminal(GoldPage(folder, annotator))
    terminal.ask()
    return terminal.page.journal.left, len(terminal.page.texts)


class _Terminal:
    """A page, and the block that is asked about."""

    def __init__(self, page: GoldPage) -> None:
        self.page = page
        labels = page.journal.labels
        self._reopened = UNLABELLED not in labels
        self._block = 1 if self._reopened else labels.index(UNLABELLED) + 1
        self._from: int | None = None
        self._last = ""

    def ask(self) -> None:
        """Ask for one label after the other."""
        while self.page.texts and (self._reopened or self.page.journal.left):
            self._show()
            key = click.getchar()
            if key in _STOP:
                return
            self._last = ""
            try:
                self._answer(key)
            except InputError as error:
                self._last = error_line(error)
            if self._last:
                click.echo(f"  {self._last}")
        if not self.page.texts:
            click.echo("This page has no block.")

    def _answer(self, key: str) -> None:
        number = len(self.page.texts)
        if key in KEYS:
            first, last = sorted((self._from or self._block, self._block))
            self._label(KEYS[key], first, last)
        elif key == ".":
            self._from = None if self._from else self._block
            self._last = "range begins here; move on, then give its label" if self._from else "no range"
        elif key == ":":
            self._by_number(click.prompt("range and label, or block"))
        elif key in _FORWARD:
            self._block = min(self._block + 1, number)
        elif key in _BACKWARD:
            self._block = max(self._block - 1, 1)
        elif key in ("u", "U"):
            self._step_back(again=key == "U")
        else:
            self._last = "no such key; a capital gives no label"

    def _label(self, label: str, first: int, last: int) -> None:
        if not 1 <= first <= last <= len(self.page.texts):
            raise InputError(f"no blocks {first} to {last}; there are 1 to {len(self.page.texts)}")
        self.page.journal.label(dict.fromkeys(range(first - 1, last), label))
        self.page.after_step()
        text = self.page.texts[last - 1]
        blocks = f"{first}" if first == last else f"{first}-{last}, {last - first + 1} blocks, to"
        self._last = f"{label}: {blocks} {text}"[:78]
        self._from = None
        self._move_on(last)

    def _move_on(self, last: int) -> None:
        """Go to the next block without a label, or to the next one of a finished page."""
        labels = self.page.journal.labels
        open_blocks = [block for block, label in enumerate(labels, 1) if label == UNLABELLED]
        following = [block for block in open_blocks if block > last] or open_blocks
        self._block = following[0] if following else min(last + 1, len(labels))
        if last == len(labels):
            self._reopened = False

    def _by_number(self, words: str) -> None:
        """Label a range, or go to a block, by what was typed."""
        if re.fullmatch(r"\s*\d+\s*", words):
            block = int(words)
            if not 1 <= block <= len(self.page.texts):
                raise InputError(f"no block {block}; there are 1 to {len(self.page.texts)}")
            self._block = block
        else:
            self._label(*parse_range(words))

    def _step_back(self, *, again: bool) -> None:
        journal = self.page.journal
        changed = journal.redo() if again else journal.undo()
        self.page.after_step()
        if changed:
            self._block = min(changed) + 1
            self._last = f"one step {'forth' if again else 'back'}: {len(changed)} blocks"
        else:
            self._last = f"nothing to {'make again' if again else 'take back'}"

    def _show(self) -> None:
        """Show the block, those after it, and the keys below."""
        texts, labels = self.page.texts, self.page.journal.labels
        block = self._block
        if notice := self.page.journal.notice:
            self.page.journal.notice = ""
            click.echo(f"  {notice}")
        click.echo()
        mark = f", range from {self._from}" if self._from else ""
        label = "" if labels[block - 1] == UNLABELLED else f"  [{labels[block - 1]}]"
        head = f"{block}/{len(texts)}{label}{mark}  "
        path = self.page.places[block - 1].path
        room = max(0, 80 - len(head))
        click.echo(head + (path if len(path) <= room else "…" + path[len(path) - room + 1 :]))
        click.echo(click.wrap_text(texts[block - 1], 80))
        for index in range(block, min(block + _AHEAD, len(texts))):
            name = labels[index].replace(UNLABELLED, "")
            click.echo(f"{index + 1:>6}  {texts[index][:56]:<56}  {name}".rstrip())
        # A no-break space keeps a key and its meaning on one line.
        keys = "  ".join(
            f"{key}\u00a0{name.replace(' ', chr(0xA0))}" for key, name in {**KEYS, **_COMMANDS}.items()
        )
        click.echo(click.wrap_text(keys, 80))

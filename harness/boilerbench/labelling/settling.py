"""Settling what two annotators differ in: both labels, the one that holds, and the decision it follows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from boilerbench.corpora.gold_files import (
    FIRST_ANNOTATOR_FILE,
    SECOND_ANNOTATOR_FILE,
    read_annotator,
)
from boilerbench.corpora.reading import problem, read_utf8
from boilerbench.errors import InputError
from boilerbench.labelling.app.pages import GoldPage
from boilerbench.labelling.durable import write_durably
from boilerbench.policy import default_policy

SETTLED_FILE = "settled.tsv"
"""A row for each difference that is settled: row, both labels, the one that holds, the decision."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A block to which two annotators gave different labels.

    Attributes:
        row: of the block, from 1.
        text: of the block.
        first: the label of the first annotator.
        second: the label of the second one.
        label: the one that holds; empty where that is not settled yet.
        decision: the number of the decision in docs/labelling.md that it follows, or a few words.
    """

    row: int
    text: str
    first: str
    second: str
    label: str = ""
    decision: str = ""


class Settling:
    """The differences of two annotators about one document.

    Args:
        folder: the folder of the document.
        page: the document, where it is open already.

    Raises:
        InputError: one of them has not labelled all of its blocks, or a file cannot be read.
    """

    def __init__(self, folder: Path, page: GoldPage | None = None) -> None:
        self.page = page or GoldPage(folder)
        number = len(self.page.texts)
        for name in (FIRST_ANNOTATOR_FILE, SECOND_ANNOTATOR_FILE):
            if not (folder / name).exists():
                raise problem(folder.name, name, "missing; two annotators label a page before it is settled")
        first, second = (
            read_annotator(folder.name, folder / name, number)
            for name in (FIRST_ANNOTATOR_FILE, SECOND_ANNOTATOR_FILE)
        )
        self._file = folder / SETTLED_FILE
        settled = self._read()
        self.differences = [
            settled.get((row, a, b), Difference(row, text, a, b))
            for row, (text, a, b) in enumerate(zip(self.page.texts, first, second, strict=True), 1)
            if a != b
        ]
        self._agreed = {index: a for index, (a, b) in enumerate(zip(first, second, strict=True)) if a == b}

    @property
    def left(self) -> list[Difference]:
        """The differences that are not settled yet."""
        return [difference for difference in self.differences if not difference.label]

    def take_agreed(self) -> int:
        """Give the blocks on which both agree their label; return how many they are."""
        self.page.journal.label(self._agreed)
        self.page.after_step()
        return len(self._agreed)

    def settle(self, row: int, label: str, decision: str = "") -> Difference:
        """Settle a difference, which is on disk when this returns.

        Args:
            row: of the block, from 1.
            label: the one that holds, which may be neither of the two.
            decision: the number of the decision that it follows, or a few words.

        Raises:
            InputError: there is no such difference or label.
        """
        index = next((index for index, each in enumerate(self.differences) if each.row == row), None)
        if index is None:
            raise InputError(f"{self.page.document}: the annotators do not differ in row {row}")
        if label not in default_policy().roles:
            raise InputError(f"unknown label {label!r}; use {', '.join(default_policy().roles)}")
        settled = replace(self.differences[index], label=label, decision=" ".join(decision.split()))
        self.differences[index] = settled
        self._write()
        self.page.journal.label({row - 1: label})
        self.page.after_step()
        return settled

    def _read(self) -> dict[tuple[int, str, str], Difference]:
        """Return what is settled, by row and both labels: after a change of these it is open again."""
        if not self._file.exists():
            return {}
        settled = {}
        for number, line in enumerate(read_utf8(self.page.document, self._file).splitlines(), 1):
            cells = line.split("\t")
            known = default_policy().roles
            if len(cells) != 5 or not cells[0].isdecimal() or cells[3] not in known:
                where = f"{SETTLED_FILE}, row {number}"
                raise problem(
                    self.page.document, where, "not a row", "write row, two labels, label, decision"
                )
            row = int(cells[0])
            if 1 <= row <= len(self.page.texts):
                text = self.page.texts[row - 1]
                settled[row, cells[1], cells[2]] = Difference(row, text, *cells[1:])
        return settled

    def _write(self) -> None:
        rows = (
            f"{each.row}\t{each.first}\t{each.second}\t{each.label}\t{each.decision}\n"
            for each in self.differences
            if each.label
        )
        write_durably(self._file, "".join(rows))

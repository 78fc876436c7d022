"""Files that hold the labels of one page: labels.tsv, one annotator's file, an overlay."""

from __future__ import annotations

import abc
import contextlib
from collections.abc import Sequence
from pathlib import Path

from boilerbench.corpora import gold_files
from boilerbench.corpora.gold_files import LABELS_FILE, UNLABELLED
from boilerbench.corpora.overlay_files import fitted_labels, make_overlay, overlay_text, read_overlay
from boilerbench.corpora.reading import problem, read_utf8
from boilerbench.errors import InputError
from boilerbench.labelling.durable import write_durably
from boilerbench.policy import default_policy

Stamp = tuple[int, int, int] | None
"""What tells two states of a file apart; None where there is no file."""


class LabelFile(abc.ABC):
    """The labels of a page's blocks, in page order, as one file on disk holds them.

    Attributes:
        file: where they are kept.
        texts: the blocks of the page.
    """

    def __init__(self, document: str, file: Path, texts: Sequence[str]) -> None:
        self.document = document
        self.file = file
        self.texts = tuple(texts)

    @abc.abstractmethod
    def read(self) -> list[str]:
        """Return a label for each block, ``?`` where there is none yet.

        Raises:
            InputError: the file cannot be read, or is not about these blocks.
        """

    @abc.abstractmethod
    def content(self, labels: Sequence[str]) -> str:
        """Return the text of the file for these labels."""

    def write(self, labels: Sequence[str]) -> None:
        """Write the file, whole or not at all; the death of this process does not lose it then."""
        write_durably(self.file, self.content(labels))

    def stamp(self) -> Stamp:
        """Return what changes when somebody else writes the file."""
        with contextlib.suppress(FileNotFoundError):
            status = self.file.stat()
            return status.st_mtime_ns, status.st_size, status.st_ino
        return None

    def _fitted(self, labels: Sequence[str]) -> list[str]:
        if len(labels) != len(self.texts):
            said = f"{len(labels)} labels for {len(self.texts)} blocks"
            raise problem(self.document, self.file.name, said, "remove it and label the page again")
        return list(labels)


class LabelsTable(LabelFile):
    """labels.tsv of a gold document."""

    def __init__(self, folder: Path, texts: Sequence[str]) -> None:
        super().__init__(folder.name, folder / LABELS_FILE, texts)

    def read(self) -> list[str]:
        """Return a label for each block; all ``?`` where there is no file."""
        if not self.file.exists():
            return [UNLABELLED] * len(self.texts)
        rows = gold_files.read_rows(self.document, self.file)
        for number, (row, text) in enumerate(zip(rows, self.texts, strict=False), 1):
            if row.text != text:
                where = f"{LABELS_FILE}, row {number}"
                raise problem(
                    self.document, where, "not the block that the page has here", remedy="check-gold"
                )
        return self._fitted([row.label for row in rows])

    def content(self, labels: Sequence[str]) -> str:
        """Return label, tab, text, a row for each block."""
        return "".join(f"{label}\t{text}\n" for label, text in zip(labels, self.texts, strict=True))


class AnnotatorFile(LabelFile):
    """One annotator's labels, one a line, ``?`` where there is none yet."""

    def read(self) -> list[str]:
        """Return a label for each block; all ``?`` where there is no file."""
        if not self.file.exists():
            return [UNLABELLED] * len(self.texts)
        labels = read_utf8(self.document, self.file).split()
        for label in labels:
            if label != UNLABELLED and label not in default_policy().roles:
                raise problem(self.document, self.file.name, f"unknown label {label!r}", "correct it")
        return self._fitted(labels)

    def content(self, labels: Sequence[str]) -> str:
        """Return a label a line."""
        return "".join(f"{label}\n" for label in labels)


class OverlayFile(LabelFile):
    """The overlay of a published page; what is unfinished stands beside it until all blocks have a label.

    Args:
        document: the id of the page in its corpus.
        file: the overlay.
        draft: where labels are kept until all blocks have one.
        texts: the blocks of the page.
        page: the bytes of the page.
        facts: what the overlay says of its page.
    """

    def __init__(
        self,
        document: str,
        file: Path,
        draft: Path,
        texts: Sequence[str],
        page: bytes,
        facts: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(document, draft, texts)
        self.overlay = file
        self.facts = tuple(facts)
        self._page = page
        self._draft = AnnotatorFile(document, draft, texts)

    def read(self) -> list[str]:
        """Return the labels of an unfinished draft, else those of the overlay, else ``?`` for each block."""
        drafted = self._draft.read()
        if not self.overlay.exists() or (self.file.exists() and UNLABELLED in drafted):
            return drafted
        overlay = read_overlay(self.document, self.overlay)
        self.facts = overlay.facts or self.facts
        return list(fitted_labels(self.document, overlay, self._page, self.texts))

    def content(self, labels: Sequence[str]) -> str:
        """Return a label a line."""
        return self._draft.content(labels)

    def write(self, labels: Sequence[str]) -> None:
        """Write the draft and, where no label is missing, the overlay."""
        super().write(labels)
        if UNLABELLED not in labels:
            overlay = make_overlay(self._page, self.texts, labels, self.facts)
            write_durably(self.overlay, overlay_text(overlay))


def annotator_file(folder: Path, number: int, texts: Sequence[str]) -> AnnotatorFile:
    """Return the file of a gold document's first or second annotator."""
    names = (gold_files.FIRST_ANNOTATOR_FILE, gold_files.SECOND_ANNOTATOR_FILE)
    return AnnotatorFile(folder.name, folder / names[number - 1], texts)


def annotator_number(names: Sequence[str], name: str) -> int:
    """Return which annotator of a document a person is, 1 or 2, by the names that the document lists.

    Raises:
        InputError: two others have labelled it.
    """
    if name in names[:2]:
        return names.index(name) + 1
    if len(names) >= 2:
        raise InputError(
            f"it has two annotators already, {names[0]} and {names[1]}; settle what they differ in"
        )
    return len(names) + 1

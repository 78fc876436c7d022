"""What is there to be labelled: the documents of a gold folder, or the pages of a published corpus."""

from __future__ import annotations

import abc
import contextlib
import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

from boilerbench.corpora.base import Corpus
from boilerbench.corpora.gold import GoldCorpus
from boilerbench.corpora.gold_files import (
    FIRST_ANNOTATOR_FILE,
    LABELS_FILE,
    OVERLAYS,
    SECOND_ANNOTATOR_FILE,
    UNLABELLED,
    own_gold,
)
from boilerbench.corpora.overlays import OwnGold, overlays_of
from boilerbench.errors import InputError
from boilerbench.labelling.app.pages import GoldPage, OpenPage, OverlayPage
from boilerbench.labelling.durable import write_durably
from boilerbench.labelling.facts import read_facts
from boilerbench.labelling.journal import WORK_FOLDER
from boilerbench.parsing import ParseError, parse_json

_REMARKS_FILE = "remarks.json"


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody noted about a page of the queue."""

    unsure: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A page of the queue: its blocks, those without a label, and what is noted about it."""

    document: str
    blocks: int
    left: int
    unsure: bool
    remark: str


class Workspace(abc.ABC):
    """Pages to be labelled, each opened once.

    Attributes:
        annotator: whose labels these are; None for the settled ones.
        root: the folder beside whose documents remarks and journals are kept.
    """

    def __init__(self, root: Path, annotator: str | None) -> None:
        self.root = root
        self.annotator = annotator
        self._open: dict[str, OpenPage] = {}
        self._opening = threading.Lock()

    @abc.abstractmethod
    def documents(self) -> list[str]:
        """Return the ids of the pages, in the order in which they are to be labelled."""

    @abc.abstractmethod
    def _opened(self, document: str) -> OpenPage:
        """Open a page."""

    @abc.abstractmethod
    def counts(self, document: str) -> tuple[int, int]:
        """Return the number of blocks of a page, and of those without a label, without opening it.

        Both are 0 where nobody knows yet.
        """

    def labelled(self) -> list[Corpus]:
        """Return the corpora whose labelled pages teach what is suggested; what comes later goes first."""
        return [corpus for root in dict.fromkeys((own_gold(), self.root)) for corpus in _gold_in(root)]

    def page(self, document: str) -> OpenPage:
        """Return a page, opened once.

        Raises:
            InputError: there is none of that id, or it cannot be read.
        """
        # Two readings of a page would each think that the other changes its labels from outside.
        with self._opening:
            if document not in self._open:
                if document not in self.documents():
                    raise InputError(f"no document {document!r} here")
                self._open[document] = self._opened(document)
            return self._open[document]

    def queue(self) -> list[QueueEntry]:
        """Return all pages with what is left of them."""
        remarks = self._remarks()
        entries = []
        for document in self.documents():
            blocks, left = self.counts(document)
            if document in self._open:
                blocks, left = len(self._open[document].texts), self._open[document].journal.left
            remark = remarks.get(document, Remark())
            entries.append(QueueEntry(document, blocks, left, remark.unsure, remark.text))
        return entries

    def note(self, document: str, remark: Remark) -> None:
        """Keep a remark about a page."""
        remarks = {**self._remarks(), document: remark}
        kept = {name: asdict(each) for name, each in remarks.items() if each != Remark()}
        write_durably(self._remarks_file, json.dumps(kept, ensure_ascii=False, indent=1) + "\n")

    @property
    def _remarks_file(self) -> Path:
        folder = self.root / WORK_FOLDER
        return folder / (f"{self.annotator}.{_REMARKS_FILE}" if self.annotator else _REMARKS_FILE)

    def _remarks(self) -> Mapping[str, Remark]:
        try:
            kept = parse_json(self._remarks_file.read_bytes())
            return {name: Remark(bool(each["unsure"]), str(each["text"])) for name, each in kept.items()}
        except (OSError, ParseError, AttributeError, KeyError, TypeError):
            return {}


class GoldWorkspace(Workspace):
    """Documents of a gold folder.

    Args:
        root: the folder of documents.
        documents: their ids; all that are there, where none is given, also those that are made later.
        annotator: whose labels these are; None for labels.tsv.
    """

    def __init__(self, root: Path, documents: Sequence[str] = (), annotator: str | None = None) -> None:
        super().__init__(root, annotator)
        self._named = list(documents)

    def documents(self) -> list[str]:
        """Return the ids given, or those of all documents."""
        return self._named or [
            entry.name
            for entry in sorted(self.root.iterdir() if self.root.is_dir() else ())
            if entry.is_dir() and not entry.name.startswith(".") and entry.name != OVERLAYS
        ]

    def add(self, document: str) -> None:
        """Take up a document that has just been begun."""
        if self._named:
            self._named.append(document)

    def _opened(self, document: str) -> OpenPage:
        return GoldPage(self.root / document, self.annotator)

    def counts(self, document: str) -> tuple[int, int]:
        """Return the rows of the file of labels, and those without one."""
        folder = self.root / document
        rows = _lines(folder / LABELS_FILE)
        if self.annotator is None:
            return len(rows), sum(row.startswith(f"{UNLABELLED}\t") for row in rows)
        try:
            names = [name.strip() for name in read_facts(folder)["annotators"].split(",")]
        except InputError:
            names = []
        if self.annotator not in names[:2]:
            return len(rows), len(rows)
        file = (FIRST_ANNOTATOR_FILE, SECOND_ANNOTATOR_FILE)[names.index(self.annotator)]
        labels = _lines(folder / file)
        return len(rows), labels.count(UNLABELLED) if labels else len(rows)


class OverlayWorkspace(Workspace):
    """Pages of a published corpus, whose labels become overlays.

    Args:
        corpus: the corpus.
        root: the folder of gold; overlays lie in ``overlays/`` in it, in the folder of the corpus.
        documents: the pages; those that have an overlay, where none is given.
        annotator: the number of the annotator, 1 or 2; None for settled labels.
    """

    def __init__(
        self, corpus: Corpus, root: Path, documents: Sequence[str] = (), annotator: int | None = None
    ) -> None:
        self._overlays = root / OVERLAYS
        there = overlays_of(corpus, self._overlays)
        format_name = corpus.spec.partition(":")[0]
        folder = next(iter(there.values())).parent if there else root / OVERLAYS / format_name
        super().__init__(folder.parent, str(annotator) if annotator else None)
        self._corpus = corpus
        self._folder = folder
        self._named = list(documents) or list(there)
        self._number = annotator

    def documents(self) -> list[str]:
        """Return the ids of the pages."""
        return self._named

    def _opened(self, document: str) -> OpenPage:
        known = self._corpus.metadata(document)
        facts = {"language": known.language or "", "page_type": known.page_type or ""}
        file = self._folder / f"{quote(document, safe='')}.tsv"
        return OverlayPage(document, self._corpus.page(document), file, facts, self._number)

    def labelled(self) -> list[Corpus]:
        """Return boilerbench's own gold, and the pages of this corpus that have labels, which go first."""
        corpora = _gold_in(own_gold())
        with contextlib.suppress(InputError):
            corpora.append(OwnGold(self._corpus, self._overlays))
        return corpora

    def counts(self, document: str) -> tuple[int, int]:
        """Return what nobody knows before the page is opened."""
        return 0, 0


def _gold_in(root: Path) -> list[Corpus]:
    """Return the gold in a folder, none where there is none."""
    with contextlib.suppress(InputError):
        return [GoldCorpus.open(str(root))]
    return []


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8", errors="replace").splitlines() if file.exists() else []

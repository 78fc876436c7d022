"""Pages as they are open in the app: blocks, labels with their history, facts, findings."""

from __future__ import annotations

import abc
import json
from collections.abc import Sequence
from pathlib import Path

from boilerbench.corpora.base import Finding
from boilerbench.corpora.gold import GoldCorpus
from boilerbench.corpora.gold_checks import document_findings, unlabelled_finding
from boilerbench.corpora.gold_files import UNLABELLED
from boilerbench.corpora.overlay_files import FACTS
from boilerbench.decoding import page_text
from boilerbench.errors import InputError
from boilerbench.labelling.durable import write_durably
from boilerbench.labelling.facts import read_facts, write_facts
from boilerbench.labelling.gold_folder import build_body, read_page
from boilerbench.labelling.journal import WORK_FOLDER, Journal
from boilerbench.labelling.label_files import (
    LabelFile,
    LabelsTable,
    OverlayFile,
    annotator_file,
    annotator_number,
)
from boilerbench.labelling.page_layout import block_places
from boilerbench.page_blocks import segmented
from boilerbench.parsing import parse_json
from boilerbench.policy import default_policy
from boilerbench.records import Page, Role


class OpenPage(abc.ABC):
    """A page that is being labelled.

    Attributes:
        document: its id.
        html: the page, decoded.
        texts: its blocks.
        places: the elements around each block.
        journal: its labels.
        version: a number that grows with every change of a label.
        suggested: whether labels may be suggested for it.
    """

    def __init__(self, document: str, page: Page) -> None:
        self.document = document
        self.page = page
        self.html = page_text(page)
        _, collector = segmented(self.html)
        self.texts = [block.text for block in collector.blocks]
        self.places = block_places(collector)
        self.version = 0
        self.suggested = True
        self.journal: Journal

    def body(self) -> list[str]:
        """Return the blocks that are body by the labels so far."""
        roles = default_policy().roles
        return [
            text
            for text, label in zip(self.texts, self.journal.labels, strict=True)
            if label != UNLABELLED and roles[label] == Role.BODY
        ]

    def after_step(self) -> None:
        """Count a change of labels, and write what follows from them."""
        self.version += 1

    @abc.abstractmethod
    def facts(self) -> dict[str, str]:
        """Return what is known of the page, by key, as text."""

    @abc.abstractmethod
    def state_facts(self, facts: dict[str, str]) -> None:
        """Write what is known of the page.

        Raises:
            InputError: a value is not as it should be.
        """

    @abc.abstractmethod
    def findings(self) -> Sequence[Finding]:
        """List what is wrong with the document as it is on disk."""


class GoldPage(OpenPage):
    """A document in the gold format.

    Args:
        folder: the folder of the document.
        annotator: whose labels these are; None for those of labels.tsv.

    Raises:
        InputError: page or labels cannot be read, or two others have labelled it.
    """

    def __init__(self, folder: Path, annotator: str | None = None) -> None:
        super().__init__(folder.name, read_page(folder))
        self.folder = folder
        self.annotator = annotator
        work = folder.parent / WORK_FOLDER / folder.name
        store: LabelFile = LabelsTable(folder, self.texts)
        history = work / "labels.jsonl"
        if annotator is not None:
            number = self._join(annotator)
            store = annotator_file(folder, number, self.texts)
            history = work / f"annotator-{number}.jsonl"
            self.suggested = number == 1
        self.journal = Journal(store, history)

    def _join(self, annotator: str) -> int:
        """Return the number of an annotator, who is listed from now on."""
        names = [name for part in self.facts()["annotators"].split(",") if (name := part.strip())]
        number = annotator_number(names, annotator)
        if annotator not in names:
            write_facts(self.folder, {"annotators": ", ".join([*names, annotator])})
        return number

    def after_step(self) -> None:
        """Write body.txt, once all blocks of labels.tsv have a label."""
        super().after_step()
        if self.annotator is None and not self.journal.left:
            build_body(self.folder)

    def facts(self) -> dict[str, str]:
        """Return the keys of document.toml."""
        return read_facts(self.folder)

    def state_facts(self, facts: dict[str, str]) -> None:
        """Write document.toml."""
        write_facts(self.folder, facts)

    def findings(self) -> Sequence[Finding]:
        """List what ``gold check`` finds; an annotator is only told what is missing of their own labels."""
        if self.annotator is not None:
            left = self.journal.left
            message = f"{left} of {len(self.texts)} blocks have no label yet"
            return [Finding(self.document, "", None, message)] if left else []
        corpus = GoldCorpus(self.folder.parent.name, "gold:", {self.document: self.folder})
        try:
            if unlabelled := unlabelled_finding(self.document, self.folder):
                return [unlabelled]
            whole = corpus.document(self.document)
        except InputError as error:
            return [Finding(self.document, "", None, str(error).removeprefix(f"{self.document}: "))]
        return document_findings(whole, self.folder, self.texts)


class OverlayPage(OpenPage):
    """A page that somebody else published, whose labels are an overlay.

    Args:
        document: its id in its corpus.
        page: the page.
        overlay: the file of its overlay.
        known: what the corpus says of it: language, page_type.
        annotator: the number of the annotator whose labels these are; None for settled ones.
    """

    def __init__(
        self, document: str, page: Page, overlay: Path, known: dict[str, str], annotator: int | None = None
    ) -> None:
        super().__init__(document, page)
        stem = overlay.name.removesuffix(".tsv")
        if annotator is not None:
            overlay = overlay.with_name(f"{stem}.annotator-{annotator}.tsv")
            self.suggested = annotator == 1
        work = overlay.parents[1] / WORK_FOLDER / overlay.parent.name
        draft = work / f"{overlay.name}.draft"
        self._facts_file = work / f"{overlay.name}.facts.json"
        if self._facts_file.exists():
            known = {**known, **parse_json(self._facts_file.read_bytes())}
        stated = [(key, value) for key, value in known.items() if value]
        self._store = OverlayFile(document, overlay, draft, self.texts, page.content, stated)
        self.journal = Journal(self._store, work / f"{overlay.name}.jsonl")

    def facts(self) -> dict[str, str]:
        """Return what the overlay says of its page."""
        stated = dict(self._store.facts)
        return {key: stated.get(key, "") for key in FACTS}

    def state_facts(self, facts: dict[str, str]) -> None:
        """Write what the overlay says of its page."""
        merged = {**self.facts(), **{key: " ".join(text.split()) for key, text in facts.items()}}
        self._store.facts = tuple((key, text) for key, text in merged.items() if text)
        write_durably(self._facts_file, json.dumps(merged))
        self._store.write(self.journal.labels)

    def findings(self) -> Sequence[Finding]:
        """List what is missing of the labels."""
        left = self.journal.left
        message = f"{left} of {len(self.texts)} blocks have no label yet"
        return [Finding(self.document, "", None, message)] if left else []

"""boilerbench's own format: a folder per document, readable and writable with a text editor alone."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from boilerbench.corpora.base import Corpus, Finding
from boilerbench.corpora.gold_checks import document_findings, unlabelled_finding
from boilerbench.corpora.gold_files import (
    BODY_FILE,
    DOCUMENT_FILE,
    FILLED_BY_SCRIPTS,
    HTML_PAGE_FILE,
    LABELS_FILE,
    OVERLAYS,
    SECOND_ANNOTATOR_FILE,
    TEXT_PAGE_FILE,
    check_folder,
    own_gold,
    read_annotator,
    read_labels,
    text_as_html,
)
from boilerbench.corpora.gold_versions import gold_versions
from boilerbench.corpora.listing import Listing
from boilerbench.corpora.reading import problem, read_bytes, read_utf8, text_of, texts_of
from boilerbench.errors import InputError
from boilerbench.parsing import ParseError, parse_toml
from boilerbench.policy import Policy
from boilerbench.records import Gold, Metadata, Page

REQUIRED = ("title", "language", "page_type")
PAGE_TEXTS = ("url", "charset")
"""The keys of document.toml about the page: its address, and the charset in its HTTP header."""
TEXTS = (*REQUIRED, *PAGE_TEXTS, "source", "licence")
LISTS = ("traps", "annotators")
KEYS = (*TEXTS, *LISTS, "captured")
SECOND_ANNOTATOR = "annotator-2"
"""The name of the reference row that a second annotator's labels make."""


class GoldCorpus(Corpus):
    """Folders with page.html (or page.txt), body.txt, document.toml and, where labelled, labels.tsv."""

    summary = "boilerbench's own gold: a folder per document, written for it"
    licence = "Apache-2.0"
    citation = "boilerbench, gold/"
    layout = "a folder per document, each with page.html or page.txt, body.txt and document.toml"
    native_measures = ("words", "blocks")
    tokenizer = "icu"
    includes = "As the policy says; by default title and captions are optional, and comments are boilerplate."
    labelled = True

    def __init__(self, name: str, spec: str, folders: dict[str, Path]) -> None:
        self.name = name
        self.spec = spec
        self._folders = folders
        self._sound = _sound_folders(folders)

    @classmethod
    def open(cls, path: str) -> Self:
        """Open the gold at a path; without a path, the gold that comes with boilerbench."""
        root = cls.folder(path) if path else own_gold()
        folders = {
            entry.name: entry
            for entry in sorted(root.iterdir())
            if entry.is_dir() and not entry.name.startswith(".") and entry.name != OVERLAYS
        }
        if not folders:
            raise InputError(f"corpus {root}: no documents; give {cls.layout}")
        return cls(root.resolve().name, f"gold:{path}" if path else "gold", folders)

    def ids(self) -> list[str]:
        return self._sound.ids()

    def page(self, document: str) -> Page:
        folder = self._sound[document]
        facts = self._facts(document)
        url = facts.get("url")
        if (folder / TEXT_PAGE_FILE).exists():
            return Page(text_as_html(read_utf8(document, folder / TEXT_PAGE_FILE)), url)
        return Page(read_bytes(document, folder / HTML_PAGE_FILE), url, facts.get("charset"))

    def gold(self, document: str) -> Gold:
        folder = self._sound[document]
        # Windows and old Macs end lines otherwise; no blank line of theirs is part of a block.
        body = read_utf8(document, folder / BODY_FILE).replace("\r\n", "\n").replace("\r", "\n").strip("\n")
        labels = folder / LABELS_FILE
        blocks = read_labels(document, labels) if labels.exists() else ()
        has_body = FILLED_BY_SCRIPTS not in self._facts(document)["traps"]
        return Gold(body, blocks=blocks, has_body=has_body, page=self.page(document) if blocks else None)

    def folder_of(self, document: str) -> Path:
        """Return the folder of a document."""
        return self._folders[document]

    def findings(self, document: str) -> Sequence[Finding]:
        """List the faults of a document: within its files, between them, and against its page."""
        if not self._sound.fault(document) and (
            unlabelled := unlabelled_finding(document, self._folders[document])
        ):
            return [unlabelled]
        if faults := super().findings(document):
            return faults
        return document_findings(self.document(document), self._folders[document])

    def reference_outputs(self, policy: Policy) -> dict[str, dict[str, str]]:
        """Return the bodies by a second annotator's labels, of the documents that have them."""
        bodies = {}
        for document, folder in self._folders.items():
            try:
                relabelled = _second_labels(document, folder, self.gold(document))
            except InputError:
                # A finding, for which the document is left out.
                continue
            if relabelled is not None:
                bodies[document] = policy.applied(relabelled).body
        return {SECOND_ANNOTATOR: bodies} if bodies else {}

    def version_of(self, digest: str) -> str:
        return gold_versions().get(digest, "")

    def metadata(self, document: str) -> Metadata:
        facts = self._facts(document)
        return Metadata(**{key: value for key, value in facts.items() if key not in PAGE_TEXTS})

    def _facts(self, document: str) -> dict[str, Any]:
        """Read document.toml: the values of ``Metadata`` by name, and what is said about the page."""
        file = self._sound[document] / DOCUMENT_FILE
        try:
            facts = parse_toml(read_utf8(document, file))
        except ParseError as error:
            raise problem(document, file.name, str(error), "correct it") from None
        for key in facts.keys() - set(KEYS):
            raise problem(document, file.name, f"unknown key {key!r}", f"use {', '.join(KEYS)}")
        for key in REQUIRED:
            if not text_of(document, file.name, key, facts.get(key)):
                raise problem(document, file.name, f"{key} is missing", f'add {key} = "…"')
        captured = facts.get("captured")
        if captured is not None and type(captured) is not datetime.date:
            raise problem(document, file.name, "captured is not a date", "write it as 2026-11-21")
        texts = {key: text_of(document, file.name, key, facts[key]) for key in TEXTS if key in facts}
        lists = {key: texts_of(document, file.name, key, facts.get(key)) for key in LISTS}
        return {**texts, **lists, "captured": captured}


def _second_labels(document: str, folder: Path, gold: Gold) -> Gold | None:
    """Return gold with the labels of a second annotator; None where there is none.

    Raises:
        InputError: the labels do not fit the document.
    """
    file = folder / SECOND_ANNOTATOR_FILE
    if not file.exists():
        return None
    labels = read_annotator(document, file, len(gold.blocks))
    relabelled = [replace(block, label=label) for block, label in zip(gold.blocks, labels, strict=True)]
    return Gold("", blocks=tuple(relabelled))


def _sound_folders(folders: Mapping[str, Path]) -> Listing[Path]:
    """List the folders that have the name and the files of a document, and what is wrong with the others."""
    sound: Listing[Path] = Listing()
    lowered: dict[str, str] = {}
    for document, folder in folders.items():
        try:
            check_folder(document, folder)
            if (other := lowered.setdefault(document.lower(), document)) != document:
                raise problem(document, folder, f"duplicate id: {other} differs in case only", "rename one")
            sound.add(document, folder)
        except InputError as error:
            sound.refuse(document, error)
    return sound

"""boilerbench's own format: a folder per document, readable and writable with a text editor alone."""

from __future__ import annotations

import datetime
import html
import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from boilerbench.corpora.base import Corpus
from boilerbench.corpora.reading import problem, read_bytes, read_utf8, text_of, texts_of
from boilerbench.errors import InputError
from boilerbench.policy import Policy, default_policy
from boilerbench.records import Block, Gold, Metadata, Page

REQUIRED = ("title", "language", "page_type")
TEXTS = (*REQUIRED, "url", "source", "licence")
LISTS = ("traps", "annotators")
KEYS = (*TEXTS, *LISTS, "captured")

BODY_FILE = "body.txt"
LABELS_FILE = "labels.tsv"
FIRST_ANNOTATOR_FILE, SECOND_ANNOTATOR_FILE = "annotator-1.txt", "annotator-2.txt"
UNLABELLED = "?"

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


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

    @classmethod
    def open(cls, path: str) -> Self:
        """The gold at a path, or the gold that comes with boilerbench where the path is empty."""
        root = cls.folder(path) if path else own_gold()
        folders = {
            entry.name: entry
            for entry in sorted(root.iterdir())
            if entry.is_dir() and not entry.name.startswith(".")
        }
        if not folders:
            raise InputError(f"corpus {root}: no documents; give {cls.layout}")
        lowered: dict[str, str] = {}
        for document, folder in folders.items():
            _check_folder(document, folder)
            if (other := lowered.setdefault(document.lower(), document)) != document:
                raise problem(document, folder, f"duplicate id: {other} differs in case only", "rename one")
        return cls(root.resolve().name, f"gold:{path}" if path else "gold", folders)

    def ids(self) -> list[str]:
        return list(self._folders)

    def page(self, document: str) -> Page:
        folder = self._folders[document]
        url = self._facts(document).get("url")
        if (folder / "page.txt").exists():
            return Page(_as_html(read_utf8(document, folder / "page.txt")), url)
        return Page(read_bytes(document, folder / "page.html"), url)

    def gold(self, document: str) -> Gold:
        folder = self._folders[document]
        body = read_utf8(document, folder / BODY_FILE).strip("\n")
        labels = folder / LABELS_FILE
        return Gold(body, blocks=read_labels(document, labels) if labels.exists() else ())

    def second_annotator(self, policy: Policy) -> dict[str, str]:
        """The bodies that a second annotator's labels make under a policy, where all documents have them.

        Raises:
            InputError: a file of labels does not fit its document.
        """
        bodies = {}
        for document, folder in self._folders.items():
            file = folder / SECOND_ANNOTATOR_FILE
            if not file.exists():
                return {}
            labels = read_annotator(document, file, len(blocks := self.gold(document).blocks))
            relabelled = [replace(block, label=label) for block, label in zip(blocks, labels, strict=True)]
            bodies[document] = policy.applied(Gold("", blocks=tuple(relabelled))).body
        return bodies

    def folder_of(self, document: str) -> Path:
        """Where a document lies."""
        return self._folders[document]

    def metadata(self, document: str) -> Metadata:
        facts = self._facts(document)
        facts.pop("url", None)
        return Metadata(**facts)

    def _facts(self, document: str) -> dict[str, Any]:
        """document.toml, checked: the values of ``Metadata`` by name, and the URL."""
        file = self._folders[document] / "document.toml"
        try:
            facts = tomllib.loads(read_utf8(document, file))
        except tomllib.TOMLDecodeError as error:
            raise problem(document, file.name, f"not TOML ({error})", "mend it") from None
        for key in facts.keys() - set(KEYS):
            raise problem(document, file.name, f"unknown key {key!r}", f"use {', '.join(KEYS)}")
        for key in REQUIRED:
            if not text_of(document, file.name, key, facts.get(key)):
                raise problem(document, file.name, f"{key} is missing", f'add {key} = "…"')
        captured = facts.get("captured")
        if captured is not None and type(captured) is not datetime.date:
            raise problem(document, file.name, "captured is not a date", "write it as 2026-11-21")
        texts = {key: text_of(document, file.name, key, facts[key]) for key in TEXTS if key in facts}
        lists = {key: texts_of(document, file.name, key, facts[key]) for key in LISTS if key in facts}
        return {**texts, **lists, "captured": captured}


def own_gold() -> Path:
    """The gold that comes with boilerbench: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    installed, checkout = package / "gold", package.parents[1] / "gold"
    return installed if installed.is_dir() else checkout


def read_labels(document: str, file: Path) -> tuple[Block, ...]:
    """The blocks of labels.tsv: a label, a tab and a text in each row.

    Raises:
        InputError: a row is not so, its label is unknown, or it has none yet.
    """
    known = default_policy().roles
    blocks = []
    for number, row in enumerate(read_utf8(document, file).splitlines(), 1):
        label, tab, text = row.partition("\t")
        if not tab:
            raise problem(document, f"{file.name}, row {number}", "no tab", "write label, tab, text")
        if label == UNLABELLED:
            raise problem(
                document, f"{file.name}, row {number}", "no label yet", f"boilerbench gold label {document}"
            )
        if label not in known:
            raise problem(
                document, f"{file.name}, row {number}", f"unknown label {label!r}", f"use {', '.join(known)}"
            )
        blocks.append(Block(text, label))
    return tuple(blocks)


def read_annotator(document: str, file: Path, number: int) -> list[str]:
    """One annotator's labels before they were settled: one a line, in the order of the page's blocks.

    Raises:
        InputError: there are not so many, or one is unknown.
    """
    labels = read_utf8(document, file).split()
    for label in labels:
        if label not in default_policy().roles:
            raise problem(document, file.name, f"unknown label {label!r}", "label anew")
    if len(labels) != number:
        raise problem(document, file.name, f"{len(labels)} labels for {number} blocks", "label anew")
    return labels


def _check_folder(document: str, folder: Path) -> None:
    if not _ID.fullmatch(document):
        raise problem(document, folder, "not an id", "use letters, digits, dot, hyphen and underscore only")
    html_page, text_page = (folder / name for name in ("page.html", "page.txt"))
    if html_page.exists() and text_page.exists():
        raise problem(document, folder, "both page.html and page.txt", "keep one")
    if not html_page.exists() and not text_page.exists():
        has = "gold without a page" if (folder / "body.txt").exists() else "no page"
        raise problem(document, "page.html", f"missing ({has})", f"add {html_page} or page.txt")
    for name in ("body.txt", "document.toml"):
        if not (folder / name).exists():
            what = "missing (page without gold)" if name == "body.txt" else "missing"
            raise problem(document, name, what, f"add {folder / name}")


def _as_html(lines: str) -> bytes:
    """Plain text as the minimal HTML that extractors can read: one paragraph per non-empty line."""
    paragraphs = "\n".join(
        f"<p>{html.escape(line.strip())}</p>" for line in lines.splitlines() if line.strip()
    )
    page = f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head><body>\n{paragraphs}\n</body></html>\n'
    return page.encode()

"""Folders of gold documents, as they are begun, labelled and finished."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from boilerbench.corpora.base import Corpus
from boilerbench.corpora.gold import BODY_FILE, LABELS_FILE, UNLABELLED
from boilerbench.decoding import decode
from boilerbench.errors import InputError
from boilerbench.page_blocks import page_blocks
from boilerbench.policy import Role, default_policy
from boilerbench.records import Metadata

Row = tuple[str, str]
"""Label and text; the label is ``?`` where there is none yet."""


def begin_document(root: Path, name: str, content: bytes, url: str | None) -> Path:
    """Make a document's folder: page, labels without labels, an empty body, and a document.toml to fill in.

    Raises:
        InputError: the id is not one, or taken, or the page shows no text.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name):
        raise InputError(f"{name!r} is no id; use lower-case letters, digits and hyphens, with --id")
    folder = root / name
    if folder.exists():
        raise InputError(f"{folder} is there already; choose another --id")
    page = decode(content)
    texts = [block.text for block in page_blocks(page)]
    if not texts:
        raise InputError("the page shows no text without scripts; capture it as a browser shows it")
    folder.mkdir(parents=True)
    (folder / "page.html").write_bytes(content)
    write_rows(folder, [(UNLABELLED, text) for text in texts])
    (folder / BODY_FILE).write_text("", encoding="utf-8")
    title = re.search(r"<title[^>]*>(.*?)</title>", page, re.IGNORECASE | re.DOTALL)
    language = re.search(r"<html[^>]*\slang=[\"']?([A-Za-z-]+)", page, re.IGNORECASE)
    facts = Metadata(
        title=" ".join(title.group(1).split()) if title else "",
        language=language.group(1) if language else "",
        page_type="",
        captured=datetime.datetime.now(tz=datetime.UTC).date(),
    )
    (folder / "document.toml").write_text(document_toml(facts, url), encoding="utf-8")
    return folder


def read_rows(folder: Path) -> list[Row]:
    """The rows of labels.tsv, with or without labels.

    Raises:
        InputError: there is none.
    """
    try:
        rows = (folder / LABELS_FILE).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise InputError(f"{folder}: no {LABELS_FILE}; begin with boilerbench gold new") from None
    return [(label, text) for label, _, text in (row.partition("\t") for row in rows)]


def write_rows(folder: Path, rows: Iterable[Row]) -> None:
    """Write labels.tsv, whole or not at all."""
    fresh = folder / f".{LABELS_FILE}"
    fresh.write_text("".join(f"{label}\t{text}\n" for label, text in rows), encoding="utf-8")
    fresh.replace(folder / LABELS_FILE)


def build_body(folder: Path) -> int:
    """Write body.txt from labels.tsv under the default policy; return the number of its blocks.

    Raises:
        InputError: a block has no label yet, or one that is unknown.
    """
    policy = default_policy()
    blocks = []
    for number, (label, text) in enumerate(read_rows(folder), 1):
        if label not in policy.roles:
            what = "no label yet" if label == UNLABELLED else f"unknown label {label!r}"
            raise InputError(
                f"{folder.name}: {LABELS_FILE}, row {number}: {what}; boilerbench gold label {folder.name}"
            )
        if policy.roles[label] == Role.BODY:
            blocks.append(text)
    (folder / BODY_FILE).write_text("\n\n".join(blocks) + "\n" * bool(blocks), encoding="utf-8")
    return len(blocks)


def import_document(root: Path, corpus: Corpus, document: str) -> Path:
    """Copy a document of any corpus into the gold format, with its body as it is and without labels.

    Raises:
        InputError: a folder of that name is there already.
    """
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", document).strip("-.")
    folder = root / name
    if folder.exists():
        raise InputError(f"{folder} is there already; remove it, or import into another folder with --into")
    whole = corpus.document(document)
    folder.mkdir(parents=True)
    (folder / "page.html").write_bytes(whole.page.content)
    paragraphs = [text for line in whole.gold.body.splitlines() if (text := " ".join(line.split()))]
    (folder / BODY_FILE).write_text("\n\n".join(paragraphs) + "\n" * bool(paragraphs), encoding="utf-8")
    facts = whole.metadata
    (folder / "document.toml").write_text(document_toml(facts, whole.page.url), encoding="utf-8")
    return folder


def document_toml(facts: Metadata, url: str | None) -> str:
    """document.toml, with what is required even where it is still empty."""

    def text(value: str) -> str:
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + re.sub(r"[\x00-\x1f\x7f]", " ", escaped) + '"'

    def texts(values: Sequence[str]) -> str:
        return "[" + ", ".join(map(text, values)) + "]"

    lines = [
        f"title = {text(facts.title or '')}",
        *([f"url = {text(url)}"] if url else []),
        f"language = {text(facts.language or '')}",
        f"page_type = {text(facts.page_type or '')}",
        f"traps = {texts(facts.traps)}",
        f"source = {text(facts.source or '')}",
        f"licence = {text(facts.licence or '')}",
        *([f"captured = {facts.captured.isoformat()}"] if facts.captured else []),
        f"annotators = {texts(facts.annotators)}",
    ]
    return "\n".join(lines) + "\n"


def suggested_id(source: str, content: bytes) -> str:
    """An id made from a page's title, or from the name of its file.

    Raises:
        InputError: neither has letters enough.
    """
    title = re.search(r"<title[^>]*>(.*?)</title>", decode(content), re.IGNORECASE | re.DOTALL)
    for words in (title.group(1) if title else "", Path(source).stem):
        plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
        name = "-".join(re.findall(r"[a-z0-9]+", plain)[:6])
        if name:
            return name
    raise InputError("the page has no title to make an id from; name one with --id")

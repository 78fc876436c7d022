"""Folders of gold documents, as they are begun, labelled and finished."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from boilerbench.corpora.base import Corpus
from boilerbench.corpora.gold import PAGE_TEXTS
from boilerbench.corpora.gold_files import BODY_FILE, DOCUMENT_FILE, HTML_PAGE_FILE, LABELS_FILE, UNLABELLED
from boilerbench.corpora.reading import read_bytes, read_utf8
from boilerbench.decoding import page_text
from boilerbench.errors import InputError
from boilerbench.labelling.page_head import language_of, title_of
from boilerbench.page_blocks import page_blocks
from boilerbench.parsing import ParseError, parse_toml
from boilerbench.policy import default_policy
from boilerbench.records import Metadata, Page, Role
from boilerbench.tokenizers import storable

_LONGEST_NAME = 100
Row = tuple[str, str]
"""Label and text; the label is ``?`` where there is none yet."""


def begin_document(root: Path, name: str, page: Page) -> Path:
    """Make a document's folder: page, blocks without labels, an empty body, a document.toml to fill in.

    Raises:
        InputError: the id is not one, or taken, or the page shows no text.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name):
        raise InputError(f"{name!r} is no id; it takes lower-case letters, digits and hyphens", remedy="id")
    folder = root / name
    if folder.exists():
        raise InputError(f"{folder} is there already", remedy="id")
    html = page_text(page)
    texts = [block.text for block in page_blocks(html)]
    if not texts:
        raise InputError("the page shows no text without scripts; capture it as a browser shows it")
    folder.mkdir(parents=True)
    (folder / HTML_PAGE_FILE).write_bytes(page.content)
    write_rows(folder, [(UNLABELLED, text) for text in texts])
    (folder / BODY_FILE).write_text("", encoding="utf-8")
    facts = Metadata(
        title=title_of(html),
        language=language_of(html),
        captured=datetime.datetime.now(tz=datetime.UTC).date(),
    )
    (folder / DOCUMENT_FILE).write_text(document_toml(facts, page), encoding="utf-8")
    return folder


def read_page(folder: Path) -> Page:
    """Read the page of a document that may still lack anything else.

    Raises:
        InputError: the page cannot be read.
    """
    facts = {}
    with contextlib.suppress(InputError, ParseError):
        facts = parse_toml(read_utf8(folder.name, folder / DOCUMENT_FILE))
    url, charset = (value if isinstance(value := facts.get(key), str) else None for key in PAGE_TEXTS)
    return Page(read_bytes(folder.name, folder / HTML_PAGE_FILE), url, charset)


def read_rows(folder: Path) -> list[Row]:
    """Read the rows of labels.tsv, with or without labels.

    Raises:
        InputError: there is none.
    """
    try:
        rows = (folder / LABELS_FILE).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise InputError(f"{folder}: no {LABELS_FILE}", remedy="new") from None
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
            line = f"{folder.name}: {LABELS_FILE}, row {number}: {what}"
            raise InputError(line, remedy="label", document=folder.name)
        if policy.roles[label] == Role.BODY:
            blocks.append(text)
    (folder / BODY_FILE).write_text("\n\n".join(blocks) + "\n" * bool(blocks), encoding="utf-8")
    return len(blocks)


def import_folders(root: Path, documents: Sequence[str]) -> dict[str, Path]:
    """Return the folder that each document gets when it is imported, by document.

    Its name is the id without characters that an id of gold lacks. Where nothing or the same is left of
    several, or more than a file system takes, six digits of the id's checksum tell them apart.

    Raises:
        InputError: one of the folders is there already.
    """
    plain = {document: re.sub(r"[^A-Za-z0-9._-]+", "-", document).strip("-.") for document in documents}
    uses = Counter(name.lower() for name in plain.values())
    folders = {}
    for document, name in plain.items():
        unique = name
        if not name or uses[name.lower()] > 1 or len(name) > _LONGEST_NAME:
            digest = hashlib.sha256(document.encode("utf-8", "surrogatepass")).hexdigest()[:6]
            unique = f"{name[:_LONGEST_NAME]}-{digest}".lstrip("-")
        folders[document] = root / unique
        if folders[document].exists():
            raise InputError(f"{folders[document]} is there already", remedy="into")
    return folders


def import_document(folder: Path, corpus: Corpus, document: str) -> Path:
    """Copy a document into a folder of the gold format, without labels, a line of its body a block.

    Raises:
        InputError: the document cannot be read.
    """
    whole = corpus.document(document)
    folder.mkdir(parents=True)
    (folder / HTML_PAGE_FILE).write_bytes(whole.page.content)
    paragraphs = [text for line in whole.gold.body.splitlines() if (text := " ".join(line.split()))]
    (folder / BODY_FILE).write_text("\n\n".join(paragraphs) + "\n" * bool(paragraphs), encoding="utf-8")
    (folder / DOCUMENT_FILE).write_text(document_toml(whole.metadata, whole.page), encoding="utf-8")
    return folder


def document_toml(facts: Metadata, page: Page) -> str:
    """Return the text of document.toml, with what is required even where it is still empty."""
    import tomlkit

    values = {
        "title": facts.title or "",
        "url": page.url,
        "charset": page.charset,
        "language": facts.language or "",
        "page_type": facts.page_type or "",
        "traps": list(facts.traps),
        "source": facts.source or "",
        "licence": facts.licence or "",
        "captured": facts.captured,
        "annotators": list(facts.annotators),
    }
    return storable(tomlkit.dumps({key: value for key, value in values.items() if value is not None}))


def suggested_id(source: str, page: Page) -> str:
    """Make an id from a page's title, or from the name of its file.

    Raises:
        InputError: neither has a Latin letter or a digit.
    """
    for words in (title_of(page_text(page)), Path(source).stem):
        ascii_words = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
        name = "-".join(re.findall(r"[a-z0-9]+", ascii_words)[:6])
        if name:
            return name
    raise InputError("the page has no title to make an id from", remedy="id")

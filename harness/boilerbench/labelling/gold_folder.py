"""Folders of gold documents, as they are begun, labelled and finished."""

from __future__ import annotations

import contextlib
import datetime
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from boilerbench.corpora import gold_files
from boilerbench.corpora.gold import PAGE_TEXTS
from boilerbench.corpora.gold_files import (
    BODY_FILE,
    DOCUMENT_FILE,
    HTML_PAGE_FILE,
    LABELS_FILE,
    TEXT_PAGE_FILE,
    UNLABELLED,
    text_as_html,
)
from boilerbench.corpora.reading import read_bytes, read_utf8
from boilerbench.decoding import page_text
from boilerbench.errors import InputError
from boilerbench.labelling.page_head import canonical_url_of, headline_of, language_of
from boilerbench.labelling.whole_files import new_folder, replace_file
from boilerbench.page_blocks import page_blocks
from boilerbench.parsing import ParseError, parse_toml
from boilerbench.policy import default_policy
from boilerbench.records import Metadata, Page, Role
from boilerbench.tokenizers import storable

Row = tuple[str, str]
"""Label and text; the label is ``?`` where there is none yet."""


def begin_document(root: Path, name: str, page: Page, *, text: bool = False) -> Path:
    """Make a document's folder: page, blocks without labels, an empty body, a document.toml to fill in.

    Args:
        root: the folder of documents.
        name: the id of the document.
        page: the page as it was served, or plain text in UTF-8.
        text: whether it is plain text, whose lines are its blocks.

    Raises:
        InputError: the id is not one, or taken, or the plain text is not UTF-8.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name):
        raise InputError(f"{name!r} is no id; it takes lower-case letters, digits and hyphens", remedy="id")
    folder = root / name
    if folder.exists():
        raise InputError(f"{folder} is there already", remedy="id")
    html = page_text(Page(text_as_html(_decoded(page)))) if text else page_text(page)
    blocks = page_blocks(html)
    facts = Metadata(
        title=headline_of(html) or (blocks[0].text if text and blocks else ""),
        language=language_of(html),
        captured=datetime.datetime.now(tz=datetime.UTC).date(),
    )
    stated = replace(page, url=page.url or canonical_url_of(html))
    with new_folder(folder) as fresh:
        (fresh / (TEXT_PAGE_FILE if text else HTML_PAGE_FILE)).write_bytes(page.content)
        write_rows(fresh, [(UNLABELLED, block.text) for block in blocks])
        (fresh / BODY_FILE).write_text("", encoding="utf-8")
        (fresh / DOCUMENT_FILE).write_text(document_toml(facts, stated), encoding="utf-8")
    return folder


def _decoded(page: Page) -> str:
    try:
        return page.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"plain text that is not UTF-8 ({error.reason}, byte {error.start}); save it so"
        ) from None


def read_page(folder: Path) -> Page:
    """Read the page of a document that may still lack anything else.

    Raises:
        InputError: the page cannot be read.
    """
    facts = {}
    with contextlib.suppress(InputError, ParseError):
        facts = parse_toml(read_utf8(folder.name, folder / DOCUMENT_FILE))
    url, charset = (value if isinstance(value := facts.get(key), str) else None for key in PAGE_TEXTS)
    if (folder / TEXT_PAGE_FILE).exists():
        return Page(text_as_html(read_utf8(folder.name, folder / TEXT_PAGE_FILE)), url)
    return Page(read_bytes(folder.name, folder / HTML_PAGE_FILE), url, charset)


def read_rows(folder: Path) -> list[Row]:
    """Read the rows of labels.tsv, with or without labels.

    Raises:
        InputError: there is none, it is not UTF-8, or a row has another form or an unknown label.
    """
    if not (folder / LABELS_FILE).exists():
        facts = {"document": folder.name, "gold": str(folder.parent)}
        raise InputError(f"{folder}: no {LABELS_FILE}", remedy="new", **facts)
    return [(block.label, block.text) for block in gold_files.read_rows(folder.name, folder / LABELS_FILE)]


def write_rows(folder: Path, rows: Iterable[Row]) -> None:
    """Write labels.tsv, whole or not at all."""
    replace_file(folder / LABELS_FILE, "".join(f"{label}\t{text}\n" for label, text in rows))


def build_body(folder: Path) -> int:
    """Write body.txt from labels.tsv under the default policy; return the number of its blocks.

    Raises:
        InputError: labels.tsv cannot be read, or a block has no label yet.
    """
    policy = default_policy()
    blocks = []
    for number, (label, text) in enumerate(read_rows(folder), 1):
        if label == UNLABELLED:
            line = f"{folder.name}: {LABELS_FILE}, row {number}: no label yet"
            raise InputError(line, remedy="label", document=folder.name, gold=str(folder.parent))
        if policy.roles[label] == Role.BODY:
            blocks.append(text)
    replace_file(folder / BODY_FILE, "\n\n".join(blocks) + "\n" * bool(blocks))
    return len(blocks)


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
    """Make an id from a page's headline, or from the name of its file.

    Raises:
        InputError: neither has a Latin letter or a digit.
    """
    for words in (headline_of(page_text(page)), Path(source).stem):
        ascii_words = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
        name = "-".join(re.findall(r"[a-z0-9]+", ascii_words)[:6])
        if name:
            return name
    raise InputError("the page has no title to make an id from", remedy="id")

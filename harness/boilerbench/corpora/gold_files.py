"""The files of a gold document: their names, and what may stand in them."""

from __future__ import annotations

import html
import re
from pathlib import Path

from boilerbench.corpora.reading import problem, read_utf8
from boilerbench.policy import default_policy
from boilerbench.records import Block

HTML_PAGE_FILE, TEXT_PAGE_FILE = "page.html", "page.txt"
BODY_FILE = "body.txt"
LABELS_FILE = "labels.tsv"
DOCUMENT_FILE = "document.toml"
OVERLAYS = "overlays"
"""The folder, beside those of documents, of labels for pages that others published."""
FIRST_ANNOTATOR_FILE, SECOND_ANNOTATOR_FILE = "annotator-1.txt", "annotator-2.txt"
UNLABELLED = "?"
"""The label of a block that has none yet."""
NO_BODY = "no-body-at-all"
"""The trap of a page that shows no body, as that of an error: whatever is returned is wrong."""
FILLED_BY_SCRIPTS = "filled-by-scripts"
"""The trap of a page whose body only a script makes visible: it is never scored."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def own_gold() -> Path:
    """Return the folder of boilerbench's own gold: inside the package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    installed, checkout = package / "gold", package.parents[1] / "gold"
    return installed if installed.is_dir() else checkout


def check_folder(document: str, folder: Path) -> None:
    """Check that a folder has the name and the files of a gold document.

    Raises:
        InputError: its name is no id, or a file is missing or there in two forms.
    """
    if not _ID.fullmatch(document):
        raise problem(document, folder, "not an id", "use letters, digits, dot, hyphen and underscore only")
    html_page, text_page = folder / HTML_PAGE_FILE, folder / TEXT_PAGE_FILE
    if html_page.exists() and text_page.exists():
        raise problem(document, folder, f"both {HTML_PAGE_FILE} and {TEXT_PAGE_FILE}", "keep one")
    if not html_page.exists() and not text_page.exists():
        lacking = "gold without a page" if (folder / BODY_FILE).exists() else "no page"
        add = f"add {html_page} or {TEXT_PAGE_FILE}"
        raise problem(document, HTML_PAGE_FILE, f"missing ({lacking})", add)
    if not (folder / BODY_FILE).exists():
        raise problem(document, BODY_FILE, "missing (page without gold)", f"add {folder / BODY_FILE}")
    if not (folder / DOCUMENT_FILE).exists():
        raise problem(document, DOCUMENT_FILE, "missing", f"add {folder / DOCUMENT_FILE}")


def read_rows(document: str, file: Path) -> list[Block]:
    """Read the rows of labels.tsv, a label, a tab and a text in each; the label may be ``?``.

    Raises:
        InputError: it is missing or not UTF-8, or a row has another form or an unknown label.
    """
    known = default_policy().roles
    rows = []
    for number, row in enumerate(read_utf8(document, file).splitlines(), 1):
        label, tab, text = row.partition("\t")
        where = f"{file.name}, row {number}"
        if not row.strip():
            raise problem(document, where, "empty", "remove it")
        if not tab:
            raise problem(document, where, "no tab", "write label, tab, text")
        if label not in known and label != UNLABELLED:
            raise problem(document, where, f"unknown label {label!r}", f"use {', '.join(known)}")
        rows.append(Block(text, label))
    return rows


def read_labels(document: str, file: Path) -> tuple[Block, ...]:
    """Read the blocks of a labels.tsv in which every block has a label.

    Raises:
        InputError: it cannot be read, a row has another form, an unknown label, or none yet.
    """
    rows = read_rows(document, file)
    for number, block in enumerate(rows, 1):
        if block.label == UNLABELLED:
            where, gold = f"{file.name}, row {number}", str(file.parent.parent)
            raise problem(document, where, "no label yet", remedy="label", gold=gold)
    return tuple(rows)


def read_annotator(document: str, file: Path, number: int) -> list[str]:
    """Read one annotator's labels before they were settled: one a line, in the order of the page's blocks.

    Raises:
        InputError: there are not ``number`` of them, or one is unknown.
    """
    labels = read_utf8(document, file).split()
    if unlabelled := labels.count(UNLABELLED):
        raise problem(document, file.name, f"{unlabelled} of {len(labels)} blocks have no label yet")
    for label in labels:
        if label not in default_policy().roles:
            raise problem(document, file.name, f"unknown label {label!r}", "label the page again")
    if len(labels) != number:
        raise problem(
            document, file.name, f"{len(labels)} labels for {number} blocks", "label the page again"
        )
    return labels


def text_as_html(lines: str) -> bytes:
    """Return plain text as the minimal HTML that extractors can read: one paragraph per non-empty line."""
    paragraphs = "\n".join(
        f"<p>{html.escape(line.strip())}</p>" for line in lines.splitlines() if line.strip()
    )
    page = f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head><body>\n{paragraphs}\n</body></html>\n'
    return page.encode()

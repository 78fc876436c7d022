"""Documents of any corpus as folders of the gold format, with the labels that their body suggests."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from boilerbench.corpora.base import Corpus
from boilerbench.corpora.gold_files import BODY_FILE, DOCUMENT_FILE, HTML_PAGE_FILE, UNLABELLED
from boilerbench.decoding import page_text
from boilerbench.errors import InputError
from boilerbench.labelling.gold_folder import document_toml, write_rows
from boilerbench.labelling.page_head import headline_of, language_of
from boilerbench.labelling.whole_files import new_folder
from boilerbench.page_blocks import PageBlock, page_blocks
from boilerbench.tokenizers import normalize

_LONGEST_NAME = 100
_ENOUGH = 20
"""Letters and digits from which a text that stands in another is no accident."""
_LABELS = (
    (re.compile(r"\bpre\b"), "code"),
    (re.compile(r"\bh[1-6]\b"), "heading"),
    (re.compile(r"\b(?:li|dt|dd)\b"), "list"),
    (re.compile(r"\bblockquote\b"), "quote"),
    (re.compile(r"\b(?:td|th)\b"), "table"),
    (re.compile(r"\bmath\b"), "formula"),
)


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


def import_document(folder: Path, corpus: Corpus, document: str) -> int:
    """Copy a document into a folder of the gold format, a line of its body a block.

    Blocks that stand in the body get the label of the body that their element suggests, the others ``?``.
    What the corpus does not say is taken from the page: headline and language; the source is the corpus.

    Returns:
        The number of blocks without a label.

    Raises:
        InputError: the document cannot be read.
    """
    whole = corpus.document(document)
    html = page_text(whole.page)
    paragraphs = [text for line in whole.gold.body.splitlines() if (text := " ".join(line.split()))]
    blocks = page_blocks(html)
    labels = body_labels(blocks, paragraphs)
    facts = replace(
        whole.metadata,
        title=whole.metadata.title or headline_of(html),
        language=whole.metadata.language or language_of(html),
        source=whole.metadata.source or f"{corpus.name}, {document}",
    )
    with new_folder(folder) as fresh:
        (fresh / HTML_PAGE_FILE).write_bytes(whole.page.content)
        write_rows(fresh, [(label, block.text) for label, block in zip(labels, blocks, strict=True)])
        body = "\n\n".join(paragraphs) + "\n" * bool(paragraphs)
        (fresh / BODY_FILE).write_text(body, encoding="utf-8")
        (fresh / DOCUMENT_FILE).write_text(document_toml(facts, whole.page), encoding="utf-8")
    return labels.count(UNLABELLED)


def body_labels(blocks: Sequence[PageBlock], paragraphs: Sequence[str]) -> list[str]:
    """Label the blocks that stand in a body text by their element, and all others ``?``.

    A block stands in the body if it is one of its paragraphs, or if it is long enough to be no accident and
    part of the body, or has paragraphs in it that make up more than half of it. Letters and digits count.
    """
    lines = [_squeezed(paragraph) for paragraph in paragraphs]
    whole, long_lines = "".join(lines), [line for line in lines if len(line) >= _ENOUGH]
    known = set(lines) - {""}
    labels = []
    for block in blocks:
        text = _squeezed(block.text)
        inside = sum(len(line) for line in long_lines if line in text)
        is_body = text in known or (len(text) >= _ENOUGH and (text in whole or 2 * inside > len(text)))
        labels.append(_label_of(block.path) if is_body else UNLABELLED)
    return labels


def _label_of(path: str) -> str:
    """Return the label of the body that the elements around a block suggest."""
    elements = " ".join(re.sub(r"[.#][^ ]*", "", step) for step in path.split(" > "))
    return next((label for pattern, label in _LABELS if pattern.search(elements)), "paragraph")


def _squeezed(text: str) -> str:
    """Return the letters and digits of a text, in one case: corpora write spaces, quotes and dashes anew."""
    return "".join(filter(str.isalnum, normalize(text).casefold()))

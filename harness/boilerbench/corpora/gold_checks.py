"""The files of a gold document held against one another and against the page."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from boilerbench.corpora.base import Finding
from boilerbench.corpora.gold_files import (
    BODY_FILE,
    DOCUMENT_FILE,
    FILLED_BY_SCRIPTS,
    FIRST_ANNOTATOR_FILE,
    HTML_PAGE_FILE,
    LABELS_FILE,
    NO_BODY,
    SECOND_ANNOTATOR_FILE,
    UNLABELLED,
    read_annotator,
)
from boilerbench.corpora.languages import language_doubt
from boilerbench.decoding import page_text
from boilerbench.errors import InputError
from boilerbench.page_blocks import page_blocks
from boilerbench.policy import default_policy
from boilerbench.records import Document, Role
from boilerbench.sites import is_web_address

WRONG_CHARSET = "wrong-charset-declared"
"""The trap that allows a page whose bytes are not in the encoding that it declares."""
_LONGEST_QUOTE = 40
_SHOWN_BEFORE = 20
_MOST_COMPARED = 4_000_000
"""Pairs of texts up to which lists are compared as a person would."""


def document_findings(document: Document, folder: Path, texts: Sequence[str] | None = None) -> list[Finding]:
    """List all that is wrong with a document whose files could be read; empty where it may be used.

    Args:
        document: the document.
        folder: where its files lie.
        texts: the blocks of its page, where they are known already.
    """
    page = page_text(document.page)
    if texts is None:
        try:
            texts = [block.text for block in page_blocks(page)]
        except InputError as error:
            return [Finding(document.id, HTML_PAGE_FILE, None, f"{error}; capture a simpler page")]
    if undecodable := _encoding(document, page):
        # Whatever else is found would be found because of it.
        return undecodable
    labelled = (folder / LABELS_FILE).exists()
    return [
        *_address(document),
        *_visible(document, texts, page),
        *_empty_body(document),
        *_body_form(document.id, (folder / BODY_FILE).read_text(encoding="utf-8")),
        *(_labels(document, texts) if labelled else _body_in_page(document, texts)),
        *_annotators(document, folder),
        *_language(document),
    ]


def unlabelled_finding(document: str, folder: Path) -> Finding | None:
    """Return the finding about blocks that have no label yet, at the first of them."""
    file = folder / LABELS_FILE
    if not file.exists():
        return None
    rows = file.read_text(encoding="utf-8", errors="replace").splitlines()
    unlabelled = [number for number, row in enumerate(rows, 1) if row.startswith(f"{UNLABELLED}\t")]
    if not unlabelled:
        return None
    message = f"{len(unlabelled)} of {len(rows)} blocks have no label yet"
    return Finding(document, LABELS_FILE, unlabelled[0], message, "label")


def _encoding(document: Document, page: str) -> list[Finding]:
    lost = page.count("\ufffd")
    if not lost or WRONG_CHARSET in document.metadata.traps:
        return []
    first = page.index("\ufffd")
    message = (
        f"{lost} characters are not in the encoding that the page declares, as after "
        f"{page[max(0, first - _SHOWN_BEFORE) : first]!r}; declare the right one, or name the trap "
        f"{WRONG_CHARSET}"
    )
    return [Finding(document.id, HTML_PAGE_FILE, None, message)]


def _address(document: Document) -> list[Finding]:
    url = document.page.url
    if url is None or is_web_address(url):
        return []
    return [Finding(document.id, DOCUMENT_FILE, None, f"url {url!r} is no http(s) address; correct it")]


def _visible(document: Document, texts: Sequence[str], page: str) -> list[Finding]:
    """Find pages whose text another address or a script would have to bring."""
    if re.search(r"<frame[\s>]", page, re.IGNORECASE):
        message = "a frameset, whose text lies at other addresses; capture the frame that holds the text"
        return [Finding(document.id, HTML_PAGE_FILE, None, message)]
    if not texts and FILLED_BY_SCRIPTS not in document.metadata.traps:
        message = (
            "no visible text without scripts; capture the page as a browser shows it, "
            f"or name the trap {FILLED_BY_SCRIPTS}"
        )
        return [Finding(document.id, HTML_PAGE_FILE, None, message)]
    return []


def _empty_body(document: Document) -> list[Finding]:
    """Find a body that is empty and no trap says so, and one that is there although a trap denies it."""
    traps = [trap for trap in (NO_BODY, FILLED_BY_SCRIPTS) if trap in document.metadata.traps]
    if bool(document.gold.body) != bool(traps):
        return []
    message = (
        f"there is a body, but the trap {traps[0]} says that there is none; remove one of them"
        if traps
        else f"empty; name the trap {NO_BODY}, or {FILLED_BY_SCRIPTS} where scripts make the text visible"
    )
    return [Finding(document.id, BODY_FILE, None, message)]


def _annotators(document: Document, folder: Path) -> list[Finding]:
    """Find annotators' files that have unknown labels, or too many or too few."""
    findings = []
    for name in (FIRST_ANNOTATOR_FILE, SECOND_ANNOTATOR_FILE):
        if (folder / name).exists():
            try:
                read_annotator(document.id, folder / name, len(document.gold.blocks))
            except InputError as error:
                message = str(error).removeprefix(f"{document.id}: {name}: ")
                findings.append(Finding(document.id, name, None, message))
    return findings


def _body_form(document: str, content: str) -> list[Finding]:
    findings = []
    rows = content.split("\n")
    for number, row in enumerate(rows, 1):
        if row != " ".join(row.split()):
            message = "white space is not folded to single spaces"
            findings.append(Finding(document, BODY_FILE, number, message, "build"))
    inner = rows[:-1] if rows[-1] == "" else rows
    for number, row in enumerate(inner, 1):
        if bool(row) != bool(number % 2):
            message = "blocks are not separated by exactly one blank line"
            return [*findings, Finding(document, BODY_FILE, number, message, "build")]
    return findings


def _labels(document: Document, texts: Sequence[str]) -> list[Finding]:
    """Find where labels.tsv is not the page's blocks in page order, once each, and body.txt not its body."""
    rows = [block.text for block in document.gold.blocks]
    findings = []
    for difference in _differences(texts, rows):
        here, expected = difference.actual, difference.expected
        if here is None:
            block = difference.expected_index + 1
            message = f"{expected}, block {block} of the page, is missing; add its row"
        elif expected is None:
            twice = " (labelled twice)" if rows[difference.actual_index] in texts else ""
            message = f"{here} is no block of the page here{twice}; remove the row"
        else:
            message = f"{here} where the page has {expected}; copy it from there"
        findings.append(Finding(document.id, LABELS_FILE, difference.actual_index + 1, message))
    return findings or _labelled_body(document)


def _labelled_body(document: Document) -> list[Finding]:
    """Find where body.txt is not the blocks that are labelled as body."""
    policy = default_policy()
    labelled = [block.text for block in document.gold.blocks if policy.roles[block.label] == Role.BODY]
    findings = []
    for difference in _differences(labelled, _body_blocks(document)):
        here, expected = difference.actual, difference.expected
        if here is None:
            message = f"{expected}, labelled as body, is missing"
        elif expected is None:
            message = f"{here} is not labelled as body"
        else:
            message = f"{here} where {LABELS_FILE} has {expected}"
        row = 2 * difference.actual_index + 1
        findings.append(Finding(document.id, BODY_FILE, row, message, "build"))
    return findings


def _body_in_page(document: Document, texts: Sequence[str]) -> list[Finding]:
    """Find blocks of an unlabelled body that are not on the page, or not in page order."""
    page, offset = "".join("".join(texts).split()), 0
    findings = []
    for index, block in enumerate(_body_blocks(document)):
        text = "".join(block.split())
        start = page.find(text, offset)
        if start < 0:
            message = f"{_quoted(block)} is not on the page after the block before; copy it from there"
            findings.append(Finding(document.id, BODY_FILE, 2 * index + 1, message))
        else:
            offset = start + len(text)
    return findings


def _language(document: Document) -> list[Finding]:
    language = document.metadata.language or ""
    if doubt := language_doubt(language, document.gold.body):
        message = f"language {language!r}, but the body {doubt}; correct the language"
        return [Finding(document.id, DOCUMENT_FILE, None, message)]
    return []


def _body_blocks(document: Document) -> list[str]:
    return document.gold.body.split("\n\n") if document.gold.body else []


@dataclass(frozen=True, slots=True)
class _Difference:
    """One text that is wrong, too much or missing in a list; texts are quoted from before where they part."""

    expected_index: int
    actual_index: int
    expected: str | None
    actual: str | None


def _differences(expected: Sequence[str], actual: Sequence[str]) -> Iterator[_Difference]:
    for kind, start, end, first, last in _changes(expected, actual):
        if kind == "equal":
            continue
        if end - start == last - first:
            for offset in range(end - start):
                here, wanted = _apart(actual[first + offset], expected[start + offset])
                yield _Difference(start + offset, first + offset, wanted, here)
            continue
        for index in range(first, last):
            yield _Difference(start, index, None, _quoted(actual[index]))
        for index in range(start, end):
            yield _Difference(index, first, _quoted(expected[index]), None)


def _changes(expected: Sequence[str], actual: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield what turns one list into the other, as difflib's opcodes.

    Equal ends are left out first, and what is long in between is one change: difflib takes time by the
    product of lengths where texts repeat.
    """
    shared = min(len(expected), len(actual))
    start = next((at for at in range(shared) if expected[at] != actual[at]), shared)
    rest = shared - start
    end = next((at for at in range(rest) if expected[-1 - at] != actual[-1 - at]), rest)
    left, right = expected[start : len(expected) - end], actual[start : len(actual) - end]
    if len(left) * len(right) > _MOST_COMPARED:
        yield "replace", start, start + 1, start, start + 1
        return
    for kind, first, last, other, others in difflib.SequenceMatcher(None, left, right, False).get_opcodes():
        yield kind, start + first, start + last, start + other, start + others


def _apart(first: str, second: str) -> tuple[str, str]:
    """Quote two texts from a little before where they part."""
    pairs = enumerate(zip(first, second, strict=False))
    parting = next((index for index, (a, b) in pairs if a != b), min(len(first), len(second)))
    start = max(0, parting - _SHOWN_BEFORE)
    dots = "…" if start else ""
    return _quoted(dots + first[start:]), _quoted(dots + second[start:])


def _quoted(text: str) -> str:
    return repr(text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…")

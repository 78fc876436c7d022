"""Labels held against one another across a corpus: equal things that are labelled differently.

Each finding is a question to the labeller, not a proof: what stands in two places may be two things.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from boilerbench.corpora.base import Finding
from boilerbench.corpora.gold_files import LABELS_FILE
from boilerbench.labelling.labelled_pages import LabelledBlock, LabelledPage, Link
from boilerbench.parsing import parse_toml
from boilerbench.policy import default_policy
from boilerbench.records import Role
from boilerbench.tokenizers import icu_words, normalize

_KINDS_FILE = Path(__file__).with_name("kinds.toml")
_ADDRESS = "address"
_LEGAL, _BYLINE, _DATE, _INTERFACE, _NAVIGATION = "legal", "byline", "date", "interface", "navigation"
_SECTIONS = ("related", "comment", "tags", "advert")
"""Labels that say where a block stands; equal texts stand inside and outside such a section."""
_IN_PAGE = "#"
_COUNTER = "counter"
_CONTACT = re.compile(
    r"\S@\S"
    r"|(?:\d[\s()/-]*){9,}"
    r"|(?:^|,\s*)\d+[a-z]?,?\s+[^\W\d]"
    r"|(?<!\d)\d{1,2}(?:[.:]\d\d)?\s*(?:[-–—]|to|till|bis|à)\s*\d{1,2}(?!\d)"
)
"""An e-mail address, a telephone number, a house number before a name, or opening hours."""
_LONGEST_CONTACT = 24
"""Words of a block that may be no more than an address."""
_RUN = 2
"""Blocks of another label on either side that make a block a lone one."""
_LONGEST_NAME = 5
"""Words of a byline that may be a name."""
_LONGEST_QUOTE = 40

Row = tuple[str, int]
"""A document, and a row of its labels.tsv, from 1."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of block that one decision settles; the file kinds.toml says what each part is."""

    name: str
    label: str
    near: frozenset[str]
    targets: frozenset[str]
    phrases: frozenset[str]


def inconsistencies(pages: Iterable[LabelledPage]) -> list[Finding]:
    """List the blocks whose label differs from that of equal ones, by document and row.

    Looked for are: kinds that one decision settles (terms and privacy, log-in and cart, cookie settings,
    search, feeds, counters, addresses, author with date), by the targets of links and by word lists; equal
    text with different labels of one role; a lone label inside a run of another at the same path; body
    without a visible character. A block has one finding at most.
    """
    pages = list(pages)
    found: dict[Row, str] = {}
    settled: set[Row] = set()
    for page in pages:
        names = _names_on(page)
        for row, block in enumerate(page.blocks, 1):
            key = (page.document, row)
            if kind := kind_of(block):
                settled.add(key)
            message = (
                _invisible(block)
                or _of_kind(page, row, kind)
                or _author_with_date(names, block)
                or _address(block)
            )
            if message:
                found[key] = message
    for key, message in (*_equal_texts(pages, settled), *_lone_labels(pages, settled)):
        found.setdefault(key, message)
    order = {page.document: number for number, page in enumerate(pages)}
    rows = sorted(found, key=lambda key: (order[key[0]], key[1]))
    return [Finding(document, LABELS_FILE, row, found[document, row]) for document, row in rows]


def kind_of(block: LabelledBlock) -> Kind | None:
    """Return the kind of a block that is boilerplate, None where it is of none.

    A block is of a kind where most of its words are links of the kind, or where it is one of its phrases.
    """
    if default_policy().roles[block.label] != Role.BOILERPLATE:
        return None
    return kind_by_words(block.text, block.links)


def kind_by_words(text: str, links: Sequence[Link]) -> Kind | None:
    """Return the kind of a block by its text and links, whatever its label; None where it is of none."""
    number = len(icu_words(text))
    for name, kind in _kinds().items():
        if name == _COUNTER and not any(map(str.isdigit, text)):
            continue
        linked = sum(len(icu_words(link.text)) for link in links if _is_link_of(link, kind))
        in_page = any(link.target.startswith(_IN_PAGE) for link in links)
        if (_folded(text) in kind.phrases and not in_page) or 2 * linked > number:
            return kind
    return None


def _is_link_of(link: Link, kind: Kind) -> bool:
    """Tell whether a link is of a kind; what leads to a part of the same page is not known by its text."""
    if link.target.startswith(_IN_PAGE):
        return link.target in kind.targets
    return link.target in kind.targets or _folded(link.text) in kind.phrases


@functools.cache
def _kinds() -> dict[str, Kind]:
    return {
        name: Kind(
            entry["name"],
            entry["label"],
            frozenset(entry["near"]),
            frozenset(entry["targets"]),
            frozenset(map(_folded, entry["phrases"])),
        )
        for name, entry in parse_toml(_KINDS_FILE.read_bytes()).items()
        if name != _ADDRESS
    }


@functools.cache
def _imprint() -> re.Pattern[str]:
    """Return what makes a block more than an address: a sign of imprint or copyright."""
    signs = parse_toml(_KINDS_FILE.read_bytes())[_ADDRESS]["phrases"]
    return re.compile("|".join(rf"(?<!\w){re.escape(normalize(sign).casefold())}" for sign in signs))


def _of_kind(page: LabelledPage, row: int, kind: Kind | None) -> str:
    """Say that a block has another label than its kind has."""
    if kind is None:
        return ""
    block = page.blocks[row - 1]
    beside = {other.label for other in (*page.blocks[max(0, row - 2) : row - 1], *page.blocks[row : row + 1])}
    if block.label == kind.label or (block.label in kind.near and block.label in beside):
        return ""
    return f"{_quoted(block.text)} is {block.label}; {kind.name} is {kind.label}"


def _names_on(page: LabelledPage) -> re.Pattern[str]:
    """Return what matches where an author stands whom the page names."""
    bylines = [other.text for other in page.blocks if other.label == _BYLINE]
    names = dict.fromkeys(normalize(name) for name in (*page.authors, *bylines) if _is_name(name))
    # One pattern for all: a page may have a thousand of them, and as many dates.
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})" if names else r"(?!)")


def _author_with_date(names: re.Pattern[str], block: LabelledBlock) -> str:
    """Say that a date stands together with an author whom the page names."""
    if block.label != _DATE:
        return ""
    if block.names_author or names.search(normalize(block.text)):
        return f"{_quoted(block.text)} is {_DATE}; author and date together are {_BYLINE}"
    return ""


def _is_name(text: str) -> bool:
    """Tell whether a byline may be a name and nothing else: few words without a number, or a user name."""
    words = icu_words(text)
    numbered = any(map(str.isdigit, text))
    return len(text) > 1 and any(map(str.isalpha, text)) and len(words) <= (1 if numbered else _LONGEST_NAME)


def _address(block: LabelledBlock) -> str:
    """Say that a legal block has numbers or an address, and nothing that makes it an imprint."""
    text = normalize(block.text).casefold()
    contact = _CONTACT.search(text) or re.search(r"(?:^|> )address\b|\.(?:adr|vcard)\b", block.path)
    short = len(icu_words(block.text)) <= _LONGEST_CONTACT
    if block.label != _LEGAL or not contact or not short or _imprint().search(text):
        return ""
    return (
        f"{_quoted(block.text)} is {_LEGAL}; "
        f"an address, a telephone number or opening hours without an imprint are {_NAVIGATION}"
    )


def _invisible(block: LabelledBlock) -> str:
    """Say that a block without a visible character is asked for."""
    visible = any(unicodedata.category(char)[0] not in "CZ" for char in block.text)
    if visible or default_policy().roles[block.label] == Role.BOILERPLATE:
        return ""
    return f"{block.text!a} is {block.label} and shows nothing; that is {_INTERFACE}"


def _equal_texts(pages: Sequence[LabelledPage], settled: set[Row]) -> Iterator[tuple[Row, str]]:
    """Find optional and boilerplate texts that have another label than most equal ones of their role."""
    roles = default_policy().roles
    groups: dict[tuple[Role, bool, str], list[tuple[Row, LabelledBlock]]] = defaultdict(list)
    for page in pages:
        for row, block in enumerate(page.blocks, 1):
            key = (page.document, row)
            role = roles[block.label]
            thing = role != Role.BODY and block.label not in _SECTIONS and any(map(str.isalpha, block.text))
            in_page = any(link.target.startswith(_IN_PAGE) for link in block.links)
            if thing and key not in settled and not in_page:
                groups[role, bool(block.links), _folded(block.text)].append((key, block))
    for group in groups.values():
        counts = Counter(block.label for _, block in group)
        if len(counts) == 1:
            continue
        (most, number), (_, second) = counts.most_common(2)
        for key, block in group:
            if block.label != most or number == second:
                other, like = next((place, block_) for place, block_ in group if block_.label != block.label)
                yield (
                    key,
                    f"{_quoted(block.text)} is {block.label}, and {like.label} in {other[0]}, row {other[1]}",
                )


def _lone_labels(pages: Sequence[LabelledPage], settled: set[Row]) -> Iterator[tuple[Row, str]]:
    """Find blocks whose neighbours at the same path all have one other label."""
    for page in pages:
        for index in range(_RUN, len(page.blocks) - _RUN):
            block = page.blocks[index]
            around = (*page.blocks[index - _RUN : index], *page.blocks[index + 1 : index + 1 + _RUN])
            labels = {other.label for other in around}
            key = (page.document, index + 1)
            if len(labels) != 1 or block.label in labels or key in settled:
                continue
            if all(other.path == block.path for other in around):
                yield key, f"{_quoted(block.text)} is {block.label} among {labels.pop()}"


def _folded(text: str) -> str:
    """Return a text as it is compared: normalised, in one case, without what stands around its words."""
    return normalize(text).casefold().strip(" .:…»«›‹→←↑↓|·*-–—[]()")


def _quoted(text: str) -> str:
    return repr(text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…")

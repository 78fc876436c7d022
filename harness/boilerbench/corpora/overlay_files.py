"""Overlays: the labels of a page that somebody else published, without its text.

An overlay is a tab-separated file. First come facts, one a line: ``page`` with the SHA-256 of the page's
bytes, ``segmentation`` with the version of the rules that cut it into blocks, and what we know of the page.
Then comes a row for each run of blocks with one label: the label, the number of blocks, and a hash of each
block's text, which is too short to give the text back and long enough to find the block again.
"""

from __future__ import annotations

import difflib
import hashlib
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from boilerbench.corpora.reading import problem, read_utf8
from boilerbench.errors import InputError
from boilerbench.page_blocks import SEGMENTATION
from boilerbench.policy import default_policy

FACTS = ("language", "page_type", "traps", "annotators")
"""What an overlay may say of its page, as ``document.toml`` does; lists are separated by commas."""
HASH_DIGITS = 4
_PAGE = re.compile(r"sha256:[0-9a-f]{64}")
_HASHES = re.compile(rf"[0-9a-f]{{{HASH_DIGITS}}}(?: [0-9a-f]{{{HASH_DIGITS}}})*")


@dataclass(frozen=True, slots=True)
class Overlay:
    """The labels of a published page."""

    page: str
    """``sha256:…`` of the page's bytes."""
    segmentation: int
    labels: tuple[str, ...]
    """One for each block, in page order."""
    hashes: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()

    def fact(self, name: str) -> str | None:
        """What the overlay says of its page; None where it does not say."""
        return dict(self.facts).get(name)


def page_hash(content: bytes) -> str:
    """``sha256:…`` of a page's bytes."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def block_hash(text: str) -> str:
    """The first digits of the SHA-256 of a block's text."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:HASH_DIGITS]


def make_overlay(
    content: bytes, blocks: Sequence[str], labels: Sequence[str], facts: Sequence[tuple[str, str]] = ()
) -> Overlay:
    """Make the overlay of a page from its bytes, the texts of its blocks, and a label for each."""
    if len(blocks) != len(labels):
        raise ValueError(f"{len(labels)} labels for {len(blocks)} blocks")
    return Overlay(
        page_hash(content), SEGMENTATION, tuple(labels), tuple(map(block_hash, blocks)), tuple(facts)
    )


def overlay_text(overlay: Overlay) -> str:
    """Return an overlay as it stands in its file."""
    lines = [f"page\t{overlay.page}", f"segmentation\t{overlay.segmentation}"]
    lines += [f"{name}\t{value}" for name, value in overlay.facts]
    rows = zip(overlay.labels, overlay.hashes, strict=True)
    for label, run in itertools.groupby(rows, key=lambda row: row[0]):
        hashes = [each for _, each in run]
        lines.append(f"{label}\t{len(hashes)}\t{' '.join(hashes)}")
    return "".join(f"{line}\n" for line in lines)


def read_overlay(document: str, file: Path) -> Overlay:
    """Read an overlay.

    Raises:
        InputError: it cannot be read, or a row is not as it should be.
    """
    facts: dict[str, str] = {}
    labels: list[str] = []
    hashes: list[str] = []
    known = default_policy().roles
    for number, row in enumerate(read_utf8(document, file).splitlines(), 1):
        where = f"{file.name}, row {number}"
        cells = row.split("\t")
        if len(cells) == 2 and cells[0] in ("page", "segmentation", *FACTS):
            facts[cells[0]] = cells[1]
            continue
        if len(cells) != 3 or not cells[1].isdecimal() or not _HASHES.fullmatch(cells[2]):
            raise problem(document, where, "not a row of labels", "write label, tab, number, tab, hashes")
        if cells[0] not in known:
            raise problem(document, where, f"unknown label {cells[0]!r}", f"use {', '.join(known)}")
        run = cells[2].split(" ")
        if str(len(run)) != cells[1]:
            raise problem(document, where, f"{len(run)} hashes for {cells[1]} blocks", "label the page again")
        labels += [cells[0]] * len(run)
        hashes += run
    page, segmentation = facts.pop("page", ""), facts.pop("segmentation", "")
    if not _PAGE.fullmatch(page):
        raise problem(document, file.name, "page is not sha256: and 64 digits", "label the page again")
    if not segmentation.isdecimal():
        raise problem(document, file.name, "segmentation is not a number", "label the page again")
    return Overlay(page, int(segmentation), tuple(labels), tuple(hashes), tuple(facts.items()))


def fitted_labels(document: str, overlay: Overlay, content: bytes, blocks: Sequence[str]) -> tuple[str, ...]:
    """Return a label for each block of a page.

    Where the rules that cut the page have changed, labels go by the hashes of the blocks; a new block between
    two of one label has that label.

    Args:
        document: named in what is raised.
        overlay: the labels as they were given.
        content: the bytes of the page.
        blocks: the texts of its blocks, as it is cut now.

    Raises:
        InputError: the page is another one, or some blocks have no label.
    """
    if page_hash(content) != overlay.page:
        raise InputError(f"{document}: its page is not the one that was labelled; its labels are left aside")
    hashes = tuple(map(block_hash, blocks))
    if hashes == overlay.hashes:
        return overlay.labels
    labels = _aligned(overlay, hashes)
    if missing := labels.count(""):
        raise InputError(
            f"{document}: {missing} of {len(blocks)} blocks have no label, since pages are cut into blocks "
            "by other rules now; its labels are left aside"
        )
    return labels


def _aligned(overlay: Overlay, hashes: Sequence[str]) -> tuple[str, ...]:
    """Labels by the blocks that both have in order; empty where a block has none."""
    labels = [""] * len(hashes)
    matcher = difflib.SequenceMatcher(None, overlay.hashes, hashes, autojunk=False)
    for before, now, size in matcher.get_matching_blocks():
        labels[now : now + size] = overlay.labels[before : before + size]
    start = 0
    for label, run in itertools.groupby(list(labels)):
        end = start + len(list(run))
        around = (labels[start - 1] if start else "", labels[end] if end < len(labels) else "")
        if not label and around[0] == around[1]:
            labels[start:end] = [around[0]] * (end - start)
        start = end
    return tuple(labels)

"""CleanEval in its original layout: numbered pages, and texts cleaned by hand."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Self

from boilerbench.corpora.base import Corpus
from boilerbench.corpora.listing import Listing
from boilerbench.corpora.reading import problem, read_bytes
from boilerbench.decoding import decode
from boilerbench.errors import InputError
from boilerbench.records import Gold, Metadata, Page

FOLDERS = (
    *(("input", "GoldStandard"), ("input", "gold_std"), ("orig", "clean"), ("original", "cleaned")),
    *(
        (f"{language}{mark}original", f"{language}{mark}cleaned")
        for language in ("en", "zh")
        for mark in "-_"
    ),
)
"""Folders of pages and of gold as the final run, WCEB's raw data and the development set call them."""

_WRAPPER_START, _WRAPPER_END = re.compile(rb"\s*<text\s[^>]*>\s*", re.IGNORECASE), b"</text>"
_ADDRESS = re.compile(r"^\s*URL:[ \t]*(\S*)[^\n]*(?:\n|$)")
_BLOCK = re.compile(r"</?[phl]\s*/?>", re.IGNORECASE)


class CleanEval(Corpus):
    """Pages of many kinds, cleaned by students; each block of the gold begins with <p>, <h> or <l>."""

    summary = "CleanEval, original layout: numbered pages with hand-cleaned text (Baroni et al.)"
    licence = "none stated"
    citation = "Baroni, Chantree, Kilgarriff, Sharoff (2008), Cleaneval, LREC 2008"
    layout = "<id>.html and <id>.txt (or <id>-<annotator>.txt) in two folders: " + ", ".join(
        f"{pages}/ with {golds}/" for pages, golds in FOLDERS[:3]
    )
    # WCEB judges these pages by both; CleanEval's own scorer is an edit distance over words as well.
    native_measures = ("lcs", "rouge-lsum")
    tokenizer = "plain"
    includes = "Title and headings, as <h>; captions and comments have not been counted."
    troubles = (
        "Gold was cleaned from the output of a text browser; some entities in it were never decoded.",
        "Pages stand in a <text> element that names encoding and address, which is removed here.",
        "Pages without gold are left out, as in the data set's other readers.",
    )

    def __init__(self, path: str, listing: Listing[tuple[Path, Path]]) -> None:
        self.name = "cleaneval"
        self.spec = f"cleaneval:{path}"
        self._listing = listing
        """Each document's page and its gold."""

    @classmethod
    def open(cls, path: str) -> Self:
        root = cls.folder(path)
        pairs = [(root / pages, root / golds) for pages, golds in FOLDERS]
        present = [folders for folders in pairs if folders[0].is_dir() and folders[1].is_dir()]
        if len(present) != 1:
            fault = "pages of several languages, name one folder" if present else "not CleanEval"
            raise InputError(f"corpus cleaneval:{path}: {fault}; it needs {cls.layout}")
        ((page_folder, gold_folder),) = present
        pages = {file.stem: file for file in page_folder.iterdir() if file.suffix in (".html", ".htm")}
        listing: Listing[tuple[Path, Path]] = Listing()
        golds: dict[str, Path] = {}
        for file in sorted(gold_folder.glob("*.txt")):
            document = file.stem if file.stem in pages else file.stem.partition("-")[0]
            if document in listing:
                what = f"duplicate id: {golds[document].name} is there"
                listing.refuse(document, problem(document, file, what, "keep one"))
            elif document not in pages:
                advice = f"add {page_folder / document}.html or remove it"
                listing.refuse(document, problem(document, file, "gold without a page", advice))
            else:
                listing.add(document, (pages[document], file))
            golds.setdefault(document, file)
        if not listing:
            raise InputError(f"corpus cleaneval:{path}: no documents; it needs {cls.layout}")
        return cls(path, listing)

    def ids(self) -> list[str]:
        return self._listing.ids()

    def page(self, document: str) -> Page:
        # Whether a byte is white space, < or a letter of the tag is the same in all encodings of these pages.
        page, _ = self._listing[document]
        content = _unwrapped(read_bytes(document, page))
        return Page(content, _address(self._text(document)) or None)

    def gold(self, document: str) -> Gold:
        """Read the text without its first line and its tags, a block a paragraph.

        Entities are decoded, as in WCEB (dataset_readers.py, ``CleanEvalReader``); line breaks of the text
        browser inside a block are not kept.
        """
        text = _ADDRESS.sub("", self._text(document))
        blocks = (" ".join(html.unescape(block).split()) for block in _BLOCK.split(text))
        return Gold("\n\n".join(block for block in blocks if block))

    def metadata(self, document: str) -> Metadata:
        _ = self._listing[document]
        return Metadata()

    def _text(self, document: str) -> str:
        _, gold = self._listing[document]
        return decode(read_bytes(document, gold))


def _unwrapped(content: bytes) -> bytes:
    """Return a page without the ``<text>`` element that CleanEval puts around it."""
    if start := _WRAPPER_START.match(content):
        content = content[start.end() :]
    bare = content.rstrip()
    wrapped = bare[-len(_WRAPPER_END) :].lower() == _WRAPPER_END
    return bare[: -len(_WRAPPER_END)].rstrip() if wrapped else content


def _address(text: str) -> str:
    match = _ADDRESS.match(text)
    return match[1] if match else ""

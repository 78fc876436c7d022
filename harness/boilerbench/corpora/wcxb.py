"""WCXB, the Web Content eXtraction Benchmark: one split, with a ground-truth file and a gzipped page each."""

from __future__ import annotations

import contextlib
import functools
from pathlib import Path
from typing import Any, Self

from boilerbench.corpora.base import Corpus
from boilerbench.corpora.listing import Listing, pair
from boilerbench.corpora.reading import problem, read_gzip, read_json, text_of, texts_of, utf8_page
from boilerbench.errors import InputError
from boilerbench.records import Gold, Metadata, Page

SUFFIX = ".html.gz"


class Wcxb(Corpus):
    """2,008 pages of seven page types in two splits (1,497 dev, 511 test); gold is the main content."""

    summary = "WCXB, one split: pages of seven types with main content and snippets (Foley)"
    licence = "CC-BY-4.0"
    citation = "Foley (2026), WCXB: A Multi-Type Web Content Extraction Benchmark, arXiv:2605.21097"
    layout = f"html/<id>{SUFFIX} and ground-truth/<id>.json"
    native_measures = ("words",)
    tokenizer = "plain"
    includes = "Title on some pages, captions on some; comments on forums, where they are the content."

    def __init__(self, path: str, split: str, listing: Listing[tuple[Path, Path]]) -> None:
        self.name = f"wcxb-{split}"
        self.spec = f"wcxb:{path}"
        self._listing = listing
        # A document's page, gold and metadata lie in one file; it is parsed once for all three.
        self._facts = functools.lru_cache(maxsize=4)(self._read_facts)

    @classmethod
    def open(cls, path: str) -> Self:
        folder = cls.folder(path)
        if not (folder / "html").is_dir() or not (folder / "ground-truth").is_dir():
            splits = [split for split in ("dev", "test") if (folder / split / "html").is_dir()]
            remedy = (
                f"name a split, as in wcxb:{Path(path) / splits[0]}" if splits else f"it needs {cls.layout}"
            )
            raise InputError(f"corpus wcxb:{path}: not a split of WCXB; {remedy}")
        pages = {page.name.removesuffix(SUFFIX): page for page in (folder / "html").glob(f"*{SUFFIX}")}
        golds: Listing[Path] = Listing()
        for gold in (folder / "ground-truth").glob("*.json"):
            golds.add(gold.stem, gold)
        listing = pair(pages, golds, page_name=f"html/{{}}{SUFFIX}", gold_name="ground-truth/{}.json")
        if not listing:
            raise InputError(f"corpus wcxb:{path}: no documents; it needs {cls.layout}")
        return cls(path, folder.resolve().name, listing)

    def ids(self) -> list[str]:
        return self._listing.ids()

    def page(self, document: str) -> Page:
        page, _ = self._listing[document]
        url = text_of(document, self._file(document), "url", self._facts(document).get("url"))
        content = read_gzip(document, page)
        # WCXB stores text: what a page declares of the bytes that it was served as no longer holds.
        with contextlib.suppress(UnicodeDecodeError):
            content = utf8_page(content.decode("utf-8"))
        return Page(content, url or None)

    def gold(self, document: str) -> Gold:
        truth = self._truth(document)
        return Gold(
            text_of(document, self._file(document), "main_content", truth.get("main_content")),
            texts_of(document, self._file(document), "with", truth.get("with")),
            texts_of(document, self._file(document), "without", truth.get("without")),
            has_segments=True,
        )

    def metadata(self, document: str) -> Metadata:
        title = text_of(document, self._file(document), "title", self._truth(document).get("title"))
        page_type = _page_type(self._facts(document))
        return Metadata(title=title or None, page_type=page_type, licence=self.licence)

    def _file(self, document: str) -> str:
        return f"ground-truth/{document}.json"

    def _truth(self, document: str) -> dict[str, Any]:
        truth = self._facts(document).get("ground_truth")
        if not isinstance(truth, dict):
            raise problem(document, self._file(document), "no ground_truth", "fetch the file again")
        return truth

    def _read_facts(self, document: str) -> dict[str, Any]:
        _, gold = self._listing[document]
        facts = read_json(document, gold)
        if not isinstance(facts, dict):
            raise problem(document, self._file(document), "not an object", "fetch the file again")
        if (named := facts.get("file_id", document)) != document:
            raise problem(
                document, self._file(document), f"duplicate id: it says it is {named!r}", "rename the file"
            )
        return facts


def _page_type(facts: dict[str, Any]) -> str:
    """Return the page type by the rule of WCXB's evaluate.py (``get_page_type``)."""
    internal = facts.get("_internal")
    page_type = internal.get("page_type") if isinstance(internal, dict) else None
    if isinstance(page_type, dict):
        page_type = page_type.get("primary")
    if not isinstance(page_type, str):
        return "article"
    return "collection" if page_type == "category" else page_type

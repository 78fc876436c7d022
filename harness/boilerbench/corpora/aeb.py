"""article-extraction-benchmark (Zyte): ground-truth.json, and gzipped pages under html/."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self

from boilerbench.corpora.base import Corpus
from boilerbench.corpora.listing import Listing, pair, read_objects
from boilerbench.corpora.reading import read_gzip, text_of
from boilerbench.errors import InputError
from boilerbench.records import Gold, Metadata, Page

GROUND_TRUTH = "ground-truth.json"
SUFFIX = ".html.gz"


class ArticleExtractionBenchmark(Corpus):
    """181 news and blog articles; gold is the article body."""

    summary = "article-extraction-benchmark: 181 articles with their body text (Zyte)"
    licence = "MIT"
    citation = (
        "Zyte (2019), article-extraction-benchmark, github.com/scrapinghub/article-extraction-benchmark"
    )
    layout = f"{GROUND_TRUTH} and html/<id>{SUFFIX}"
    native_measures = ("shingles",)
    tokenizer = "plain"
    includes = "The body alone: no title, no captions, no comments."
    troubles = ("A browser without scripts rendered the pages before they were stored.",)

    def __init__(self, path: str, listing: Listing[tuple[Path, dict[str, Any]]]) -> None:
        self.name = "aeb"
        self.spec = f"aeb:{path}"
        self._listing = listing

    @classmethod
    def open(cls, path: str) -> Self:
        folder = cls.folder(path)
        file = folder / GROUND_TRUTH
        if not file.exists() or not (folder / "html").is_dir():
            raise InputError(f"corpus aeb:{path}: not article-extraction-benchmark; it needs {cls.layout}")
        truth = read_objects(file, '{"articleBody": "…", "url": "…"}')
        pages = {page.name.removesuffix(SUFFIX): page for page in (folder / "html").glob(f"*{SUFFIX}")}
        listing = pair(pages, truth, page_name=f"html/{{}}{SUFFIX}", gold_name=GROUND_TRUTH)
        if not listing:
            raise InputError(f"corpus aeb:{path}: no documents; it needs {cls.layout}")
        return cls(path, listing)

    def ids(self) -> list[str]:
        return self._listing.ids()

    def page(self, document: str) -> Page:
        page, facts = self._listing[document]
        url = text_of(document, GROUND_TRUTH, "url", facts.get("url"))
        return Page(read_gzip(document, page), url or None)

    def gold(self, document: str) -> Gold:
        _, facts = self._listing[document]
        return Gold(text_of(document, GROUND_TRUTH, "articleBody", facts.get("articleBody")))

    def metadata(self, document: str) -> Metadata:
        _ = self._listing[document]
        return Metadata(page_type="article", licence=self.licence)

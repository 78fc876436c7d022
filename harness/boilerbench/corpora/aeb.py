"""article-extraction-benchmark (Zyte): ground-truth.json, and gzipped pages under html/."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self

from boilerbench.corpora.base import Corpus, pair
from boilerbench.corpora.reading import problem, read_gzip, read_json, text_of
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

    def __init__(self, path: str, pages: dict[str, Path], truth: dict[str, dict[str, Any]]) -> None:
        self.name = "aeb"
        self.spec = f"aeb:{path}"
        self._pages = pages
        self._truth = truth

    @classmethod
    def open(cls, path: str) -> Self:
        folder = cls.folder(path)
        file = folder / GROUND_TRUTH
        if not file.exists() or not (folder / "html").is_dir():
            raise InputError(f"corpus aeb:{path}: not article-extraction-benchmark; it needs {cls.layout}")
        truth = read_json("corpus", file, unique_keys=True)
        if not isinstance(truth, dict):
            raise problem("corpus", file, "not an object of documents by id", "fetch it again")
        for document, facts in truth.items():
            if not isinstance(facts, dict):
                raise problem(
                    document, GROUND_TRUTH, "not an object", 'write {"articleBody": "…", "url": "…"}'
                )
        pages = {page.name.removesuffix(SUFFIX): page for page in (folder / "html").glob(f"*{SUFFIX}")}
        documents = pair(
            pages, dict.fromkeys(truth, file), page_name=f"html/{{}}{SUFFIX}", gold_name=GROUND_TRUTH
        )
        return cls(path, {document: pages[document] for document in documents}, truth)

    def ids(self) -> list[str]:
        return list(self._pages)

    def page(self, document: str) -> Page:
        url = text_of(document, GROUND_TRUTH, "url", self._truth[document].get("url"))
        return Page(read_gzip(document, self._pages[document]), url or None)

    def gold(self, document: str) -> Gold:
        body = self._truth[document].get("articleBody")
        return Gold(text_of(document, GROUND_TRUTH, "articleBody", body))

    def metadata(self, document: str) -> Metadata:
        return Metadata(page_type="article", licence=self.licence)

"""The Fundus evaluation: news articles as paragraphs, optional ones in square brackets."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any, Self

from boilerbench.corpora.base import Corpus, pair
from boilerbench.corpora.reading import problem, read_gzip, read_json, text_of, texts_of
from boilerbench.errors import InputError
from boilerbench.records import Gold, Metadata, Page, Paragraph

GROUND_TRUTH = "ground_truth.json"
SUFFIX = ".html.gz"
_INSIDE = (".", "dataset")


class FundusEvaluation(Corpus):
    """80 articles of 16 English-language publishers; gold is the body as paragraphs."""

    summary = "Fundus evaluation: 80 news articles as paragraphs, optional ones marked (Dallabetta et al.)"
    licence = "MIT"
    citation = (
        "Dallabetta, Dobberstein, Breiding, Akbik (2024), Fundus: A Simple-to-Use News Scraper Optimized for "
        "High Quality Extractions, ACL 2024 System Demonstrations"
    )
    layout = f"{GROUND_TRUTH} and html/<publisher>_<number>{SUFFIX}, or both in dataset/"
    native_measures = ("rouge-lsum-fundus", "paragraphs", "wer")
    tokenizer = "plain"
    includes = (
        "The body with its subheadings: no title, no captions, no comments. Paragraphs about which "
        "annotators may differ, such as notes of the editors, are optional."
    )
    troubles = (
        "The collection favours Fundus, whose rules are written for these publishers.",
        "Pages and gold are of February and March 2024; a publisher's five pages share one template.",
    )

    def __init__(self, path: str, pages: dict[str, Path], truth: dict[str, dict[str, Any]]) -> None:
        self.name = "fundus"
        self.spec = f"fundus:{path}"
        self._pages = pages
        self._truth = truth

    @classmethod
    def open(cls, path: str) -> Self:
        whole = cls.folder(path)
        folder = next((at for name in _INSIDE if (at := whole / name) and (at / GROUND_TRUTH).exists()), None)
        if folder is None or not (folder / "html").is_dir():
            raise InputError(f"corpus fundus:{path}: not the Fundus evaluation; it needs {cls.layout}")
        file = folder / GROUND_TRUTH
        truth = read_json("corpus", file, unique_keys=True)
        if not isinstance(truth, dict):
            raise problem("corpus", file, "not an object of documents by id", "fetch it again")
        for document, facts in truth.items():
            if not isinstance(facts, dict):
                raise problem(document, GROUND_TRUTH, "not an object", 'write {"body": ["…"], "url": "…"}')
        truth = {name.removesuffix(SUFFIX): facts for name, facts in truth.items()}
        pages = {page.name.removesuffix(SUFFIX): page for page in (folder / "html").glob(f"*{SUFFIX}")}
        documents = pair(
            pages, dict.fromkeys(truth, file), page_name=f"html/{{}}{SUFFIX}", gold_name=GROUND_TRUTH
        )
        return cls(path, {document: pages[document] for document in documents}, truth)

    def ids(self) -> list[str]:
        """Publisher and number, the names of the pages' files without their suffix."""
        return list(self._pages)

    def page(self, document: str) -> Page:
        url = text_of(document, GROUND_TRUTH, "url", self._truth[document].get("url"))
        return Page(read_gzip(document, self._pages[document]), url or None)

    def gold(self, document: str) -> Gold:
        texts = texts_of(document, GROUND_TRUTH, "body", self._truth[document].get("body"))
        paragraphs = tuple(map(_paragraph, texts))
        body = "\n\n".join(each.text for each in paragraphs if not each.optional)
        return Gold(body, paragraphs=paragraphs)

    def metadata(self, document: str) -> Metadata:
        return Metadata(
            language="en",
            page_type="article",
            source=document.rpartition("_")[0] or None,
            licence=self.licence,
            captured=self._captured(document),
        )

    def _captured(self, document: str) -> datetime.date | None:
        stated = text_of(document, GROUND_TRUTH, "crawl_date", self._truth[document].get("crawl_date"))
        try:
            return datetime.datetime.fromisoformat(stated).date() if stated else None
        except ValueError:
            raise problem(document, GROUND_TRUTH, f"crawl_date {stated!r} is no date", "mend it") from None


def _paragraph(text: str) -> Paragraph:
    """A paragraph by the evaluation's own rule: in square brackets it is optional."""
    optional = text[:1] == "[" and text[-1:] == "]"
    return Paragraph(text[1:-1], optional=True) if optional else Paragraph(text)

"""The Fundus evaluation: news articles as paragraphs, optional ones in square brackets."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any, Self

from boilerbench.corpora.base import Corpus
from boilerbench.corpora.listing import Listing, pair, read_objects
from boilerbench.corpora.reading import problem, read_gzip, text_of, texts_of
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

    def __init__(self, path: str, listing: Listing[tuple[Path, dict[str, Any]]]) -> None:
        self.name = "fundus"
        self.spec = f"fundus:{path}"
        self._listing = listing

    @classmethod
    def open(cls, path: str) -> Self:
        whole = cls.folder(path)
        folder = next((at for name in _INSIDE if (at := whole / name) and (at / GROUND_TRUTH).exists()), None)
        if folder is None or not (folder / "html").is_dir():
            raise InputError(f"corpus fundus:{path}: not the Fundus evaluation; it needs {cls.layout}")
        example = '{"body": ["…"], "url": "…"}'
        truth = read_objects(folder / GROUND_TRUTH, example, name=lambda key: key.removesuffix(SUFFIX))
        pages = {page.name.removesuffix(SUFFIX): page for page in (folder / "html").glob(f"*{SUFFIX}")}
        listing = pair(pages, truth, page_name=f"html/{{}}{SUFFIX}", gold_name=GROUND_TRUTH)
        if not listing:
            raise InputError(f"corpus fundus:{path}: no documents; it needs {cls.layout}")
        return cls(path, listing)

    def ids(self) -> list[str]:
        """Publisher and number, the names of the pages' files without their suffix."""
        return self._listing.ids()

    def page(self, document: str) -> Page:
        page, facts = self._listing[document]
        url = text_of(document, GROUND_TRUTH, "url", facts.get("url"))
        return Page(read_gzip(document, page), url or None)

    def gold(self, document: str) -> Gold:
        _, facts = self._listing[document]
        texts = texts_of(document, GROUND_TRUTH, "body", facts.get("body"))
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
        _, facts = self._listing[document]
        stated = text_of(document, GROUND_TRUTH, "crawl_date", facts.get("crawl_date"))
        try:
            return datetime.datetime.fromisoformat(stated).date() if stated else None
        except ValueError:
            raise problem(document, GROUND_TRUTH, f"crawl_date {stated!r} is no date", "mend it") from None


def _paragraph(text: str) -> Paragraph:
    """A paragraph by the evaluation's own rule: in square brackets it is optional."""
    optional = text[:1] == "[" and text[-1:] == "]"
    return Paragraph(text[1:-1], optional=True) if optional else Paragraph(text)

"""WCEB, the Web Content Extraction Benchmark: eight data sets in one layout."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any, Self

from boilerbench.corpora.base import Corpus, expanded, pair
from boilerbench.corpora.jsonl_index import JsonLines
from boilerbench.corpora.reading import problem, read_utf8, text_of, utf8_page
from boilerbench.errors import InputError
from boilerbench.records import Gold, Metadata, Page

PAGES, GOLDS = "html", "ground-truth"
DATASETS = (
    *("cetd", "cleaneval", "cleanportaleval", "dragnet"),
    *("google-trends-2017", "l3s-gn1", "readability", "scrapinghub"),
)
_INSIDE = (".", "combined", "datasets/combined")


class Wceb(Corpus):
    """The data sets of an archive, or one of them; ``PATH/cleaneval`` names one."""

    summary = "WCEB: eight data sets in one layout, together or one of them (Bevendorff et al.)"
    licence = "Apache-2.0 (code); each data set has its own"
    citation = (
        "Bevendorff, Gupta, Kiesel, Stein (2023), An Empirical Comparison of Web Content Extraction "
        "Algorithms, SIGIR 2023"
    )
    layout = f"{PAGES}/<data set>/<page_id>.html and {GOLDS}/<data set>.jsonl; PATH/<data set> takes one"
    native_measures = ("lcs", "rouge-lsum")
    tokenizer = "plain"
    includes = (
        "As each data set has it: cleaneval and cleanportaleval with the title, scrapinghub without title, "
        "captions and comments."
    )
    troubles = (
        "Pages were stored as UTF-8, whatever they declare; they get a byte order mark where they need one.",
        "The data sets differ in what they call main content; a mean over all of them mixes that.",
    )

    def __init__(self, path: str, name: str, pages: dict[str, Path], golds: dict[str, JsonLines]) -> None:
        self.name = name
        self.spec = f"wceb:{path}"
        self._pages = pages
        self._golds = golds
        """Each data set's gold, by data set."""

    @classmethod
    def open(cls, path: str) -> Self:
        folder = expanded(path)
        dataset = None if _root(folder) or folder.name not in DATASETS else folder.name
        root = _root(folder.parent if dataset else folder)
        if root is None:
            raise InputError(f"corpus wceb:{path or '(no path)'}: not WCEB; it needs {cls.layout}")
        present = sorted({file.stem for file in (root / GOLDS).glob("*.jsonl")} | _folders(root / PAGES))
        if dataset is not None and dataset not in present:
            raise InputError(f"corpus wceb:{path}: no such data set; there are {', '.join(present)}")
        pages: dict[str, Path] = {}
        golds: dict[str, JsonLines] = {}
        for name in [dataset] if dataset else present:
            golds[name], of_dataset = _open_dataset(root, name)
            pages |= {
                page_id if dataset else f"{name}.{page_id}": page for page_id, page in of_dataset.items()
            }
        if not pages:
            raise InputError(f"corpus wceb:{path}: no documents; it needs {cls.layout}")
        return cls(path, f"wceb-{dataset}" if dataset else "wceb", dict(sorted(pages.items())), golds)

    def ids(self) -> list[str]:
        """Return each ``page_id``, as in WCEB's own outputs; over all data sets ``<data set>.<page_id>``."""
        return list(self._pages)

    def page(self, document: str) -> Page:
        url = text_of(document, GOLDS, "url", self._row(document).get("url"))
        return Page(utf8_page(read_utf8(document, self._pages[document], keep_mark=True)), url or None)

    def gold(self, document: str) -> Gold:
        return Gold(self._row(document)["plaintext"] or "")

    def metadata(self, document: str) -> Metadata:
        return Metadata(source=self._pages[document].parent.name)

    def _row(self, document: str) -> dict[str, Any]:
        page = self._pages[document]
        return self._golds[page.parent.name].row(page.stem)


def _open_dataset(root: Path, name: str) -> tuple[JsonLines, dict[str, Path]]:
    """Index the gold of a data set, and return its pages by ``page_id``."""
    file = root / GOLDS / f"{name}.jsonl"
    if not file.exists():
        raise problem(name, file, f"missing, although {root / PAGES / name} is there", "add it")
    gold = JsonLines(file, "page_id", functools.partial(_check_row, file.name))
    pages = {page.stem: page for page in (root / PAGES / name).glob("*.html")}
    documents = pair(
        pages,
        dict.fromkeys(gold.ids(), file),
        page_name=f"{PAGES}/{name}/{{}}.html",
        gold_name=f"{GOLDS}/{name}.jsonl",
    )
    return gold, {document: pages[document] for document in documents}


def _check_row(file: str, document: str, row: dict[str, Any]) -> None:
    if "plaintext" not in row:
        raise problem(document, file, "no plaintext", "fetch the file again")
    text_of(document, file, "plaintext", row["plaintext"])


def _root(folder: Path) -> Path | None:
    """Return the folder of pages and gold, as the archive is unpacked or as its repository has it."""
    candidates = (folder / inside for inside in _INSIDE)
    return next((root for root in candidates if (root / PAGES).is_dir() and (root / GOLDS).is_dir()), None)


def _folders(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir() if entry.is_dir()}

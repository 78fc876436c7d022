"""WCEB, the Web Content Extraction Benchmark: eight data sets in one layout."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self

from boilerbench.corpora.base import Corpus, pair
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
        whole = Path(path).expanduser()
        one = None if _root(whole) or whole.name not in DATASETS else whole.name
        root = _root(whole.parent if one else whole)
        if root is None:
            raise InputError(f"corpus wceb:{path or '(no path)'}: not WCEB; it needs {cls.layout}")
        names = sorted({each.stem for each in (root / GOLDS).glob("*.jsonl")} | _folders(root / PAGES))
        if one is not None and one not in names:
            raise InputError(f"corpus wceb:{path}: no such data set; there are {', '.join(names)}")
        pages: dict[str, Path] = {}
        golds: dict[str, JsonLines] = {}
        for name in [one] if one else names:
            file = root / GOLDS / f"{name}.jsonl"
            if not file.exists():
                raise problem(name, file, f"missing, although {root / PAGES / name} is there", "add it")
            golds[name] = JsonLines(file, "page_id", _check(file.name))
            found = {each.stem: each for each in (root / PAGES / name).glob("*.html")}
            documents = pair(
                found,
                dict.fromkeys(golds[name].ids(), file),
                page_name=f"{PAGES}/{name}/{{}}.html",
                gold_name=f"{GOLDS}/{name}.jsonl",
            )
            pages |= {_id(name, document, one): found[document] for document in documents}
        if not pages:
            raise InputError(f"corpus wceb:{path}: no documents; it needs {cls.layout}")
        return cls(path, f"wceb-{one}" if one else "wceb", dict(sorted(pages.items())), golds)

    def ids(self) -> list[str]:
        """``page_id`` in one data set, as in WCEB's own outputs; ``<data set>.<page_id>`` in all of them."""
        return list(self._pages)

    def page(self, document: str) -> Page:
        url = text_of(document, GOLDS, "url", self._row(document).get("url"))
        return Page(utf8_page(read_utf8(document, self._pages[document])), url or None)

    def gold(self, document: str) -> Gold:
        return Gold(self._row(document)["plaintext"] or "")

    def metadata(self, document: str) -> Metadata:
        return Metadata(source=self._pages[document].parent.name)

    def _row(self, document: str) -> dict[str, Any]:
        page = self._pages[document]
        return self._golds[page.parent.name].row(page.stem)


def _root(folder: Path) -> Path | None:
    """Where pages and gold lie at or below a folder, as the archive is unpacked or its repository is."""
    inside = (folder / each for each in _INSIDE)
    return next((each for each in inside if (each / PAGES).is_dir() and (each / GOLDS).is_dir()), None)


def _folders(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir() if each.is_dir()}


def _check(file: str) -> Any:
    def check(document: str, row: dict[str, Any]) -> None:
        if "plaintext" not in row:
            raise problem(document, file, "no plaintext", "fetch the file again")
        text_of(document, file, "plaintext", row["plaintext"])

    return check


def _id(dataset: str, page: str, one: str | None) -> str:
    return page if one else f"{dataset}.{page}"

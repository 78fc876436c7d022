"""WCEB, the Web Content Extraction Benchmark: eight data sets in one layout."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from boilerbench.corpora.base import Corpus, expanded
from boilerbench.corpora.jsonl_index import JsonLines
from boilerbench.corpora.listing import Listing, pair
from boilerbench.corpora.reading import problem, read_utf8, text_of, utf8_page
from boilerbench.errors import InputError
from boilerbench.nearest import hint
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

    def __init__(self, path: str, name: str, listing: Listing[tuple[Path, JsonLines]]) -> None:
        self.name = name
        self.spec = f"wceb:{path}"
        self._listing = listing
        """Each document's page, and the gold of its data set."""

    @classmethod
    def open(cls, path: str) -> Self:
        folder = expanded(path)
        dataset = None if _root(folder) or folder.name not in DATASETS else folder.name
        root = _root(folder.parent if dataset else folder)
        if root is None:
            raise InputError(f"corpus wceb:{path or '(no path)'}: not WCEB; it needs {cls.layout}")
        present = sorted({file.stem for file in (root / GOLDS).glob("*.jsonl")} | _folders(root / PAGES))
        if dataset is not None and dataset not in present:
            raise InputError(f"corpus wceb:{path}: no such data set; {hint(dataset, present)}")
        listing: Listing[tuple[Path, JsonLines]] = Listing()
        for name in [dataset] if dataset else present:
            listing.take_over(_open_dataset(root, name, prefix="" if dataset else f"{name}."))
        if not listing:
            raise InputError(f"corpus wceb:{path}: no documents; it needs {cls.layout}")
        return cls(path, f"wceb-{dataset}" if dataset else "wceb", listing)

    def ids(self) -> list[str]:
        """Return each ``page_id``, as in WCEB's own outputs; over all data sets ``<data set>.<page_id>``."""
        return self._listing.ids()

    def page(self, document: str) -> Page:
        page, golds = self._listing[document]
        url = text_of(document, golds.where(document), "url", golds.row(document).get("url"))
        return Page(utf8_page(read_utf8(document, page, keep_mark=True)), url or None)

    def gold(self, document: str) -> Gold:
        _, golds = self._listing[document]
        row, where = golds.row(document), golds.where(document)
        if "plaintext" not in row:
            raise problem(document, where, "no plaintext", "fetch the file again")
        return Gold(text_of(document, where, "plaintext", row["plaintext"]))

    def metadata(self, document: str) -> Metadata:
        page, _ = self._listing[document]
        return Metadata(source=page.parent.name)


def _open_dataset(root: Path, name: str, prefix: str) -> Listing[tuple[Path, JsonLines]]:
    """List the pages of a data set with its gold; ``prefix`` stands before each id."""
    file = root / GOLDS / f"{name}.jsonl"
    if not file.exists():
        raise problem(name, file, f"missing, although {root / PAGES / name} is there", "add it")
    lines = JsonLines(file, "page_id", prefix)
    golds: Listing[JsonLines] = Listing()
    for document in lines.ids():
        if fault := lines.fault(document):
            golds.refuse(document, fault)
        else:
            golds.add(document, lines)
    pages = {prefix + page.stem: page for page in (root / PAGES / name).glob("*.html")}
    pattern = f"{PAGES}/{name}/{{}}.html"
    return pair(pages, golds, page_name=pattern, gold_name=f"{GOLDS}/{name}.jsonl", prefix=prefix)


def _root(folder: Path) -> Path | None:
    """Return the folder of pages and gold, as the archive is unpacked or as its repository has it."""
    candidates = (folder / inside for inside in _INSIDE)
    return next((root for root in candidates if (root / PAGES).is_dir() and (root / GOLDS).is_dir()), None)


def _folders(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir() if entry.is_dir()}

"""One's own documents: a file of JSON Lines with a document in each line."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self

from boilerbench.corpora.base import Corpus
from boilerbench.corpora.jsonl_index import SUFFIXES, JsonLines, rows_file
from boilerbench.corpora.reading import problem, read_bytes, read_gzip, text_of, utf8_page
from boilerbench.errors import InputError
from boilerbench.records import Gold, Metadata, Page
from boilerbench.tokenizers import storable

REQUIRED = ("id", "body")
PAGES = ("html", "html_path")
OPTIONAL = ("url", "language", "page_type", "title")


class JsonLinesCorpus(Corpus):
    """A file of ``{"id", "html" or "html_path", "body", "url"?, "language"?, "page_type"?, "title"?}``.

    ``html`` is the page as text; ``html_path`` names a file with its bytes as they were served, gzipped if
    the name ends so, beside the rows or in a folder below.
    """

    summary = "your own documents: a file of JSON Lines, plain or gzipped"
    licence = "that of your data"
    citation = "your own"
    layout = 'a file of {"id": "…", "html" or "html_path": "…", "body": "…"} in each line, plain or gzipped'
    native_measures = ("words",)
    tokenizer = "icu"
    includes = "Title, captions and comments as you decide."

    def __init__(self, path: str, rows: JsonLines) -> None:
        self.name = _stem(rows.path.name)
        self.spec = f"jsonl:{path}"
        self._rows = rows

    @classmethod
    def open(cls, path: str) -> Self:
        file = rows_file("jsonl", path, cls.layout)
        root = file.parent.resolve()

        def check(document: str, row: dict[str, Any]) -> None:
            if not isinstance(row.get("body"), str):
                raise problem(document, file.name, "no body", 'add "body": "…", which may be empty')
            if sum(isinstance(row.get(key), str) for key in PAGES) != 1 or None not in map(row.get, PAGES):
                raise problem(document, file.name, "not one page", 'give either "html" or "html_path"')
            for key in OPTIONAL:
                text_of(document, file.name, key, row.get(key))
            if row.get("html_path") is not None:
                _page_file(document, file.name, root, row["html_path"])

        corpus = cls(path, JsonLines(file, "id", check))
        if not corpus.ids():
            raise InputError(f"corpus jsonl:{path}: no documents; give {cls.layout}")
        return corpus

    def ids(self) -> list[str]:
        return self._rows.ids()

    def page(self, document: str) -> Page:
        row = self._rows.row(document)
        if row.get("html") is not None:
            return Page(utf8_page(row["html"]), self._text(document, "url"))
        file = _page_file(document, self._rows.path.name, self._rows.path.parent.resolve(), row["html_path"])
        read = read_gzip if file.name.endswith(".gz") else read_bytes
        return Page(read(document, file), self._text(document, "url"))

    def gold(self, document: str) -> Gold:
        return Gold(storable(self._rows.row(document)["body"]))

    def metadata(self, document: str) -> Metadata:
        title, language, page_type = (self._text(document, key) for key in ("title", "language", "page_type"))
        return Metadata(title=title, language=language, page_type=page_type)

    def _text(self, document: str, key: str) -> str | None:
        return text_of(document, self._rows.path.name, key, self._rows.row(document).get(key)) or None


def _page_file(document: str, rows: str, root: Path, named: str) -> Path:
    """Return the file that ``html_path`` names.

    Raises:
        InputError: it is not there, or not in the folder of the rows.
    """
    file = root / named
    try:
        outside = "\0" in named or not file.resolve().is_relative_to(root)
        missing = not outside and not file.is_file()
    # A name that is too long, a loop of links, a lone surrogate.
    except (OSError, RuntimeError, ValueError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or "no name of a file"
        raise problem(
            document, rows, f"html_path {named[:60]!r}: {reason}", "name a page beside the rows"
        ) from None
    if outside:
        raise problem(document, rows, f"html_path {named!r} leaves the folder", "keep pages beside the rows")
    if missing:
        raise problem(document, named, "missing (gold without a page)", f"add {file}")
    return file


def _stem(name: str) -> str:
    for suffix in reversed(SUFFIXES):
        name = name.removesuffix(suffix)
    return name

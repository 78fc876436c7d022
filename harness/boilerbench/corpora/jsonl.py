"""One's own documents: a file of JSON Lines with a document in each line."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

from boilerbench.corpora.base import UNREADABLE, Corpus
from boilerbench.corpora.jsonl_index import SUFFIXES, JsonLines, rows_file, stream_rows
from boilerbench.corpora.reading import kind_of, problem, read_bytes, read_gzip, text_of, texts_of, utf8_page
from boilerbench.errors import InputError
from boilerbench.records import Gold, Metadata, Page

PAGES = ("html", "html_path")
SEGMENTS = ("must", "must_not")
GOLD = ("body", "segments")
_LOOKED_AT = 20
"""Lines among which the first row is looked for."""


class JsonLinesCorpus(Corpus):
    """A file with an object a line.

    Its keys are ``id``, ``html`` or ``html_path``, and ``body``, ``segments`` or both; where they are known
    ``url``, ``language``, ``page_type`` and ``title``. ``html`` is the page as text; ``html_path`` names a
    file beside the rows, or below, with its bytes as they were served, gzipped if the name ends so.
    ``segments`` is ``{"must": […], "must_not": […]}``: texts that an output must contain and must not. Any
    other key is one's own. Where the first row has neither body nor segments, the file is taken as one of
    pages without gold, and is not indexed before somebody asks for a document.
    """

    summary = "your own documents: a file of JSON Lines, plain or gzipped"
    licence = "that of your data"
    citation = "your own"
    layout = (
        'a file of {"id": "…", "html" or "html_path": "…", "body": "…"} in each line, plain or gzipped; with '
        '"segments": {"must": ["…"], "must_not": ["…"]} beside the body or in its place'
    )
    native_measures = ("words",)
    tokenizer = "icu"
    includes = "Title, captions and comments as you decide."

    def __init__(self, path: str, file: Path) -> None:
        self.name = _stem(file.name)
        self.spec = f"jsonl:{path}"
        self._file = file
        beginning = stream_rows(file, "id", lambda reason: None, _LOOKED_AT)
        first = next((row for _, _, row in beginning), None)
        self.has_gold = first is None or any(key in first for key in GOLD)
        # A document is asked for again as soon as it is known to have no fault.
        self._last_pages = functools.lru_cache(maxsize=4)(
            lambda document: self._page(document, self._rows.where(document), self._rows.row(document))
        )
        self._last_gold = functools.lru_cache(maxsize=4)(self._gold)

    @classmethod
    def open(cls, path: str) -> Self:
        corpus = cls(path, rows_file("jsonl", path, cls.layout))
        if corpus.has_gold and not corpus.ids():
            raise InputError(f"corpus jsonl:{path}: no documents; give {cls.layout}")
        return corpus

    @functools.cached_property
    def _rows(self) -> JsonLines:
        return JsonLines(self._file, "id")

    def ids(self) -> list[str]:
        return self._rows.ids()

    def pages(self, skipped: Callable[[str], None] = lambda reason: None) -> Iterator[tuple[str, Page]]:
        if self.has_gold:
            yield from super().pages(skipped)
            return
        for document, where, row in stream_rows(self._file, "id", skipped):
            try:
                page = self._page(document, where, row)
            except InputError:
                skipped(UNREADABLE)
            else:
                yield document, page

    def page(self, document: str) -> Page:
        return self._last_pages(document)

    def _page(self, document: str, where: str, row: dict[str, Any]) -> Page:
        url = text_of(document, where, "url", row.get("url")) or None
        if sum(isinstance(row.get(key), str) for key in PAGES) != 1 or None not in map(row.get, PAGES):
            raise problem(document, where, "not one page", 'give either "html" or "html_path", as text')
        if row.get("html") is not None:
            return Page(utf8_page(row["html"]), url)
        file = _page_file(document, where, self._file.parent.resolve(), row["html_path"])
        read = read_gzip if file.name.endswith(".gz") else read_bytes
        try:
            content = read(document, file)
        except InputError as error:
            raise problem(document, where, str(error).removeprefix(f"{document}: ")) from None
        return Page(content, url)

    def gold(self, document: str) -> Gold:
        return self._last_gold(document)

    def _gold(self, document: str) -> Gold:
        if not self.has_gold:
            return Gold("", has_body=False)
        row, where = self._rows.row(document), self._rows.where(document)
        body, segments = row.get("body"), row.get("segments")
        if body is None and segments is None:
            raise problem(document, where, "no body", 'add "body": "…", which may be empty')
        wanted, unwanted = _segments(document, where, segments)
        text = text_of(document, where, "body", body)
        return Gold(text, wanted, unwanted, has_body=body is not None, has_segments=segments is not None)

    def metadata(self, document: str) -> Metadata:
        title, language, page_type = (self._text(document, key) for key in ("title", "language", "page_type"))
        return Metadata(title=title, language=language, page_type=page_type)

    def _text(self, document: str, key: str) -> str | None:
        return text_of(document, self._rows.where(document), key, self._rows.row(document).get(key)) or None


def _segments(document: str, where: str, segments: object) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the texts that an output must contain and must not.

    Raises:
        InputError: they are given in another form.
    """
    if segments is None:
        return (), ()
    form = 'write {"must": ["…"], "must_not": ["…"]}'
    if not isinstance(segments, dict):
        raise problem(document, where, f"segments is {kind_of(segments)}, not a table", form)
    if unknown := [key for key in segments if key not in SEGMENTS]:
        raise problem(document, where, f"segments has the unknown key {unknown[0]!r}", form)
    wanted, unwanted = (texts_of(document, where, f"segments.{key}", segments.get(key)) for key in SEGMENTS)
    if not all(text.strip() for text in (*wanted, *unwanted)):
        raise problem(document, where, "segments has an empty text, which every output contains", "remove it")
    return wanted, unwanted


def _page_file(document: str, where: str, root: Path, named: str) -> Path:
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
        what = f"html_path {named[:60]!r}: {reason}"
        raise problem(document, where, what, "name a page beside the rows") from None
    if outside:
        raise problem(document, where, f"html_path {named!r} leaves the folder", "keep pages beside the rows")
    if missing:
        what = f"html_path {named!r} is missing (gold without a page)"
        raise problem(document, where, what, f"add {file}")
    return file


def _stem(name: str) -> str:
    for suffix in reversed(SUFFIXES):
        name = name.removesuffix(suffix)
    return name

"""A folder of saved pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

from boilerbench.corpora.base import UNREADABLE
from boilerbench.corpora.listing import is_id
from boilerbench.corpora.reading import problem, read_bytes, read_gzip
from boilerbench.corpora.without_gold import EMPTY, LARGEST_PAGE, TOO_LARGE, PagesWithoutGold, walk
from boilerbench.errors import InputError
from boilerbench.records import Page

SUFFIXES = tuple(kind + packing for kind in (".html", ".htm", ".xhtml") for packing in ("", ".gz"))


class HtmlFolder(PagesWithoutGold):
    """All ``*.html``, ``*.htm`` and ``*.xhtml`` below a folder, also gzipped; ids are their paths."""

    summary = "a folder of saved pages, without gold"
    layout = "a folder with files that end in .html, .htm or .xhtml, or in these and .gz"

    def __init__(self, path: str, folder: Path) -> None:
        self.name = folder.resolve().name or "html"
        self.spec = f"html:{path}"
        self._folder = folder

    @classmethod
    def open(cls, path: str) -> Self:
        corpus = cls(path, cls.folder(path))
        if next(corpus._files(), None) is None:
            raise InputError(f"corpus html:{path}: no page in it; give {cls.layout}")
        return corpus

    @classmethod
    def is_plainly_at(cls, path: str) -> bool:
        # Some folder below nearly any has pages in it.
        return any(cls.folder(path).glob("*.html"))

    def pages(self, skipped: Callable[[str], None] = lambda reason: None) -> Iterator[tuple[str, Page]]:
        for name in self._files():
            try:
                page = self.page(name)
            except InputError:
                skipped(UNREADABLE)
                continue
            if not page.content.strip():
                skipped(EMPTY)
            elif len(page.content) > LARGEST_PAGE:
                skipped(TOO_LARGE)
            else:
                yield name, page

    def page(self, document: str) -> Page:
        file = self._folder / document
        if not is_id(document) or not file.resolve().is_relative_to(self._folder.resolve()):
            raise problem(document, document, "its path is no id", "rename it, or keep it in the folder")
        return Page((read_gzip if file.name.lower().endswith(".gz") else read_bytes)(document, file))

    def _files(self) -> Iterator[str]:
        return (name for name in walk(self._folder) if name.lower().endswith(SUFFIXES))

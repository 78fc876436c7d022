"""Web archives: WARC files, read record by record, or by an index."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

from boilerbench.corpora.cdx import SUFFIXES as INDEX_SUFFIXES
from boilerbench.corpora.cdx import read_cdx
from boilerbench.corpora.reading import problem
from boilerbench.corpora.warc_records import WarcFile, page_of
from boilerbench.corpora.without_gold import (
    DAMAGED_FILE,
    LARGEST_PAGE,
    PagesWithoutGold,
    files_at,
    name_of,
)
from boilerbench.records import Page

SUFFIXES = (".warc", ".warc.gz", ".warc.zst")


class WarcFiles(PagesWithoutGold):
    """Pages in WARC files, or those of them that an index names; an id is a file and the offset of a record.

    Taken are answers with status 200 in HTML; all else is counted by reason. An index is named in the place
    of the files, and names them by where they lie from its own folder on, or beside it.
    """

    summary = "WARC files, gzip or zstd, or an index (CDX, CDXJ) of some: pages of a crawl, without gold"
    layout = "a file, folder or pattern of .warc, .warc.gz and .warc.zst, or an index .cdx or .cdxj"

    def __init__(self, path: str, files: dict[str, Path], index: Path | None) -> None:
        first = index or next(iter(files.values()))
        self.name = first.name.partition(".")[0] if len(files) < 2 else first.parent.resolve().name
        self.name = self.name or "warc"
        self.spec = f"warc:{path}"
        self._files = files
        self._index = index
        self._opened: dict[str, WarcFile] = {}

    @classmethod
    def open(cls, path: str) -> Self:
        files = files_at("warc", path, SUFFIXES, cls.layout)
        first = next(iter(files.values()))
        if len(files) == 1 and first.name.endswith(INDEX_SUFFIXES):
            return cls(path, {}, first)
        return cls(path, files, None)

    def pages(self, skipped: Callable[[str], None] = lambda reason: None) -> Iterator[tuple[str, Page]]:
        return self._indexed(skipped) if self._index else self._all(skipped)

    def page(self, document: str) -> Page:
        name, _, offset = document.rpartition("@")
        file = self._file(name)
        if file is None or not offset.isdecimal():
            raise problem(document, document, "no such record")
        try:
            record = file.record(int(offset))
        except OSError as error:
            raise problem(document, name, error.strerror or str(error), "make it readable") from None
        page = DAMAGED_FILE if record is None else page_of(record, LARGEST_PAGE)
        if isinstance(page, str):
            raise problem(document, name, f"no page at {int(offset)} ({page})")
        return page

    def _all(self, skipped: Callable[[str], None]) -> Iterator[tuple[str, Page]]:
        for name in self._files:
            try:
                file = self._file(name)
                assert file is not None
                for record in file.records(skipped):
                    page = page_of(record, LARGEST_PAGE)
                    if isinstance(page, str):
                        skipped(page)
                    else:
                        yield _id(name, record.offset), page
            except OSError:
                skipped(DAMAGED_FILE)

    def _indexed(self, skipped: Callable[[str], None]) -> Iterator[tuple[str, Page]]:
        assert self._index is not None
        try:
            documents = (_id(place.file, place.offset) for place in read_cdx(self._index, skipped))
            yield from self._readable(documents, skipped)
        except (OSError, EOFError):
            skipped(DAMAGED_FILE)

    def _file(self, name: str) -> WarcFile | None:
        """Return a file by its name in ids; None where there is none."""
        if name not in self._opened:
            path = self._files.get(name) or self._beside_index(name)
            if path is None:
                return None
            # An index may name any number of files.
            if len(self._opened) > 1000:
                self._opened.clear()
            self._opened[name] = WarcFile(path, LARGEST_PAGE)
        return self._opened[name]

    def _beside_index(self, name: str) -> Path | None:
        if self._index is None:
            return None
        folder = self._index.parent.resolve()
        for path in (folder / name, folder / Path(name).name):
            if path.resolve().is_relative_to(folder) and path.is_file():
                return path
        return None


def _id(name: str, offset: int) -> str:
    """Return a record's id; with so many digits that ids in order of text are in the order of the file."""
    return f"{name_of(name)}@{offset:012}"

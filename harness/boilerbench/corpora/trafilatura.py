"""Trafilatura's evaluation set: pages as they were served, with segments that must and must not be found."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path
from typing import Any, Self

from boilerbench.corpora.base import Corpus
from boilerbench.corpora.listing import Listing, read_objects
from boilerbench.corpora.reading import problem, read_bytes, text_of, texts_of
from boilerbench.errors import InputError
from boilerbench.records import Gold, Metadata, Page

SEGMENTS = "evaldata.json"
FOLDERS = ("cache", "eval")


class TrafilaturaEvaluation(Corpus):
    """990 pages with up to six segments of either kind each."""

    summary = "trafilatura's evaluation set: 990 pages with segments to find and to avoid (Barbaresi)"
    licence = "Apache-2.0"
    citation = "Barbaresi (2021), Trafilatura, ACL 2021 demos; github.com/adbar/trafilatura, tests/"
    layout = f"{SEGMENTS}, and the pages that it names in {FOLDERS[0]}/ or {FOLDERS[1]}/"
    native_measures = ("snippets",)
    tokenizer = "plain"
    includes = (
        "Segments only, no body: title and captions are rarely asked for, comments never, and some of them "
        "must not be found."
    )
    troubles = (
        "There is no body, so that measures other than snippets leave every document unscored.",
        "The segments were chosen to tell trafilatura's versions from one another.",
    )

    def __init__(self, path: str, listing: Listing[tuple[str, dict[str, Any], Path]]) -> None:
        self.name = "trafilatura"
        self.spec = f"trafilatura:{path}"
        self._listing = listing

    @classmethod
    def open(cls, path: str) -> Self:
        root = cls.folder(path)
        folder = root if (root / SEGMENTS).exists() else root / "tests"
        if not (folder / SEGMENTS).exists():
            raise InputError(
                f"corpus trafilatura:{path}: not trafilatura's evaluation set; it needs {cls.layout}"
            )
        truth = read_objects(folder / SEGMENTS, '{"file": "…", "with": ["…"], "without": ["…"]}')
        listing: Listing[tuple[str, dict[str, Any], Path]] = Listing()
        for url in truth.ids():
            document = url
            try:
                entry = truth[url]
                if not (name := text_of(url, SEGMENTS, "file", entry.get("file"))):
                    raise problem(url, SEGMENTS, "no file", 'name its page with "file": "…"')
                document = document_id(name)
                if document in listing:
                    raise problem(document, SEGMENTS, "duplicate id: two pages of one file", "remove one")
                listing.add(document, (url, entry, _page_file(document, folder, name)))
            except InputError as error:
                listing.refuse(document, error)
        if not listing:
            raise InputError(f"corpus trafilatura:{path}: no documents; it needs {cls.layout}")
        return cls(path, listing)

    def ids(self) -> list[str]:
        return self._listing.ids()

    def page(self, document: str) -> Page:
        key, _, file = self._listing[document]
        # Later pages have a key that is no address, such as "hard::" and the file's name.
        url = key if key.startswith(("http://", "https://")) else None
        return Page(read_bytes(document, file), url)

    def gold(self, document: str) -> Gold:
        _, entry, _ = self._listing[document]
        wanted, unwanted = (texts_of(document, SEGMENTS, key, entry.get(key)) for key in ("with", "without"))
        return Gold("", wanted, unwanted, has_body=False)

    def metadata(self, document: str) -> Metadata:
        _, entry, _ = self._listing[document]
        title, licence = (text_of(document, SEGMENTS, key, entry.get(key)) for key in ("title", "license"))
        return Metadata(title=title or None, licence=licence or None)


def document_id(file: str) -> str:
    """Make an id that every file system and shell takes as it is from a page's file name.

    A name with other characters loses them, and gets six digits of its checksum so that it stays its own.
    """
    name = file.removesuffix(".html")
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-.")
    if slug == name:
        return slug
    slug = re.sub("-{2,}", "-", slug)
    # In one normal form, for file systems differ in theirs.
    digest = hashlib.sha256(unicodedata.normalize("NFC", name).encode(errors="replace")).hexdigest()
    return f"{slug}-{digest[:6]}".lstrip("-")


def _page_file(document: str, folder: Path, name: str) -> Path:
    """Return the file of a page: under cache/, else under eval/, as in trafilatura's tests/eval_common.py."""
    if "/" in name or "\0" in name or name in (".", ".."):
        raise problem(document, SEGMENTS, f"file {name!r} is no file name", "name a file without folders")
    try:
        for part in FOLDERS:
            if (folder / part / name).is_file():
                return folder / part / name
    except OSError as error:
        what = f"file {name[:60]!r}: {error.strerror}"
        raise problem(document, SEGMENTS, what, "name a file that can be there") from None
    raise problem(
        document,
        name,
        "missing (gold without a page)",
        f"add it to {folder / FOLDERS[0]}, or remove its entry",
    )

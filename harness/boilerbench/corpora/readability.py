"""Mozilla Readability's test pages: a folder each, with the page and the article that is expected of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self

from boilerbench.corpora.base import Corpus
from boilerbench.corpora.listing import Listing
from boilerbench.corpora.reading import problem, read_json, read_utf8, text_of, utf8_page
from boilerbench.errors import InputError
from boilerbench.page_blocks import page_blocks
from boilerbench.records import Gold, Metadata, Page

FOLDER = "test-pages"
PAGE, GOLD, FACTS = "source.html", "expected.html", "expected-metadata.json"


class Readability(Corpus):
    """130 pages with what Readability.js is to return for them."""

    summary = "Readability's test pages: 130, with the article expected of each (Mozilla)"
    licence = "Apache-2.0"
    citation = "Mozilla, Readability, test/test-pages, github.com/mozilla/readability"
    layout = f"{FOLDER}/<name>/{PAGE}, {GOLD} and {FACTS}"
    # WCEB uses these pages and judges by these two. Readability's own tests compare trees of elements.
    native_measures = ("lcs", "rouge-lsum")
    tokenizer = "plain"
    includes = "Captions; no comments; the title only where Readability did not know it for one."
    troubles = (
        "Gold is what Readability.js is to return, and so in favour of Readability and its ports.",
        "Some pages were made by hand to test one feature and have a sentence or two.",
    )

    def __init__(self, path: str, folders: Listing[Path]) -> None:
        self.name = "readability"
        self.spec = f"readability:{path}"
        self._folders = folders

    @classmethod
    def open(cls, path: str) -> Self:
        root = cls.folder(path)
        inside = (root / "test" / FOLDER, root / FOLDER)
        pages = next((folder for folder in inside if folder.is_dir()), root)
        folders: Listing[Path] = Listing()
        for folder in sorted(pages.iterdir()):
            missing = [
                (name, what)
                for name, what in ((PAGE, "gold without a page"), (GOLD, "page without gold"))
                if not (folder / name).exists()
            ]
            if len(missing) == 1:
                ((name, what),) = missing
                fault = problem(folder.name, name, f"missing ({what})", f"add {folder / name}")
                folders.refuse(folder.name, fault)
            elif not missing:
                folders.add(folder.name, folder)
        if not folders:
            raise InputError(
                f"corpus readability:{path}: not Readability's test pages; it needs {cls.layout}"
            )
        return cls(path, folders)

    def ids(self) -> list[str]:
        return self._folders.ids()

    def page(self, document: str) -> Page:
        # Readability's tests read every page as UTF-8, whatever it declares.
        return Page(utf8_page(read_utf8(document, self._folders[document] / PAGE, keep_mark=True)))

    def gold(self, document: str) -> Gold:
        """Read the text of the expected HTML, a block a paragraph.

        WCEB takes all text of it as one string (dataset_readers.py, ``ReadabilityReader``), which glues the
        last word of a block to the first of the next where no white space stands between them.
        """
        expected = read_utf8(document, self._folders[document] / GOLD)
        return Gold("\n\n".join(block.text for block in page_blocks(expected)))

    def metadata(self, document: str) -> Metadata:
        file = self._folders[document] / FACTS
        facts: Any = read_json(document, file) if file.exists() else {}
        if not isinstance(facts, dict):
            raise problem(document, FACTS, "not an object", "fetch the file again")
        title, language = (text_of(document, FACTS, key, facts.get(key)) for key in ("title", "lang"))
        return Metadata(title=title or None, language=language or None, licence=self.licence)

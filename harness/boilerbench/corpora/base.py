"""What every corpus is, whatever its layout on disk."""

from __future__ import annotations

import abc
import dataclasses
import hashlib
import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal, Self

from boilerbench.errors import InputError
from boilerbench.policy import Policy
from boilerbench.records import Document, Gold, Metadata, Page

TokenizerName = Literal["plain", "icu"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a document: in which file (unless the message names it) and in which row."""

    document: str
    file: str
    row: int | None
    message: str
    remedy: str = ""
    """The name of the command line's hint, as in ``InputError``; it may mention the document."""

    def __str__(self) -> str:
        if not self.file:
            return f"{self.document}: {self.message}"
        where = self.file if self.row is None else f"{self.file}, row {self.row}"
        return f"{self.document}: {where}: {self.message}"


class Corpus(abc.ABC):
    """A set of documents with a name and a digest, read one document at a time.

    A subclass reads one layout. It lists ids when it is made and reads pages and gold only when asked, each
    apart from the other: the runner takes pages, the scorer takes gold.
    """

    summary: ClassVar[str]
    """One line for ``boilerbench corpora``."""
    licence: ClassVar[str]
    citation: ClassVar[str]
    layout: ClassVar[str]
    """What the folder must hold, for the message about one that does not."""
    native_measures: ClassVar[tuple[str, ...]]
    tokenizer: ClassVar[TokenizerName]
    """How ``words`` cuts words on this corpus: as its authors do (plain) or with ICU."""
    includes: ClassVar[str]
    """Whether gold holds titles, captions and comments, in a sentence or two."""
    troubles: ClassVar[tuple[str, ...]] = ()
    """What is known to be wrong or odd, a sentence each."""

    labelled: ClassVar[bool] = False
    """Whether gold may have labelled blocks, so that a policy decides what is body."""

    name: str
    spec: str

    @classmethod
    @abc.abstractmethod
    def open(cls, path: str) -> Self:
        """The corpus at a path, as given after ``FORMAT:``.

        Raises:
            InputError: the path is no such corpus, or pages and gold do not pair.
        """

    @abc.abstractmethod
    def ids(self) -> Sequence[str]:
        """All document ids, sorted."""

    @abc.abstractmethod
    def page(self, document: str) -> Page:
        """The page of a document.

        Raises:
            InputError: it cannot be read.
        """

    @abc.abstractmethod
    def gold(self, document: str) -> Gold:
        """The gold of a document.

        Raises:
            InputError: it cannot be read.
        """

    @abc.abstractmethod
    def metadata(self, document: str) -> Metadata:
        """What is known of a document besides.

        Raises:
            InputError: it cannot be read.
        """

    def findings(self, document: str) -> Sequence[Finding]:
        """List the faults for which a run leaves a document out; a layout without checks has none."""
        return ()

    def reference_outputs(self, policy: Policy) -> dict[str, dict[str, str]]:
        """Return the texts of reference rows that come with the corpus: by row, then by document.

        They stand beside the extractors and do not compete, like the body by a second annotator's labels.
        ``policy`` says what labels count as. A row covers all documents or is left out.

        Raises:
            InputError: what they are made from does not fit its document.
        """
        return {}

    def document(self, document: str) -> Document:
        """One document, whole."""
        return Document(document, self.page(document), self.gold(document), self.metadata(document))

    def documents(self, limit: int | None = None) -> Iterator[Document]:
        """All documents by id, or the first ``limit``, one in memory at a time."""
        return map(self.document, itertools.islice(self.ids(), limit))

    @classmethod
    def folder(cls, path: str) -> Path:
        """The folder at a path.

        Raises:
            InputError: there is none.
        """
        folder = Path(path).expanduser()
        if not folder.is_dir():
            what = "is a file" if folder.exists() else "does not exist"
            raise InputError(f"corpus {path or '(no path)'}: {what}; give a folder with {cls.layout}")
        return folder


def page_digest(page: Page) -> str:
    """SHA-256 over a page's bytes and URL, in hexadecimal."""
    return hashlib.sha256(page.content + b"\0" + (page.url or "").encode()).hexdigest()


def content_digest(document: Document, page: str | None = None) -> str:
    """SHA-256 over what decides a document's scores, in hexadecimal: its page and its gold.

    ``page`` is the page's own digest, where it is known already.
    """
    return _digest({"page": page or page_digest(document.page), "gold": _said(document.gold)})


def document_digest(document: Document, page: str | None = None) -> str:
    """SHA-256 over all of a document, in hexadecimal: page, gold and metadata, but no path or time.

    ``page`` is the page's own digest, where it is known already.
    """
    return _digest(
        {
            "page": page or page_digest(document.page),
            "gold": _said(document.gold),
            "metadata": _said(document.metadata),
        }
    )


def corpus_digest(document_digests: dict[str, str]) -> str:
    """``sha256:…`` over the digests of the documents by id, whatever their order."""
    lines = "".join(f"{document} {digest}\n" for document, digest in sorted(document_digests.items()))
    return "sha256:" + hashlib.sha256(lines.encode(errors="surrogatepass")).hexdigest()


def pair(pages: dict[str, Path], golds: dict[str, Path], *, page_name: str, gold_name: str) -> list[str]:
    """The ids that have both a page and gold, sorted.

    ``page_name`` and ``gold_name`` are file names with ``{}`` for the id, to say which is missing.

    Raises:
        InputError: a page without gold, or gold without a page.
    """
    for lacking, having, missing in ((pages, golds, page_name), (golds, pages, gold_name)):
        for document in sorted(having.keys() - lacking.keys()):
            raise InputError(
                f"{document}: {missing.format(document)}: missing, although {having[document]} is there; "
                "add it or remove the other"
            )
    return sorted(pages)


def _digest(content: dict[str, object]) -> str:
    line = json.dumps(content, sort_keys=True, default=str)
    return hashlib.sha256(line.encode()).hexdigest()


_OF_THE_LAYOUT = ("has_segments",)
"""Fields of gold that the layout decides, the same for all documents of a corpus."""


def _said(record: Gold | Metadata) -> dict[str, object]:
    """The fields that say something, so that a field added later changes no digest."""
    unsaid = {
        field.name: field.default for field in dataclasses.fields(record) if field.name not in _OF_THE_LAYOUT
    }
    return {
        name: value
        for name, value in dataclasses.asdict(record).items()
        if name in unsaid and value not in (None, (), "") and value != unsaid[name]
    }

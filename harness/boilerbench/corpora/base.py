"""The interface of a corpus, whatever its layout on disk, and digests of its content."""

from __future__ import annotations

import abc
import dataclasses
import functools
import hashlib
import itertools
import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar, Literal, Self, cast

from boilerbench import named_files
from boilerbench.errors import InputError
from boilerbench.policy import Policy
from boilerbench.records import Document, Gold, Metadata, Page
from boilerbench.visible_text import visible_line

TokenizerName = Literal["plain", "icu"]

UNREADABLE = "cannot be read"
"""The reason for which a page is passed over that is there and cannot be read."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a document: in which file (unless the message names it) and in which row."""

    document: str
    file: str
    row: int | None
    message: str
    remedy: str = ""
    """The name of the command line's hint, as in ``InputError``; it may mention the document."""

    @classmethod
    def of(cls, document: str, error: InputError) -> Self:
        """Return what an error says of a document."""
        return cls(document, "", None, str(error).removeprefix(f"{document}: "), error.remedy)

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
    """One line for the list of formats."""
    licence: ClassVar[str]
    citation: ClassVar[str]
    layout: ClassVar[str]
    """The files of the layout, for the message about a folder without them."""
    native_measures: tuple[str, ...]
    tokenizer: TokenizerName
    """The tokenizer of ``words`` on this corpus: its authors' own (plain) or ICU."""
    includes: ClassVar[str]
    """Whether gold holds titles, captions and comments, in a sentence or two."""
    troubles: ClassVar[tuple[str, ...]] = ()
    """Known faults and oddities, a sentence each."""

    has_gold: bool = True
    """Whether there is gold, so that a run can score; without, there is a survey."""
    labelled: bool = False
    """Whether gold may have labelled blocks, so that a policy decides what is body."""
    overlay: str | None = None
    """The digest of labels that stand beside its published gold; None where there are none."""
    problems: Mapping[str, str] = MappingProxyType({})
    """What is wrong with labels of ours that stand beside its gold, by document; they are left aside."""

    name: str
    spec: str

    @classmethod
    @abc.abstractmethod
    def open(cls, path: str) -> Self:
        """Open the corpus at a path, as given after ``FORMAT:``.

        Raises:
            InputError: the path is no such corpus, or has no documents. A fault of one document is raised
                when that is read.
        """

    @abc.abstractmethod
    def ids(self) -> Sequence[str]:
        """Return all document ids, sorted, those of documents that cannot be read among them."""

    @abc.abstractmethod
    def page(self, document: str) -> Page:
        """Read the page of a document.

        Raises:
            InputError: it cannot be read.
        """

    @abc.abstractmethod
    def gold(self, document: str) -> Gold:
        """Read the gold of a document.

        Raises:
            InputError: it cannot be read.
        """

    @abc.abstractmethod
    def metadata(self, document: str) -> Metadata:
        """Read the metadata of a document.

        Raises:
            InputError: it cannot be read.
        """

    def findings(self, document: str) -> Sequence[Finding]:
        """List the faults for which a run leaves a document out; by default those of reading it."""
        findings = []
        for read in (self.page, self.gold, self.metadata):
            try:
                read(document)
            except InputError as error:
                findings.append(Finding.of(document, error))
            except (LookupError, OSError, RuntimeError, TypeError, ValueError) as error:
                # Of a plug-in, or of files that changed after the corpus was opened.
                reason = visible_line(str(error)) or type(error).__name__
                findings.append(Finding(document, "", None, f"cannot be read ({reason})"))
        # Page, gold and metadata may lie in one file.
        return list(dict.fromkeys(findings))

    def reference_outputs(self, policy: Policy) -> dict[str, dict[str, str]]:
        """Return the texts of reference rows that come with the corpus: by row, then by document.

        They stand beside the extractors and do not compete, like the body by a second annotator's labels.
        ``policy`` says what labels count as. A run has the rows that cover all of its documents.
        """
        return {}

    def version_of(self, digest: str) -> str:
        """Return the name of the version whose documents have a digest; empty where it has none."""
        return ""

    def pages(self, skipped: Callable[[str], None] = lambda reason: None) -> Iterator[tuple[str, Page]]:
        """Yield every page with its document's id, in a fixed order, one in memory at a time.

        Args:
            skipped: told of whatever is there and no page that can be read, by its reason in a few words;
                there are few different ones.
        """
        return self._readable(self.ids(), skipped)

    def _readable(
        self, documents: Iterable[str], skipped: Callable[[str], None]
    ) -> Iterator[tuple[str, Page]]:
        for document in documents:
            try:
                page = self.page(document)
            except InputError:
                skipped(UNREADABLE)
            else:
                yield document, page

    def document(self, document: str) -> Document:
        """Read a document whole."""
        return Document(document, self.page(document), self.gold(document), self.metadata(document))

    def published(self, document: str) -> Document:
        """Read a document as it is published, without labels of ours beside it: what digests are of."""
        return self.document(document)

    def documents(self, limit: int | None = None) -> Iterator[Document]:
        """Yield all documents by id, or the first ``limit``, one in memory at a time."""
        return map(self.document, itertools.islice(self.ids(), limit))

    @classmethod
    def is_plainly_at(cls, path: str) -> bool:
        """Tell whether a path where such a corpus can be opened is meant as one if no format is named."""
        return True

    @classmethod
    def folder(cls, path: str) -> Path:
        """Return the folder at a path.

        Raises:
            InputError: there is none.
        """
        folder = expanded(path)
        if not folder.is_dir():
            problem = "is a file" if folder.exists() else "does not exist"
            raise InputError(f"corpus {path or '(no path)'}: {problem}; give a folder with {cls.layout}")
        return folder


def expanded(path: str) -> Path:
    """Return a path that a user typed, with ``~`` for a home folder.

    Raises:
        InputError: there is no such user, or no file can have that name.
    """
    try:
        return named_files.expanded(path)
    except named_files.UnreadableFileError as error:
        raise InputError(f"corpus {path}: {error}") from None


def page_digest(page: Page) -> str:
    """Return SHA-256 over a page's bytes, URL and, where there is one, served charset, in hexadecimal."""
    facts = [page.url or "", *([page.charset] if page.charset else [])]
    stated = b"".join(b"\0" + fact.encode("utf-8", "surrogatepass") for fact in facts)
    return hashlib.sha256(page.content + stated).hexdigest()


def content_digest(document: Document, page: str | None = None) -> str:
    """Return SHA-256 over what decides a document's scores, page and gold, in hexadecimal.

    ``page`` is the page's own digest, where it is known already.
    """
    return _digest({"page": page or page_digest(document.page), "gold": _stated(document.gold)})


def document_digest(document: Document, page: str | None = None) -> str:
    """Return SHA-256 over page, gold and metadata of a document, without path or time, in hexadecimal.

    ``page`` is the page's own digest, where it is known already.
    """
    return _digest(
        {
            "page": page or page_digest(document.page),
            "gold": _stated(document.gold),
            "metadata": _stated(document.metadata),
        }
    )


def corpus_digest(document_digests: dict[str, str]) -> str:
    """Return ``sha256:…`` over the digests of documents by id, whatever their order."""
    return ordered_digest(sorted(document_digests.items()))


def ordered_digest(document_digests: Iterable[tuple[str, str]]) -> str:
    """Return the same for documents that come by id, one at a time."""
    content = hashlib.sha256()
    for document, digest in document_digests:
        content.update(f"{document} {digest}\n".encode(errors="surrogatepass"))
    return f"sha256:{content.hexdigest()}"


def _digest(content: dict[str, object]) -> str:
    return hashlib.sha256(_ENCODER.encode(content).encode()).hexdigest()


_ENCODER = json.JSONEncoder(sort_keys=True, default=str)


_NOT_STATED = ("has_segments", "page")
"""Fields of gold that the layout decides for all documents, and the page, which digests have anyway."""


def _stated(record: Gold | Metadata) -> dict[str, object]:
    """Return the fields that are set, so that a field added later changes no digest."""
    return {
        name: _plain(value)
        for name, default in _defaults(cast(Hashable, type(record)))
        if (value := getattr(record, name)) not in (None, (), "") and value != default
    }


@functools.cache
def _defaults(kind: Hashable) -> tuple[tuple[str, object], ...]:
    fields = dataclasses.fields(kind)  # type: ignore[arg-type]
    return tuple((field.name, field.default) for field in fields if field.name not in _NOT_STATED)


def _plain(value: object) -> object:
    """Return a value as ``dataclasses.asdict`` does, which would copy every text."""
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    return (
        dataclasses.asdict(value)
        if dataclasses.is_dataclass(value) and not isinstance(value, type)
        else value
    )

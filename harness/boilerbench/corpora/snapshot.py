"""A corpus as it stands before a run: its sound documents, and their digests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from boilerbench.corpora.base import (
    Corpus,
    Finding,
    content_digest,
    corpus_digest,
    document_digest,
    page_digest,
)
from boilerbench.errors import InputError
from boilerbench.parallel import map_in_threads
from boilerbench.progress import Progress
from boilerbench.records import Metadata
from boilerbench.sites import site_of

Result = TypeVar("Result")


@dataclass(frozen=True)
class Snapshot:
    """The digests and the metadata of a corpus, once all of it has been read."""

    pages: dict[str, str]
    """The digest of each page, by document."""
    digests: dict[str, str]
    """``digest``, over the whole corpus, and ``pages``, over its pages alone."""
    wholes: dict[str, str]
    """The digest of each document, by its id."""
    documents: list[tuple[str, str, str, Metadata]]
    """For each document its id, the digest of page and gold, the site of its page, and its metadata."""

    @property
    def sites(self) -> dict[str, str]:
        """The site of each document, empty where its page has no URL."""
        return {document: site for document, _, site, _ in self.documents}


@dataclass(frozen=True)
class Examined:
    """Documents that were read once: a snapshot of the sound ones, and what is wrong with the others."""

    snapshot: Snapshot
    findings: dict[str, Sequence[Finding]]
    """Of each document that is not sound, in the order in which documents were asked for."""

    @property
    def left_out(self) -> dict[str, str]:
        """The first finding of each document that is not sound."""
        return {document: str(findings[0]) for document, findings in self.findings.items()}

    def tell(self, remark: Callable[[str], None]) -> None:
        """Say in one line of each document that it is left out, and why."""
        for first, *others in self.findings.values():
            more = f" (and {len(others)} more)" if others else ""
            remark(f"left out: {first}{more}")


def take_snapshot(corpus: Corpus, documents: Sequence[str], progress: Progress) -> Snapshot:
    """Read documents of which is known that they are sound.

    Raises:
        InputError: a document cannot be read.
    """
    progress.begin("reading", len(documents))
    return _snapshot(_counted(map_in_threads(lambda name: _read(corpus, name), documents), progress))


def sound_snapshot(
    corpus: Corpus, documents: Sequence[str], remark: Callable[[str], None], progress: Progress
) -> tuple[Snapshot, dict[str, str]]:
    """Take a snapshot of the documents without findings; return it with the first finding of each other one.

    Args:
        corpus: which corpus they are of.
        documents: their ids.
        remark: called with one line for each document that is left out.
        progress: told of each document.

    Raises:
        InputError: no document is without findings.
    """
    examined = examine(corpus, documents, progress)
    if examined.findings and not examined.snapshot.pages:
        first = next(iter(examined.findings.values()))[0]
        raise nothing_left(corpus, first, len(documents))
    examined.tell(remark)
    return examined.snapshot, examined.left_out


def examine(corpus: Corpus, documents: Sequence[str], progress: Progress) -> Examined:
    """Read all of the documents, which shows what is wrong with one before anything runs; none may be sound.

    Raises:
        InputError: a document without findings can no longer be read.
    """
    found: dict[str, Sequence[Finding]] = {}

    def of(document: str) -> _Read | None:
        # Read at once after it, since many a corpus has at hand what it read last.
        if findings := corpus.findings(document):
            found[document] = findings
            return None
        return _read(corpus, document)

    progress.begin("reading", len(documents))
    read = _counted(map_in_threads(of, documents), progress)
    snapshot = _snapshot(each for each in read if each is not None)
    return Examined(snapshot, {document: found[document] for document in documents if document in found})


@dataclass(frozen=True, slots=True)
class _Read:
    """What a snapshot keeps of a document: digests of its page, of all of it, and of page and gold."""

    document: str
    page: str
    whole: str
    content: str
    site: str
    metadata: Metadata


def _read(corpus: Corpus, name: str) -> _Read:
    document = corpus.published(name)
    page = page_digest(document.page)
    whole, content = document_digest(document, page), content_digest(document, page)
    return _Read(name, page, whole, content, site_of(document.page.url), document.metadata)


def _counted(results: Iterable[Result], progress: Progress) -> Iterator[Result]:
    for result in results:
        yield result
        progress.advance()


def _snapshot(read: Iterable[_Read]) -> Snapshot:
    pages, wholes, rows = {}, {}, []
    for each in read:
        pages[each.document], wholes[each.document] = each.page, each.whole
        rows.append((each.document, each.content, each.site, each.metadata))
    digests = {"digest": corpus_digest(wholes), "pages": corpus_digest(pages)}
    return Snapshot(pages, digests, wholes, rows)


def nothing_left(corpus: Corpus, first: Finding, documents: int) -> InputError:
    """Make the error about documents that all have a fault, one or many, in one line."""
    if documents == 1:
        return InputError(str(first), remedy=first.remedy, document=first.document)
    line = f"corpus {corpus.spec}: each of {documents:,} documents has a fault, as {first}"
    return InputError(line, remedy="check", spec=corpus.spec)

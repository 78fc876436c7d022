"""A corpus as it stands before a run: its sound documents, and their digests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

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


def take_snapshot(corpus: Corpus, documents: Sequence[str], progress: Progress) -> Snapshot:
    """Read all of the documents, which shows what is wrong with one before anything runs.

    Raises:
        InputError: a document cannot be read.
    """

    def facts(name: str) -> tuple[str, str, str, str, Metadata]:
        document = corpus.published(name)
        page = page_digest(document.page)
        whole, content = document_digest(document, page), content_digest(document, page)
        return page, whole, content, site_of(document.page.url), document.metadata

    progress.begin("reading", len(documents))
    pages, wholes, rows = {}, {}, []
    for name, (page, whole, content, site, metadata) in zip(
        documents, map_in_threads(facts, documents), strict=True
    ):
        pages[name], wholes[name] = page, whole
        rows.append((name, content, site, metadata))
        progress.advance()
    digests = {"digest": corpus_digest(wholes), "pages": corpus_digest(pages)}
    return Snapshot(pages, digests, wholes, rows)


def sound_documents(
    corpus: Corpus, documents: Sequence[str], remark: Callable[[str], None]
) -> tuple[list[str], dict[str, str]]:
    """Split documents into those without findings, and the first finding of each other one by document.

    Args:
        corpus: which corpus they are of.
        documents: their ids.
        remark: called with one line for each document that is left out.

    Raises:
        InputError: no document is without findings.
    """
    lines: list[str] = []
    sound, left_out, first = split_documents(corpus, documents, lines.append)
    if first and not sound:
        raise nothing_left(corpus, first, len(documents))
    for line in lines:
        remark(line)
    return sound, left_out


def split_documents(
    corpus: Corpus, documents: Sequence[str], remark: Callable[[str], None]
) -> tuple[list[str], dict[str, str], Finding | None]:
    """Split documents as ``sound_documents`` does; none may be sound. The first finding of all comes last."""
    sound: list[str] = []
    left_out: dict[str, str] = {}
    first = None
    for document, findings in zip(documents, map_in_threads(corpus.findings, documents), strict=True):
        if not findings:
            sound.append(document)
            continue
        first = first or findings[0]
        left_out[document] = str(findings[0])
        more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        remark(f"left out: {findings[0]}{more}")
    return sound, left_out, first


def nothing_left(corpus: Corpus, first: Finding, documents: int) -> InputError:
    """Make the error about documents that all have a fault, one or many, in one line."""
    if documents == 1:
        return InputError(str(first), remedy=first.remedy, document=first.document)
    line = f"corpus {corpus.spec}: each of {documents:,} documents has a fault, as {first}"
    return InputError(line, remedy="check", spec=corpus.spec)

"""A page that a command line names."""

from __future__ import annotations

from boilerbench.corpora import Corpus, open_corpus
from boilerbench.errors import InputError
from boilerbench.labelling.capture import capture
from boilerbench.named_files import UnreadableFileError, expanded
from boilerbench.nearest import named, nearest_path
from boilerbench.records import Page


def named_page(name: str) -> tuple[str, Page]:
    """Return the id and the page that ``FILE``, ``URL`` or ``CORPUS:ID`` names.

    Raises:
        InputError: there is no such file, address or document.
    """
    if "://" in name:
        return name, capture(name)
    if _is_file(name):
        return name, capture(name)
    spec, colon, document = name.rpartition(":")
    if not colon:
        near = nearest_path(name)
        hint = f"did you mean {near}?" if near else "give a file, an address or CORPUS:ID"
        raise InputError(f"{name}: there is no such file; {hint}")
    corpus = open_corpus(spec)
    document = document_of(corpus, document)
    return document, corpus.page(document)


def _is_file(name: str) -> bool:
    try:
        return expanded(name).is_file()
    except UnreadableFileError:
        return False


def document_of(corpus: Corpus, name: str) -> str:
    """Return the id of a document, given whole or by a beginning that no other has.

    Raises:
        InputError: there is none, or there are several.
    """
    try:
        return named("document", name, corpus.ids())
    except LookupError as error:
        raise InputError(f"{corpus.spec}: {error}") from None

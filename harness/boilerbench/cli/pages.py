"""A page that a command line names."""

from __future__ import annotations

from pathlib import Path

from boilerbench.corpora import Corpus, open_corpus
from boilerbench.errors import InputError
from boilerbench.labelling.capture import capture
from boilerbench.records import Page


def named_page(name: str) -> tuple[str, Page]:
    """Return the id and the page that ``FILE``, ``URL`` or ``CORPUS:ID`` names.

    Raises:
        InputError: there is no such file, address or document.
    """
    if "://" in name:
        return name, capture(name)
    if Path(name).expanduser().is_file():
        return name, capture(name)
    spec, colon, document = name.rpartition(":")
    if not colon:
        raise InputError(f"{name}: there is no such file; give a file, an address or CORPUS:ID")
    corpus = open_corpus(spec)
    document = document_of(corpus, document)
    return document, corpus.page(document)


def document_of(corpus: Corpus, name: str) -> str:
    """Return the id of a document, given whole or by a beginning that no other has.

    Raises:
        InputError: there is none, or there are several.
    """
    ids = corpus.ids()
    if name in ids:
        return name
    alike = [document for document in ids if document.startswith(name)]
    if len(alike) == 1:
        return alike[0]
    some = ", ".join((alike or list(ids))[:8]) + (", …" if len(alike or ids) > 8 else "")
    if alike:
        raise InputError(f"{corpus.spec}: {name!r} may be any of {some}")
    raise InputError(f"{corpus.spec}: no document {name!r}; there are {some}")

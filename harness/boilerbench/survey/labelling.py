"""Pages of a survey as gold documents to label, with their bytes as they were served."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from boilerbench.corpora import Corpus
from boilerbench.corpora.in_memory import InMemoryCorpus
from boilerbench.labelling.importing import import_document
from boilerbench.records import Document, Gold, Metadata
from boilerbench.survey.page_facts import UNKNOWN
from boilerbench.survey.proposals import PageRow


def write_pages_to_label(folder: Path, corpus: Corpus, rows: Sequence[PageRow]) -> pd.DataFrame:
    """Write a folder of the gold format for each page: page, blocks without labels, document.toml.

    Args:
        folder: where to write.
        corpus: of the pages.
        rows: which ones.

    Returns:
        The rows of these pages, each with the name of its folder.

    Raises:
        InputError: a page cannot be read any more.
    """
    folder.mkdir()
    written = []
    for place, row in enumerate(rows, 1):
        name = _name(row, place)
        language = None if row.language == UNKNOWN else row.language
        facts = Metadata(language=language, source=f"{corpus.name}, {row.document}")
        one = Document(name, corpus.page(row.document), Gold("", has_body=False), facts)
        import_document(folder / name, InMemoryCorpus([one], name="survey"), name)
        written.append({"folder": name, **asdict(row)})
    return pd.DataFrame(written)


def _name(row: PageRow, place: int) -> str:
    """Return a folder's name: the place in the list, the site, and a few digits that are the page's own."""
    site = "".join(c if c.isascii() and c.isalnum() else "-" for c in row.site.lower()).strip("-")[:40]
    digest = hashlib.sha256(row.document.encode("utf-8", "replace")).hexdigest()[:6]
    return f"{place:03}-{site or 'page'}-{digest}"

"""Documents that a Python program has at hand, as records or as rows of a pandas DataFrame."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Self

from boilerbench.corpora.base import Corpus
from boilerbench.corpora.listing import is_id
from boilerbench.corpora.reading import utf8_page
from boilerbench.errors import InputError
from boilerbench.records import Document, Gold, Metadata, Page
from boilerbench.tokenizers import storable

if TYPE_CHECKING:
    import pandas as pd

SCHEME = "python:"
"""How the spec of such a corpus begins, which nothing can open."""
REQUIRED = ("id", "html", "body")
OPTIONAL = ("url", "language", "page_type", "title")


class InMemoryCorpus(Corpus):
    """Documents in memory: ``boilerbench.records.Document`` each, or the rows of a DataFrame.

    A DataFrame has the columns ``id``, ``html`` (text, or bytes as they were served) and ``body``, and where
    they are known ``url``, ``language``, ``page_type`` and ``title``. All documents are held at once.

    Args:
        documents: the documents, or the DataFrame.
        name: of the corpus, and so of the run's folder.

    Raises:
        InputError: there are none, a column is missing, a value is of another type, an id is there twice, or
            the name cannot be that of a folder.
    """

    summary = "documents in Python: records, or a DataFrame"
    licence = "that of your data"
    citation = "your own"
    layout = "boilerbench.records.Document, or a DataFrame with the columns id, html, body"
    native_measures = ("words",)
    tokenizer = "icu"
    includes = "Title, captions and comments as you decide."
    labelled = True

    def __init__(self, documents: Iterable[Document] | pd.DataFrame, name: str = "in-memory") -> None:
        if not is_id(name) or name in (".", "..") or "/" in name or "\\" in name:
            raise InputError(f"corpus name {name!r} cannot be that of a folder")
        self.name = name
        self.spec = SCHEME + name
        rows = list(_documents(documents))
        if not rows:
            raise InputError(f"corpus {name}: no documents; give {self.layout}")
        twice, number = Counter(document.id for document in rows).most_common(1)[0]
        if number > 1:
            raise InputError(
                f"corpus {name}: {number} documents have the id {twice!r}; give each an id of its own"
            )
        self._documents = {document.id: document for document in sorted(rows, key=lambda row: row.id)}

    @classmethod
    def open(cls, path: str) -> Self:
        raise InputError(f"corpus {SCHEME}{path}: it was in memory and has no path; give its documents again")

    def ids(self) -> list[str]:
        return list(self._documents)

    def page(self, document: str) -> Page:
        return self._documents[document].page

    def gold(self, document: str) -> Gold:
        return self._documents[document].gold

    def metadata(self, document: str) -> Metadata:
        return self._documents[document].metadata


def _documents(given: object) -> Iterator[Document]:
    """Yield the documents of an iterable or of a DataFrame, checked.

    Raises:
        InputError: it is neither, or a document is not as it should be.
    """
    import pandas as pd

    if isinstance(given, pd.DataFrame):
        yield from _rows(given)
        return
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        raise InputError(f"a corpus cannot be made of {_kind(given)}; give {InMemoryCorpus.layout}")
    for number, document in enumerate(given):
        if not isinstance(document, Document):
            raise InputError(f"document {number} is {_kind(document)}; give {InMemoryCorpus.layout}")
        _check_id(document.id, f"document {number}")
        for name, value, kind in (
            ("page.content", document.page.content, bytes),
            ("gold.body", document.gold.body, str),
        ):
            if not isinstance(value, kind):
                raise InputError(f"{document.id}: {name} is {_kind(value)}, not {kind.__name__}")
        yield document


def _rows(frame: pd.DataFrame) -> Iterator[Document]:
    """Yield the rows of a DataFrame as documents.

    Raises:
        InputError: a column is missing or there twice, or a value is of another type.
    """
    names = Counter(frame.columns)
    for name in REQUIRED:
        if name not in names:
            raise InputError(f"the DataFrame has no column {name!r}; it needs {', '.join(REQUIRED)}")
    taken = [name for name in (*REQUIRED, *OPTIONAL) if name in names]
    for name in taken:
        if names[name] > 1:
            raise InputError(f"the DataFrame has {names[name]} columns {name!r}; keep one")
    columns = [frame[name].tolist() for name in taken]
    for number, values in enumerate(zip(*columns, strict=True)):
        row = dict(zip(taken, values, strict=True))
        # As in a file of JSON Lines.
        row["id"] = str(row["id"]) if type(row["id"]) is int else row["id"]
        _check_id(row["id"], f"row {number}")
        html, body = row["html"], _text(row, "body")
        if not isinstance(html, str | bytes):
            raise InputError(f"{row['id']}: html is {_kind(html)}, not str or bytes")
        if body is None:
            raise InputError(f"{row['id']}: body is missing; it may be empty text")
        optional = {name: _text(row, name) or None for name in OPTIONAL}
        page = Page(html if isinstance(html, bytes) else utf8_page(html), optional.pop("url"))
        yield Document(row["id"], page, Gold(body), Metadata(**optional))  # type: ignore[arg-type]


def _text(row: dict[str, Any], name: str) -> str | None:
    """Return a text of a row; None where the value is missing, as NaN and None are.

    Raises:
        InputError: it is something else.
    """
    import pandas as pd

    value = row.get(name)
    if isinstance(value, str):
        return storable(value)
    if value is None or value is pd.NA or value != value:  # noqa: PLR0124 - NaN alone differs from itself
        return None
    raise InputError(f"{row['id']}: {name} is {_kind(value)}, not str")


def _check_id(value: object, where: str) -> None:
    if not isinstance(value, str):
        raise InputError(f"{where}: id is {_kind(value)}, not str")
    if not is_id(value):
        raise InputError(
            f"{where}: id {value!r} is empty, or has white space at an end or control characters"
        )


def _kind(value: object) -> str:
    return type(value).__name__

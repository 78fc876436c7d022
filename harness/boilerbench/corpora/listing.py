"""The documents of a corpus as opening finds them: where each lies, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar

from boilerbench.corpora.reading import kind_of, problem, read_json
from boilerbench.errors import InputError
from boilerbench.parsing import keys_given_twice
from boilerbench.visible_text import visible_line

Row = TypeVar("Row")
Other = TypeVar("Other")

_NO_ID = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]|^\s|\s$")


def is_id(text: str) -> bool:
    """Whether a text can name a document: not empty, visible characters, no white space at either end."""
    return bool(text) and not _NO_ID.search(text)


class Listing(Generic[Row]):
    """The documents of a corpus by their ids, those with a fault among them.

    ``listing[document]`` is what the layout knows of a document, such as the path of its page; for a document
    with a fault it raises that, so that opening a corpus does not fail for one of its documents.
    """

    def __init__(self, *, any_key: bool = False) -> None:
        """Make an empty listing; with ``any_key`` its ids are keys of a file that may be any text."""
        self._any_key = any_key
        self._rows: dict[str, Row] = {}
        self._faults: dict[str, InputError] = {}

    def add(self, document: str, row: Row) -> None:
        """Take up a document, whose id must be new; one that has a fault keeps it."""
        if not self._any_key and not is_id(document):
            self.refuse(visible_line(document).strip() or "(empty)", _no_id(document))
        elif document not in self._faults:
            self._rows[document] = row

    def refuse(self, document: str, fault: InputError) -> None:
        """Take up what is wrong with a document; the first fault of each is kept."""
        self._rows.pop(document, None)
        self._faults.setdefault(document, fault)

    def take_over(self, other: Listing[Row]) -> None:
        """Take up the documents of another listing and their faults."""
        for document, row in other._rows.items():
            self.add(document, row)
        for document, fault in other._faults.items():
            self.refuse(document, fault)

    def __contains__(self, document: str) -> bool:
        return document in self._rows or document in self._faults

    def __bool__(self) -> bool:
        return bool(self._rows or self._faults)

    def __getitem__(self, document: str) -> Row:
        """Return what is known of a document.

        Raises:
            InputError: it has a fault.
            KeyError: there is no such document.
        """
        if fault := self._faults.get(document):
            raise _again(fault)
        return self._rows[document]

    def ids(self) -> list[str]:
        """Return all ids, sorted."""
        return sorted([*self._rows, *self._faults])

    def fault(self, document: str) -> InputError | None:
        """Return what is wrong with a document, if anything."""
        return self._faults.get(document)

    @property
    def faults(self) -> dict[str, InputError]:
        """What is wrong, by document."""
        return dict(self._faults)


def read_objects(file: Path, example: str, name: Callable[[str], str] = str) -> Listing[dict[str, Any]]:
    """Read a JSON file that has an object of facts for each document.

    Args:
        file: the file.
        example: an object as it should be, to say so where one is not.
        name: makes a document's id of its key.

    Raises:
        InputError: the file cannot be read, or is no object; faults of one object are that document's.
    """
    content = read_json("corpus", file)
    if not isinstance(content, dict):
        raise problem("corpus", file, f"{kind_of(content)}, not an object of documents", "fetch it again")
    listing: Listing[dict[str, Any]] = Listing(any_key=True)
    for key, facts in content.items():
        document = name(key)
        if document in listing:
            listing.refuse(document, _twice(document, file.name))
        elif not isinstance(facts, dict):
            listing.refuse(document, problem(document, file.name, "not an object", f"write {example}"))
        elif keys := keys_given_twice(facts):
            what = f"{keys[0]!r} is there twice"
            listing.refuse(document, problem(document, file.name, what, "keep one"))
        else:
            listing.add(document, facts)
    for key in keys_given_twice(content):
        listing.refuse(name(key), _twice(name(key), file.name))
    return listing


def pair(
    pages: Mapping[str, Path], golds: Listing[Other], *, page_name: str, gold_name: str, prefix: str = ""
) -> Listing[tuple[Path, Other]]:
    """List the documents that have a page or gold; one that lacks either has that fault.

    Args:
        pages: files by id.
        golds: what is known of gold by id; its faults are those of the documents.
        page_name: the name of a page's file, with ``{}`` for the id.
        gold_name: the name of gold's file likewise.
        prefix: what stands before each id and not in the files' names.
    """
    listing: Listing[tuple[Path, Other]] = Listing()
    for document in sorted({*pages, *golds.ids()}):
        name = document.removeprefix(prefix)
        if fault := golds.fault(document):
            listing.refuse(document, fault)
        elif document not in golds:
            listing.refuse(document, _alone(document, gold_name.format(name), str(pages[document])))
        elif document not in pages:
            listing.refuse(document, _alone(document, page_name.format(name), gold_name.format(name)))
        else:
            listing.add(document, (pages[document], golds[document]))
    return listing


def _alone(document: str, missing: str, present: str) -> InputError:
    return problem(document, missing, f"missing, although {present} is there", "add it or remove the other")


def _twice(document: str, where: str) -> InputError:
    return problem(document, where, "duplicate id", "give every document an id of its own")


def _no_id(document: str) -> InputError:
    shown = visible_line(document).strip() or "(empty)"
    return problem(shown, "its id", f"{document!r} is no id", "use visible characters only")


def _again(fault: InputError) -> InputError:
    """Return an error anew, for one that is raised twice collects the tracebacks of both."""
    return InputError(str(fault), remedy=fault.remedy, **fault.facts)

"""Ids of documents, cut where they are long."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

LONGEST = 28
SHORTEST = 12


CUT = "…"
"""The end of an id that is cut."""


def short_id(document: str, documents: Sequence[str], longest: int = LONGEST) -> str:
    """An id; where it is longer than ``longest``, its shortest beginning that is its own, and ``…``."""
    beginning = id_beginning(document, documents, longest)
    return beginning if beginning == document else beginning + CUT


def id_beginning(document: str, documents: Sequence[str], longest: int = LONGEST) -> str:
    """An id to be typed; where it is longer than ``longest``, its shortest beginning that is its own."""
    return document if len(document) <= longest else _short(document, sorted(documents))


def short_ids(documents: Sequence[str], longest: int = LONGEST) -> list[str]:
    """``short_id`` of each, all at once."""
    ordered = sorted(documents)
    return [
        document
        if len(document) <= longest or (beginning := _short(document, ordered)) == document
        else beginning + CUT
        for document in documents
    ]


def _short(document: str, ordered: Sequence[str]) -> str:
    index = bisect_left(ordered, document)
    neighbours = [other for other in ordered[max(0, index - 1) : index + 2] if other != document]
    shared = max((_shared(document, other) for other in neighbours), default=0)
    return document[: max(SHORTEST, shared + 1)]


def _shared(one: str, other: str) -> int:
    """The number of characters that two ids share from their beginning."""
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )

"""The documents that decide between two extractors: where one has the higher F1, and by how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

TIE = 1e-9
"""Figures that differ by no more are equal."""


@dataclass(frozen=True, slots=True)
class DocumentDifference:
    """The F1 of two extractors on one document, from 0 to 1, and the first minus the second."""

    document: str
    first: float
    second: float
    difference: float

    def turned(self) -> DocumentDifference:
        """Return the same with first and second in each other's place."""
        return DocumentDifference(self.document, self.second, self.first, -self.difference)


def deciding_documents(
    scores: pd.DataFrame, pair: tuple[str, str], most: int | None = 10
) -> list[DocumentDifference]:
    """Return the documents on which the first of the pair has the higher F1, widest difference first.

    Args:
        scores: those of one measure.
        pair: two extractors.
        most: how many documents to return; without, all.
    """
    f1 = by_document(scores, "f1")
    differences = [
        DocumentDifference(str(document), float(first), float(second), float(first - second))
        for document, first, second in zip(f1.index, f1[pair[0]], f1[pair[1]], strict=True)
        if first - second > TIE
    ]
    return sorted(differences, key=lambda pair: (-pair.difference, pair.document))[:most]


def by_document(scores: pd.DataFrame, figure: str) -> pd.DataFrame:
    """Return a figure of one measure by document (rows) and extractor (columns)."""
    return scores.pivot_table(index="document", columns="extractor", values=figure, sort=False)

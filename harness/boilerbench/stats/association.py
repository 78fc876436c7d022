"""Groupings of documents that say nearly the same, so that neither can be blamed alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

ASSOCIATED = 0.3
"""From here on two groupings are called associated: a medium effect after Cohen (1988), section 7.2."""
_FEWEST = 5
_COLUMNS = ("page_type", "language")


def cramers_v(first: Sequence[str], second: Sequence[str]) -> float:
    """Return Cramér's V of two groupings, corrected for bias: 0 where they are unrelated, 1 where they agree.

    Args:
        first: the group of each item.
        second: its group by another grouping.

    Returns:
        From 0 to 1; 0 where either has a single group. Source: Bergsma (2013), A bias-correction for
        Cramér's V and Tschuprow's T, Journal of the Korean Statistical Society 42 (3).
    """
    rows, columns = sorted(set(first)), sorted(set(second))
    number = len(first)
    if len(rows) < 2 or len(columns) < 2:
        return 0.0
    counts = Counter(zip(first, second, strict=True))
    table = np.array([[counts[row, column] for column in columns] for row in rows], float)
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0) / number
    squared = float(((table - expected) ** 2 / expected).sum()) / number
    degrees = (len(rows) - 1, len(columns) - 1)
    corrected = max(0.0, squared - degrees[0] * degrees[1] / (number - 1))
    height, width = (size + 1 - size**2 / (number - 1) for size in degrees)
    return float(np.sqrt(corrected / (min(height, width) - 1))) if min(height, width) > 1 else 0.0


def associated_grouping(documents: pd.DataFrame, by: str) -> tuple[str, float] | None:
    """Find the other grouping of a run's documents that hangs together with this one.

    Languages count without their regions, and groups of fewer than five documents as one.

    Args:
        documents: a run's table of documents.
        by: ``page_type`` or ``language``; others are compared with nothing.

    Returns:
        The other grouping and Cramér's V, if that is at least ``ASSOCIATED``.
    """
    for other in _COLUMNS if by in _COLUMNS else ():
        if other == by:
            continue
        known = documents[(documents[by] != "") & (documents[other] != "")]
        if len(known) > 1:
            value = cramers_v(_pooled(known[by]), _pooled(known[other]))
            if value >= ASSOCIATED:
                return other, value
    return None


def _pooled(values: pd.Series[str]) -> list[str]:
    bare = [str(value).partition("-")[0] if values.name == "language" else str(value) for value in values]
    counts = Counter(bare)
    return [value if counts[value] >= _FEWEST else "" for value in bare]

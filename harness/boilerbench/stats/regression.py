"""Whether an extractor has become worse than a baseline."""

from __future__ import annotations

from boilerbench.stats.comparison import Comparison


def regressed(comparison: Comparison, max_drop: float) -> bool:
    """Whether the first of the pair fell below the second by more than ``max_drop`` points of F1, and not by
    chance: the 95 % interval of the difference excludes zero.
    """
    return -100 * comparison.difference > max_drop and comparison.high < 0

"""What a comparison says, in one sentence."""

from __future__ import annotations

from boilerbench.reports.formatting import difference_interval, p_value, points, signed_points
from boilerbench.stats import Comparison


def verdict(comparison: Comparison, labels: dict[str, str], corpus: str) -> str:
    """Who is better and by how much, or that nobody can tell; the one that is ahead comes first."""
    ahead, low, high = comparison.difference, comparison.low, comparison.high
    first, second = labels[comparison.first], labels[comparison.second]
    if ahead < 0:
        ahead, low, high = -ahead, -high, -low
        first, second = second, first
    chance = f"95 % interval {difference_interval(low, high)}; {p_value(comparison.p)}"
    where = f"on {documents(comparison.documents)} of {corpus}"
    if comparison.decided:
        return f"{first} is better than {second} by {points(ahead)} points of F1 ({chance}) {where}."
    if points(ahead) == "0.0":
        how = "the same F1 to a tenth of a point"
    else:
        how = f"{first} is {points(ahead)} points of F1 ahead"
    return f"{first} and {second} cannot be told apart: {how} ({chance}) {where}."


def regression(comparison: Comparison, labels: dict[str, str], margin: float) -> str:
    """How an extractor (first) stands against its baseline (second), margin in points."""
    return (
        f"{labels[comparison.first]}: F1 {points(comparison.first_f1)}, was {points(comparison.second_f1)}: "
        f"{signed_points(comparison.difference)} points (95 % interval "
        f"{difference_interval(comparison.low, comparison.high)}; margin {margin:g}) "
        f"on {documents(comparison.documents)}"
    )


def documents(number: int) -> str:
    """``181 documents``."""
    return f"{number:,} document" + ("" if number == 1 else "s")

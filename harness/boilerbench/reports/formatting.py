"""Figures in the form in which a person reads them: scores in points with one decimal, or two at need."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Sequence

_NO_FIGURE = "-"


def points(share: float) -> str:
    """``0.8954`` as ``89.5``; a dash where there is no figure."""
    return _NO_FIGURE if math.isnan(share) else f"{100 * share:.1f}"


def distinct_points(shares: Sequence[float], groups: Sequence[Hashable] = ()) -> list[str]:
    """Return scores as ``points`` does, with a second decimal in the rows that only it tells apart.

    A row without the second decimal has a space in its stead, so that in a terminal decimal points stand
    below each other; without any second decimal no row has one.

    Args:
        shares: the scores of a column, from 0 to 1; NaN where there is none.
        groups: the group of each row, within which rows are compared; without, all of them are.
    """
    alike: dict[tuple[Hashable, str], list[int]] = defaultdict(list)
    for index, share in enumerate(shares):
        alike[groups[index] if groups else None, points(share)].append(index)
    finer = [_NO_FIGURE if math.isnan(share) else f"{100 * share:.2f}" for share in shares]
    told = {row for rows in alike.values() if len({finer[row] for row in rows}) > 1 for row in rows}
    pad = " " * bool(told)
    return [finer[index] if index in told else points(share) + pad for index, share in enumerate(shares)]


def signed_points(difference: float) -> str:
    """``-0.0123`` as ``−1.2``, ``0.0123`` as ``+1.2``."""
    return _signed(difference, "+")


def points_interval(low: float, high: float) -> str:
    """An interval of scores, ``87.1–91.6``; one figure where both ends are it, nothing without one."""
    if math.isnan(low):
        return ""
    return points(low) if points(low) == points(high) else f"{points(low)}–{points(high)}"


def difference_interval(low: float, high: float) -> str:
    """An interval of differences in words, ``−1.0 to 1.8``."""
    return f"{_signed(low, '')} to {_signed(high, '')}"


def p_value(p: float) -> str:
    """``p = 0.012``, or that it is below what is worth a figure."""
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}" if p < 0.1 else f"p = {p:.2f}"


def _signed(difference: float, plus: str) -> str:
    figure = f"{abs(100 * difference):.1f}"
    sign = "" if figure == "0.0" else "−" if difference < 0 else plus
    return sign + figure


def counted(number: int, unit: str) -> str:
    """``1 word``, ``1,234 words``."""
    return f"{number:,} {unit}" + ("" if number == 1 else "s")

"""Columns that a leaderboard has on request: times, memory, and sizes of what came back."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from boilerbench.stats.sizes import size_columns

if TYPE_CHECKING:
    import pandas as pd

EARLIER = "*"
"""Marks times of an earlier run: the column where all are, else each."""


@dataclass(frozen=True)
class Column:
    """A column of figures."""

    figure: str
    """The column of the leaderboard that it shows."""
    title: str
    decimals: int
    meaning: str
    timed: bool = True
    """Whether it may be of an earlier run, as times and memory may."""
    scale: float = 1

    def cell(self, row: Mapping[str, Any], all_earlier: bool) -> str:
        """Return the figure of a row, with a mark where it alone is of an earlier run."""
        figure = row[self.figure]
        if math.isnan(figure):
            return "-"
        earlier = self.timed and row["timed"] in ("earlier", "both") and not all_earlier
        return f"{self.scale * figure:,.{self.decimals}f}{EARLIER * earlier}"


MEDIAN = Column("ms_median", "ms", 1, "ms: median per page.")
COSTS = {
    "speed": Column(
        "pages_per_second", "Pages/s", 2, "Pages/s: 1 / mean seconds of a page, of one worker on one core."
    ),
    "p95": Column("ms_p95", "ms p95", 1, "ms p95: of 95 % of pages no more."),
    "memory": Column("peak_mb", "MB", 0, "MB: peak memory of the page that took most."),
}
"""The columns of times and memory that a board has on request, by the names to ask for them."""
_TITLES = {"characters": "Chars", "bytes": "Bytes", "words": "Words", "tokens": "Tokens"}
TOKENIZER = "tokenizer"
"""The column of a leaderboard that names what tokens were counted by."""


def _size_columns(unit: str, title: str) -> tuple[Column, Column, Column]:
    mean, of_page, of_gold = size_columns(unit)
    return (
        Column(mean, title, 0, "", timed=False),
        Column(of_page, f"{title}/page", 1, "", timed=False, scale=100),
        Column(of_gold, f"{title}/gold", 1, "", timed=False, scale=100),
    )


SIZES = {unit: _size_columns(unit, title) for unit, title in _TITLES.items()}
"""The columns of sizes that a board has on request, by the names to ask for them."""


def cost_columns(names: Iterable[str]) -> list[Column]:
    """Return the columns of times and memory among those asked for, in their order."""
    return [COSTS[name] for name in names if name in COSTS]


def size_columns_of(names: Iterable[str]) -> list[Column]:
    """Return the columns of sizes among those asked for, in their order."""
    return [column for name in names if name in SIZES for column in SIZES[name]]


def size_notes(leaderboard: pd.DataFrame, names: Sequence[str]) -> list[str]:
    """Say what the columns of sizes are, and by what tokens were counted; nothing without such columns."""
    titles = [_TITLES[name] for name in names if name in SIZES]
    if not titles:
        return []
    first, last = titles[0], titles[-1]
    what = first if first == last else f"{', '.join(titles[:-1])} and {last}"
    meaning = (
        f"{what}: mean per page of what was returned, markup included; {first}/page and {first}/gold: in % "
        "of the sources of all pages, and of all gold."
    )
    lines = [meaning]
    if TOKENIZER in leaderboard:
        lines.append(f"Tokens: {leaderboard[TOKENIZER].iloc[0]}.")
    return lines

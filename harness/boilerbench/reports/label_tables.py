"""Tables of leaked boilerplate and lost body by label, for a terminal of 80 columns."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Group

from boilerbench.records import FOREIGN, Role
from boilerbench.reports.ids import short_id
from boilerbench.reports.terminal import figures_table
from boilerbench.stats.labels import worst_documents

if TYPE_CHECKING:
    import pandas as pd

TITLES: dict[str, str] = {
    Role.BOILERPLATE: "Boilerplate leaked, % of its {unit}",
    Role.BODY: "Body lost, % of its {unit}",
    Role.OPTIONAL: "Optional text kept, % of its {unit} (neither asked for nor punished)",
    FOREIGN: "On no block of the page, % of the output's {unit}",
}
_VERBS: dict[str, str] = {
    Role.BODY: "lost",
    Role.BOILERPLATE: "leaked",
    Role.OPTIONAL: "kept",
    FOREIGN: "leaked",
}
_COLUMN = 8
_WIDTH = 80


def label_tables(table: pd.DataFrame, unit: str) -> Iterator[Group]:
    """For each role a table of labels × extractors, in as many parts as fit."""
    for role, title in TITLES.items():
        rows = table[table["role"] == role]
        if len(rows):
            yield from _tables(rows, "label", title.format(unit=unit), role, unit)


def group_tables(table: pd.DataFrame, by: str, unit: str, label: str | None) -> Iterator[Group]:
    """For boilerplate, body and foreign words a table of groups × extractors."""
    of = f" ({label})" if label else ""
    for role in (Role.BOILERPLATE, Role.BODY, FOREIGN):
        rows = table[table["role"] == role]
        if len(rows):
            yield from _tables(
                rows, "group", TITLES[role].format(unit=unit) + of, role, unit, by.replace("_", " ")
            )


def extractor_table(
    table: pd.DataFrame, labels: pd.DataFrame, extractor: str, documents: Sequence[str]
) -> Group:
    """Return a row for each label of one extractor, with the worst documents."""
    rows = []
    for row in table[table["extractor"] == extractor].to_dict("records"):
        role = str(row["role"])
        worst = worst_documents(labels, extractor, str(row["label"]), role)
        rows.append(
            [
                str(row["label"]),
                _VERBS[role],
                percent(row["share_of_blocks"], role),
                percent(row["share_of_words"], role),
                f"{row['blocks']:,}",
                " ".join(short_id(document, documents) for document in worst),
            ]
        )
    columns = ("Label", "", "Blocks", "Words", "of", "Worst documents")
    return figures_table(f"{extractor}: what leaks, what gets lost, in %", columns, rows, left=2, fold=(5,))


def percent(share: float, role: str) -> str:
    """A share found as the percentage that matters: lost for body, else what is there."""
    if math.isnan(share):
        return "-"
    return f"{100 * (1 - share if role == Role.BODY else share):.0f}"


def _tables(
    rows: pd.DataFrame, key: str, title: str, role: str, unit: str, named: str = "label"
) -> Iterator[Group]:
    shares = rows.pivot_table(index=key, columns="extractor", values=f"share_of_{unit}", sort=False)
    counts = rows.groupby(key, sort=False)[unit].max()
    widest = max(map(len, (named, *map(str, shares.index))))
    fits = max(1, (_WIDTH - min(widest, 28) - 8) // (_COLUMN + 1))
    extractors = [str(name) for name in shares.columns]
    for start in range(0, len(extractors), fits):
        some = extractors[start : start + fits]
        cells = [
            [
                str(index),
                "" if role == FOREIGN else f"{counts[index]:,}",
                *(percent(shares.loc[index, name], role) for name in some),
            ]
            for index in shares.index
        ]
        columns = (named.capitalize(), "of", *(folded_name(name) for name in some))
        yield figures_table(title, columns, cells, left=1)


def folded_name(name: str) -> str:
    """A name in pieces that fit a narrow column, broken at hyphens where there are any."""
    parts = name.replace("-", "-\n").split("\n")
    return "\n".join(part[at : at + _COLUMN] for part in parts for at in range(0, len(part), _COLUMN))

"""Tables of structure kept, lost and invented by aspect, for a terminal of 80 columns."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from boilerbench.reports.ids import short_id
from boilerbench.reports.label_tables import folded_name
from boilerbench.reports.terminal import figures_table
from boilerbench.stats.structure import worst_documents

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Group

_TITLE = "Structure of the body present: {figure}, in % (- is unjudged)"
_IN_A_ROW = 6


def structure_tables(table: pd.DataFrame, figure: str, order: Sequence[str]) -> Iterator[Group]:
    """Yield tables of aspects × extractors, as many as fit.

    Args:
        table: as ``stats.structure.by_aspect`` makes it.
        figure: precision, recall or f1.
        order: of the aspects.
    """
    figures = table.set_index(["aspect", "extractor"])[figure].to_dict()
    known = set(table["aspect"])
    aspects = [aspect for aspect in order if aspect in known]
    extractors = list(dict.fromkeys(table["extractor"]))
    for start in range(0, len(extractors), _IN_A_ROW):
        some = extractors[start : start + _IN_A_ROW]
        cells = [
            [aspect, *(_percent(figures.get((aspect, name), math.nan)) for name in some)]
            for aspect in aspects
        ]
        yield figures_table(_TITLE.format(figure=figure), ("Aspect", *map(folded_name, some)), cells, left=1)


def extractor_structure_table(
    table: pd.DataFrame, structure: pd.DataFrame, extractor: str, documents: Sequence[str]
) -> Group:
    """Return a row for each aspect of one extractor, with the worst documents."""
    rows = []
    for row in table[table["extractor"] == extractor].to_dict("records"):
        worst = worst_documents(structure, extractor, str(row["aspect"]))
        rows.append(
            [
                str(row["aspect"]),
                *(_percent(row[figure]) for figure in ("precision", "recall")),
                *(f"{row[name]:,}" for name in ("kept", "lost", "invented", "unjudged")),
                " ".join(short_id(document, documents) for document in worst),
            ]
        )
    columns = ("Aspect", "Prec.", "Recall", "Kept", "Lost", "Inv.", "Unj.", "Worst documents")
    return figures_table(f"{extractor}: structure of the body present", columns, rows, left=1, fold=(7,))


def _percent(share: float) -> str:
    return "-" if math.isnan(share) else f"{100 * share:.0f}"

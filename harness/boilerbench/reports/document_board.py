"""The table of documents, for a terminal or a paper."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from boilerbench.reports.formatting import points
from boilerbench.reports.ids import short_id
from boilerbench.reports.leaderboards import Board
from boilerbench.results import MeasureInfo

if TYPE_CHECKING:
    import pandas as pd


def document_board(table: pd.DataFrame, measure: MeasureInfo, documents: Sequence[str]) -> Board:
    """Return a board with a row per document and extractor; columns without anything to tell are left out.

    Args:
        table: as ``stats.documents.document_scores`` returns it.
        measure: the measure of its figures.
        documents: all ids of the run, so that one can be cut as far as it stays its own.
    """
    rows: list[dict[str, Any]] = table.to_dict("records")  # type: ignore[assignment]
    several = table["extractor"].nunique() > 1
    told = {name: bool((table[name].fillna("") != "").any()) for name in ("status", "page_type", "language")}
    columns = [
        "Document",
        *(["Extractor"] if several else []),
        *(title for name, title in _FACTS if told[name]),
        *("F1", "Prec.", "Rec.", "Lost", "Leaked"),
    ]
    cells = [
        [
            short_id(str(row["document"]), documents, _LONGEST_ID),
            *([str(row["extractor"])] if several else []),
            *(str(row[name]) for name, _ in _FACTS if told[name]),
            *(points(float(row[name])) for name in ("f1", "precision", "recall")),
            *(_count(float(row[name])) for name in ("lost", "leaked")),
        ]
        for row in rows
    ]
    of = "" if several or not rows else f", {rows[0]['extractor']}"
    return Board(f"{measure.signature}: each document{of}", columns, cells, len(columns) - 5, measure.name)


_FACTS = (("status", "Status"), ("page_type", "Type"), ("language", "Lang."))
_LONGEST_ID = 20


def _count(number: float) -> str:
    return "-" if math.isnan(number) else f"{number:,.0f}" if number == int(number) else f"{number:,.1f}"

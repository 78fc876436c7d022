"""Tables of structure kept, lost and invented by aspect, for a terminal of 80 columns."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from boilerbench.measures import counts_structure
from boilerbench.page_structure import Kind
from boilerbench.reports.formatting import difference_interval, points, signed_points
from boilerbench.reports.ids import short_id
from boilerbench.reports.label_tables import folded_name
from boilerbench.reports.terminal import figures_table
from boilerbench.results import STRUCTURE_FILE, Run
from boilerbench.stats.structure import AspectDifference, worst_documents

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
    aspects = _aspects(table, order)
    extractors = list(dict.fromkeys(table["extractor"]))
    for start in range(0, len(extractors), _IN_A_ROW):
        some = extractors[start : start + _IN_A_ROW]
        cells = [
            [aspect, *(_percent(figures.get((aspect, name), math.nan)) for name in some)]
            for aspect in aspects
        ]
        yield figures_table(_TITLE.format(figure=figure), ("Aspect", *map(folded_name, some)), cells, left=1)


def extractors_by_aspect(table: pd.DataFrame, figure: str, order: Sequence[str]) -> str:
    """Return extractors × aspects as a Markdown table, in percent.

    Args:
        table: as ``stats.structure.by_aspect`` makes it.
        figure: precision, recall or f1.
        order: of the aspects.
    """
    from boilerbench.reports.leaderboards import Board, as_markdown

    figures = table.set_index(["aspect", "extractor"])[figure].to_dict()
    aspects = _aspects(table, order)
    rows = [
        [name, *(_percent(figures.get((aspect, name), math.nan)) for aspect in aspects)]
        for name in dict.fromkeys(table["extractor"])
    ]
    return as_markdown(Board(_TITLE.format(figure=figure), ["Extractor", *aspects], rows, 1))


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


def aspect_difference_table(differences: Sequence[AspectDifference]) -> Group:
    """Return a row for each aspect of two extractors: either's F1, and the difference with its interval."""
    rows = [
        [
            row.aspect,
            str(row.documents),
            points(row.first),
            points(row.second),
            "-" if math.isnan(row.difference) else signed_points(row.difference),
            _interval(row),
        ]
        for row in differences
    ]
    columns = ("Aspect", "Docs", "First", "Second", "F1", "95 % interval")
    title = "By aspect, over all documents together (- is unjudged: a text cannot say it)"
    return figures_table(title, columns, rows, left=1)


def unjudged_notes(run: Run, shown: Iterable[str]) -> list[str]:
    """Say for each measure of structure which rows are texts, and so judged by less than the others."""
    measures = [name for name in shown if counts_structure(name)]
    if not measures or not (run.folder / STRUCTURE_FILE).exists():
        return []
    note = unjudged(run.structure)
    return [f"{measure}: {note}" for measure in measures if note]


def unjudged(structure: pd.DataFrame) -> str:
    """Say of each extractor that returns text how many of the blocks present were not judged, if any."""
    kinds = structure[structure["aspect"].isin(list(Kind))]
    sums = kinds.groupby("extractor", sort=False)[["kept", "lost", "unjudged"]].sum()
    shares = {
        str(name): row["unjudged"] / total
        for name, row in sums.iterrows()
        if (total := row.sum()) and row["unjudged"]
    }
    if not shares:
        return ""
    named = ", ".join(f"{name} {100 * share:.0f} %" for name, share in shares.items())
    return (
        "A text cannot say what most kinds of blocks are and is not judged by them, so that F1 is comparable "
        f"by aspect alone; of the blocks present not judged: {named}."
    )


def _aspects(table: pd.DataFrame, order: Sequence[str]) -> list[str]:
    """Return the aspects of a table in an order, others behind."""
    known = set(table["aspect"])
    return [aspect for aspect in dict.fromkeys([*order, *table["aspect"]]) if aspect in known]


def _interval(row: AspectDifference) -> str:
    if math.isnan(row.difference):
        return ""
    return "too few" if math.isnan(row.low) else difference_interval(row.low, row.high)


def _percent(share: float) -> str:
    return "-" if math.isnan(share) else f"{100 * share:.0f}"

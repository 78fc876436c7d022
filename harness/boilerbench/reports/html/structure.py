"""Structure in the report: its tables, and the counts by which each figure opens onto the pages behind it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from boilerbench.measures.structure_aspects import ASPECTS
from boilerbench.reports.html.tables import LONGEST_ID, Cell, ReportTable, document_link
from boilerbench.reports.ids import short_ids
from boilerbench.reports.inputs import Material
from boilerbench.results import STRUCTURE_FILE
from boilerbench.stats.structure import aspect_differences, by_aspect, worst_documents

if TYPE_CHECKING:
    import pandas as pd

_COUNTS = ("kept", "lost", "invented", "unjudged")
_WORST = 3
_DIGITS = 6
_MOST_PAIRS = 66
"""Pairs of which a report gives intervals by aspect: those of twelve extractors, in some seconds."""


def structure_link(extractor: str, aspect: str = "") -> str:
    """The address of the pages behind a figure: those of an extractor with any of an aspect, or of all."""
    parts = filter(None, (extractor, aspect))
    return "#/structure/" + "/".join(quote(part, safe="") for part in parts)


def structure_tables(material: Material) -> list[ReportTable]:
    """Return aspects × extractors, and the worst documents of each extractor; nothing without structure."""
    if material.structure is None or not len(material.structure):
        return []
    figures = by_aspect(material.structure, ASPECTS)
    names = [entrant.name for entrant in material.entrants]
    rows = {(str(row["aspect"]), str(row["extractor"])): row for row in figures.to_dict("records")}
    cells = [
        [Cell(aspect), *(_figure(rows.get((aspect, name)), aspect, name) for name in names)]
        for aspect in _aspects(figures)
    ]
    return [
        ReportTable(
            *("What is kept: F1 by aspect, over all documents together", ["Aspect", *names], cells, 1),
            STRUCTURE_FILE,
            remark="Each figure leads to the pages behind it; – is not judged, since a text cannot say it.",
        ),
        _worst_table(material, material.structure),
    ]


def structure_data(material: Material, documents: Sequence[str]) -> dict[str, Any] | None:
    """Return the counts by document and the F1 by aspect, for the report's scripts; None without structure.

    ``counts`` has for each extractor and aspect a flat list: index of the document, kept, lost, invented,
    unjudged, and so on. ``f1`` is in points, ``None`` where nothing is judged. ``differences`` has for each
    pair of extractors, by their indices (``0,1``), a list of index of the aspect, difference of F1 in points,
    and both ends of its 95 % interval, which may be ``None``; it is ``None`` itself where pairs are too many.
    """
    if material.structure is None or not len(material.structure):
        return None
    figures = by_aspect(material.structure, ASPECTS)
    aspects = _aspects(figures)
    at = {document: index for index, document in enumerate(documents)}
    counts: dict[tuple[str, str], list[int]] = {}
    for row in material.structure.to_dict("records"):
        of = counts.setdefault((str(row["extractor"]), str(row["aspect"])), [])
        of += [at[str(row["document"])], *(int(row[name]) for name in _COUNTS)]
    f1 = {
        (str(row["extractor"]), str(row["aspect"])): round(100 * row["f1"], 2)
        for row in figures.to_dict("records")
        if not math.isnan(row["f1"])
    }
    names = [entrant.name for entrant in material.entrants]
    return {
        "aspects": aspects,
        "counts": [[counts.get((name, aspect), []) for aspect in aspects] for name in names],
        "f1": [[f1.get((name, aspect)) for aspect in aspects] for name in names],
        "differences": _differences(material, aspects),
    }


def _differences(material: Material, aspects: Sequence[str]) -> dict[str, list[list[float | None]]] | None:
    """Compare every two extractors by aspect, as ``boilerbench compare`` does."""
    assert material.structure is not None
    names = [entrant.name for entrant in material.entrants]
    pairs = {
        (one, other): f"{index},{index + 1 + further}"
        for index, one in enumerate(names)
        for further, other in enumerate(names[index + 1 :])
    }
    if len(pairs) > _MOST_PAIRS:
        return None
    found = aspect_differences(
        *(material.structure, list(pairs), ASPECTS), sites=material.sites, seed=material.info.seed
    )
    return {
        place: [
            [aspects.index(row.aspect), *map(_rounded, (row.difference, row.low, row.high))]
            for row in found[pair]
        ]
        for pair, place in pairs.items()
    }


def _rounded(share: float) -> float | None:
    return None if math.isnan(share) else round(100 * share, _DIGITS)


def _aspects(figures: pd.DataFrame) -> list[str]:
    there = set(figures["aspect"])
    return [name for name in dict.fromkeys([*ASPECTS, *figures["aspect"]]) if name in there]


def _figure(row: Mapping[Any, Any] | None, aspect: str, extractor: str) -> Cell:
    if row is None:
        return Cell("–", order=-1.0, note="none of it in this output")
    note = ", ".join(f"{row[name]:,} {name}" for name in _COUNTS)
    link = structure_link(extractor, aspect)
    if math.isnan(row["f1"]):
        return Cell("–", link, -1.0, note=note)
    return Cell(f"{100 * row['f1']:.0f}", link, row["f1"], 1 - row["f1"], note)


def _worst_table(material: Material, structure: pd.DataFrame) -> ReportTable:
    """One row per extractor: how much it loses and invents in all, and the documents where most."""
    documents = [str(name) for name in material.documents["document"]]
    short = dict(zip(documents, short_ids(documents, LONGEST_ID), strict=True))
    sums = structure.groupby("extractor")[list(_COUNTS)].sum().to_dict("index")
    rows = []
    for entrant in material.entrants:
        if entrant.name not in sums:
            continue
        total = {str(name): int(number) for name, number in sums[entrant.name].items()}
        worst = worst_documents(structure, entrant.name, most=_WORST)
        rows.append(
            [
                Cell(entrant.label, structure_link(entrant.name)),
                *(Cell(f"{total[name]:,}", order=total[name]) for name in _COUNTS),
                *(
                    Cell(short[name], document_link(name, entrant.name), name, note=name, full=name)
                    for name in worst
                ),
                *([Cell("")] * (_WORST - len(worst))),
            ]
        )
    columns = ["Extractor", "Kept", "Lost", "Invented", "Not judged", "Worst", "Second", "Third"]
    caption = "The documents on which each loses and invents most, all aspects together"
    return ReportTable(caption, columns, rows, 1, STRUCTURE_FILE)

"""The data of the report's scripts: every document's F1, and the figures of charts and comparisons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from boilerbench.policy import Policy
from boilerbench.records import Status
from boilerbench.reports.comparison_text import verdict
from boilerbench.reports.html.releases import release_order
from boilerbench.reports.html.structure import structure_data
from boilerbench.reports.html.tables import LONGEST_ID
from boilerbench.reports.ids import short_ids
from boilerbench.reports.inputs import Material
from boilerbench.results import TRAP_SEPARATOR, MeasureInfo
from boilerbench.stats import FAILED, compare_pairs

if TYPE_CHECKING:
    import pandas as pd

_CHARTED = (
    *("f1", "f1_low", "f1_high", "precision", "precision_low", "precision_high"),
    *("recall", "recall_low", "recall_high", "ms_median"),
)
_DIGITS = 6


def report_data(
    material: Material, policy: Policy | None, groups: Mapping[str, Mapping[str, Sequence[str]]]
) -> dict[str, Any]:
    """Return all but the documents themselves, as plain values.

    F1 and statuses come extractor by extractor, in the order of the documents; F1 is ``None`` where a measure
    leaves a document unscored.
    """
    documents = [str(name) for name in material.documents["document"]]
    statuses = [str(status) for status in Status]
    return {
        "extractors": [
            {"name": entrant.name, "label": entrant.label, "reference": entrant.reference}
            for entrant in material.entrants
        ],
        "measures": [{"name": measure.name, "signature": measure.signature} for measure in material.measures],
        "documents": documents,
        "short": short_ids(documents, LONGEST_ID),
        "kinds": _kinds(material, documents, groups),
        "statuses": statuses,
        "failed": [statuses.index(status) for status in FAILED],
        "status": [
            [statuses.index(status) for status in _column(material.extractions, name, "status", documents)]
            for name in _names(material)
        ],
        "f1": {measure.name: _f1(material, measure.name, documents) for measure in material.measures},
        "charts": {measure.name: _chart(material, measure.name) for measure in material.measures},
        "verdicts": {measure.name: _verdicts(material, measure) for measure in material.measures},
        "releases": release_order(material),
        "pair": material.pair(),
        "structure": structure_data(material, documents),
        "roles": {label: str(role) for label, role in policy.roles.items()} if policy else {},
    }


def _names(material: Material) -> list[str]:
    return [entrant.name for entrant in material.entrants]


def _kinds(
    material: Material, documents: Sequence[str], groups: Mapping[str, Mapping[str, Sequence[str]]]
) -> dict[str, list[list[str]]]:
    """For each way of grouping, the groups of every document."""
    kinds: dict[str, list[list[str]]] = {}
    for by in ("page_type", "language"):
        kinds[by] = [[value] if value else [] for value in map(str, material.documents[by])]
    kinds["trap"] = [
        value.split(TRAP_SEPARATOR) if value else [] for value in map(str, material.documents["traps"])
    ]
    of_document: dict[str, str] = {
        document: group for group, members in groups.get("difficulty", {}).items() for document in members
    }
    kinds["difficulty"] = [[of_document[name]] if name in of_document else [] for name in documents]
    return {by: values for by, values in kinds.items() if any(values)}


def _f1(material: Material, measure: str, documents: Sequence[str]) -> list[list[float | None]]:
    scores = material.scores[material.scores["measure"] == measure]
    return [
        [
            None if np.isnan(value) else round(100 * value, 2)
            for value in _column(scores, name, "f1", documents)
        ]
        for name in _names(material)
    ]


def _column(table: pd.DataFrame, extractor: str, column: str, documents: Sequence[str]) -> list[Any]:
    mine = table[table["extractor"] == extractor]
    values: list[Any] = mine.set_index("document")[column].reindex(list(documents)).tolist()
    return values


def _chart(material: Material, measure: str) -> list[dict[str, float | None]]:
    """The figures of each extractor under the measure's own average; of one that has none, nothing."""
    rows = material.leaderboard[material.leaderboard["measure"] == measure]
    figures = {str(row["extractor"]): row for row in rows.iloc[::-1].to_dict("records")}
    charts = []
    for name in _names(material):
        row: dict[Any, Any] = figures.get(name, {})
        known = {column: float(row[column]) for column in _CHARTED if column in row}
        charts.append(
            {column: None if np.isnan(value) else round(value, _DIGITS) for column, value in known.items()}
        )
    return charts


def _verdicts(material: Material, measure: MeasureInfo) -> dict[str, str]:
    """The sentence about each pair of extractors, by their indices (``0,1``), as ``compare`` says it."""
    scores = material.scores[material.scores["measure"] == measure.name]
    names = _names(material)
    pairs = [(one, other) for index, one in enumerate(names) for other in names[index + 1 :]]
    if not pairs or not len(scores):
        return {}
    # Each pair is a question of its own, so that a reader sees what boilerbench compare says of it.
    found = compare_pairs(
        *(scores, measure.averages[0], pairs),
        sites=material.sites,
        together=False,
        seed=material.info.seed,
    )
    labels = {entrant.name: entrant.label for entrant in material.entrants}
    corpus = material.info.corpus.name
    return {
        f"{names.index(comparison.first)},{names.index(comparison.second)}": verdict(
            replace(comparison, first=labels[comparison.first], second=labels[comparison.second]), corpus
        )
        for comparison in found
    }

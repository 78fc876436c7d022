"""The tables of a report, ready for the template: text, and where each cell leads."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from boilerbench.measures import counts_structure
from boilerbench.policy import Policy
from boilerbench.records import Role, Status
from boilerbench.reports.comparison_text import detectable
from boilerbench.reports.formatting import points
from boilerbench.reports.ids import short_ids
from boilerbench.reports.inputs import Material
from boilerbench.reports.label_tables import TITLES, percent
from boilerbench.reports.leaderboards import EQUAL, UNDECIDED, Board, boards, unscorable
from boilerbench.reports.structure_tables import unjudged
from boilerbench.results import DOCUMENTS_FILE, EXTRACTIONS_FILE, LABELS_FILE, LEADERBOARD_FILE, SCORES_FILE
from boilerbench.stats import disagreements, group_f1
from boilerbench.stats.labels import by_label, worst_documents

LONGEST_ID = 40
"""Characters of an id that are shown whole."""
MOST_GROUPS = 40
"""Rows of a table by kind of document; kinds with fewer documents are left to the documents' own table."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: text, link, and emphasis."""

    text: str
    href: str = ""
    order: float | str = ""
    """The value to sort by, where that is not the text."""
    heat: float | None = None
    """The strength of the background, from 0 to 1."""
    note: str = ""
    """The text shown when it is pointed at."""
    full: str = ""
    """The text to copy, where the one shown is cut."""


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table; the first ``left`` columns are text, the others figures."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    left: int
    raw: str
    """The file its figures are from."""
    measure: str = ""
    """Shown when this measure is chosen; always without one."""
    equal: Sequence[int] = ()
    """The rows that cannot be told from the best."""
    remark: str = ""


def document_link(document: str, extractor: str = "") -> str:
    """The address of a document in the report."""
    return f"#/document/{quote(document, safe='')}" + (f"/{quote(extractor, safe='')}" if extractor else "")


def document_cell(document: str, short: str) -> Cell:
    """A document's id, cut if it is long, that leads to it."""
    return Cell(short, document_link(document), document, note=document, full=document)


def documents_link(**filters: str) -> str:
    """The address of the table of documents, filtered."""
    return f"#/documents?{urlencode({name: value for name, value in filters.items() if value})}"


def leaderboard_tables(material: Material) -> Iterator[ReportTable]:
    """One per measure and way of averaging."""
    scored = material.leaderboard[material.leaderboard["documents"] > 0]
    grouped = scored.groupby(["measure", "average"], sort=False)
    for board, (_, rows_of) in zip(boards(scored, material.measures), grouped, strict=True):
        first = rows_of.iloc[0]
        remark = (
            detectable(first["detectable"], first["documents"], first["sites"]) if len(rows_of) > 1 else ""
        )
        mine = material.unscorable[material.unscorable["measure"] == board.measure]
        remark = " ".join(filter(None, (remark, _unjudged(material, board.measure), *unscorable(mine))))
        column = board.columns.index("F1")
        rows = [[_board_cell(board, row, index) for index in range(len(row))] for row in board.rows]
        equal = [index for index, row in enumerate(board.rows) if EQUAL in row[column]]
        yield ReportTable(
            *(board.title, board.columns, rows, board.left, LEADERBOARD_FILE, board.measure, equal),
            remark=remark,
        )


def outcome_table(material: Material) -> ReportTable:
    """Outcomes of extractions: extractors × statuses, with the commonest reason of a failure."""
    rows = []
    for entrant in material.entrants:
        mine = material.extractions[material.extractions["extractor"] == entrant.name]
        counts = mine["status"].value_counts()
        cells = [Cell(entrant.label, documents_link(extractor=entrant.name))]
        for status in Status:
            number = int(counts.get(status, 0))
            link = documents_link(extractor=entrant.name, status=status) if number else ""
            cells.append(Cell(f"{number:,}", link if status != Status.OK else "", number))
        reasons = mine.loc[mine["error"] != "", "error"].value_counts()
        cells.append(Cell(f"{reasons.index[0]} ({reasons.iloc[0]:,})" if len(reasons) else ""))
        rows.append(cells)
    columns = ["Extractor", *Status, "Commonest message"]
    return ReportTable("How extractions ended", columns, rows, 1, EXTRACTIONS_FILE)


def disagreement_tables(material: Material) -> Iterator[ReportTable]:
    """The documents on which extractors disagree most."""
    labels = {entrant.name: entrant.label for entrant in material.entrants}
    documents = [str(name) for name in material.documents["document"]]
    short = dict(zip(documents, short_ids(documents, LONGEST_ID), strict=True))
    competing = material.scores[~material.scores["extractor"].isin(material.references)]
    for measure in material.measures:
        found = disagreements(competing, measure.name, most=10)
        rows = [
            [
                document_cell(row["document"], short[row["document"]]),
                Cell(points(row["spread"]), order=row["spread"]),
                *(
                    Cell(
                        f"{points(row[f'{end}_f1'])} {labels[row[end]]}",
                        document_link(row["document"], row[end]),
                        row[f"{end}_f1"],
                    )
                    for end in ("best", "worst")
                ),
            ]
            for row in found.to_dict("records")
        ]
        if rows:
            columns = ["Document", "Spread", "Best", "Worst"]
            title = "Where extractors disagree most (F1; spread is the standard deviation)"
            yield ReportTable(title, columns, rows, 1, SCORES_FILE, measure.name)


def kind_tables(material: Material, by: str, groups: Mapping[str, Sequence[str]]) -> Iterator[ReportTable]:
    """Kinds of documents × extractors: F1, the better the stronger."""
    named = by.replace("_", " ")
    shown = dict(list(groups.items())[:MOST_GROUPS])
    left_out = len(groups) - len(shown)
    remark = f"{left_out:,} more with fewer documents are not shown." if left_out else ""
    for measure in material.measures:
        scores = material.scores[material.scores["measure"] == measure.name]
        if not len(scores):
            continue
        found = group_f1(scores, measure.averages[0], shown)
        order = _best_first(material, measure.name)
        competing = [name for name in order if name not in material.references]
        scale = _scale(row[name] for row in found.values() for name in competing)
        rows = []
        for group, figures in found.items():
            filters = {by: group}
            rows.append(
                [
                    Cell(group, documents_link(**filters)),
                    Cell(f"{len(shown[group]):,}", order=len(shown[group])),
                    *(
                        Cell(
                            points(figures[name]),
                            documents_link(**filters, extractor=name),
                            figures[name],
                            scale(figures[name]),
                        )
                        for name in order
                    ),
                ]
            )
        columns = [named.capitalize(), "Docs", *order]
        title = f"F1 by {named}"
        yield ReportTable(title, columns, rows, 1, DOCUMENTS_FILE, measure.name, remark=remark)


def label_share_tables(material: Material, policy: Policy) -> Iterator[ReportTable]:
    """For each role a table of labels × extractors: what leaks, what gets lost, in percent of its blocks."""
    if material.labels is None:
        return
    table = by_label(material.labels, policy)
    names = [entrant.name for entrant in material.entrants]
    for role, title in TITLES.items():
        rows = table[table["role"] == str(role)]
        if not len(rows):
            continue
        cells = []
        for label, group in rows.groupby("label", sort=False):
            by_extractor = {row["extractor"]: row for row in group.to_dict("records")}
            line = [
                Cell(str(label)),
                Cell(f"{group['blocks'].max():,}", order=int(group["blocks"].max())),
            ]
            for name in names:
                row = by_extractor[name]
                worst = worst_documents(material.labels, name, str(label), role, most=1)
                bad = 1 - row["share_of_blocks"] if role == Role.BODY else row["share_of_blocks"]
                line.append(
                    Cell(
                        percent(row["share_of_blocks"], role),
                        document_link(worst[0], name) if worst else "",
                        bad,
                        None if role == Role.OPTIONAL else bad,
                        f"worst: {worst[0]}" if worst else "",
                    )
                )
            cells.append(line)
        caption = title.format(unit="blocks")
        remark = "Each figure leads to the document where it is worst."
        yield ReportTable(caption, ["Label", "of", *names], cells, 1, LABELS_FILE, "", (), remark)


def _unjudged(material: Material, measure: str) -> str:
    """Say what a measure of structure does not judge in texts; nothing of other measures."""
    if material.structure is None or not counts_structure(measure):
        return ""
    return unjudged(material.structure)


def _board_cell(board: Board, row: Sequence[str], at: int) -> Cell:
    text = row[at]
    name = board.columns[at]
    if at == 0:
        return Cell(text, documents_link(extractor=text, measure=board.measure))
    if at < board.left:
        return Cell(text)
    bare = text.rstrip(f"{EQUAL}{UNDECIDED} *")
    if name in ("Empty", "Failed") and bare != "0":
        status = Status.EMPTY if name == "Empty" else "failed"
        return Cell(text, documents_link(extractor=row[0], status=status), float(bare))
    try:
        order: float | str = float(bare.split("–")[0])
    except ValueError:
        order = -1.0
    return Cell(bare if name == "F1" else text, "", order)


def _best_first(material: Material, measure: str) -> list[str]:
    rows = material.leaderboard[material.leaderboard["measure"] == measure]
    return [str(name) for name in dict.fromkeys(rows["extractor"])]


def _scale(values: Iterable[float]) -> _Scale:
    known = [value for value in values if not math.isnan(value)]
    return _Scale(min(known, default=0.0), max(known, default=1.0))


@dataclass(frozen=True, slots=True)
class _Scale:
    low: float
    high: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.0
        return min(1.0, max(0.0, share))

"""The releases of a tool in the report, where a run is of nothing else: a table, and the order of a chart."""

from __future__ import annotations

from boilerbench.errors import InputError
from boilerbench.extractors import parse
from boilerbench.judgement import releases
from boilerbench.reports.history_tables import history_board
from boilerbench.reports.html.tables import Cell, ReportTable, documents_link
from boilerbench.reports.inputs import Material
from boilerbench.results import LEADERBOARD_FILE


def release_order(material: Material) -> list[tuple[int, str]]:
    """Return the index and the version of each release, as they were run.

    Empty unless all extractors of the report are versions of one tool, with the same options, in one run.
    """
    if len(material.runs) != 1:
        return []
    indexes = {entrant.own_name: index for index, entrant in enumerate(material.entrants)}
    versions, tools = [], set()
    for extractor in material.info.extractors:
        try:
            spec = parse(extractor.name)
        except InputError:
            return []
        tools.add((spec.tool, spec.options))
        if spec.version is None or len(tools) > 1:
            return []
        versions.append((indexes[extractor.name], spec.version))
    return versions if len(versions) > 1 else []


def release_table(material: Material) -> ReportTable | None:
    """Return a row per release with its change against the one before, by the run's first measure."""
    order = release_order(material)
    if not order:
        return None
    board = history_board(releases(material.runs[0], seed=material.info.seed))
    rows = [
        [
            Cell(version, documents_link(extractor=material.entrants[index].name)),
            *(Cell(text, order=_order(text)) for text in row[1:]),
        ]
        for (index, version), row in zip(order, board.rows, strict=True)
    ]
    remark = (
        "Change: against the release before; = cannot be told apart, ? at the edge of chance, few: too few."
    )
    columns = [column or "Verdict" for column in board.columns]
    return ReportTable(
        f"Release by release, {board.title}", columns, rows, 1, LEADERBOARD_FILE, remark=remark
    )


def _order(text: str) -> float | str:
    try:
        return float(text.replace("−", "-").replace("±", ""))
    except ValueError:
        return ""

"""The history of a tool as tables: a row per version, and the documents behind a step."""

from __future__ import annotations

import math

from boilerbench.judgement.releases import History, Release
from boilerbench.reports.comparison_tables import VERDICT_MARKS
from boilerbench.reports.formatting import difference_interval, points, points_interval, signed_points
from boilerbench.reports.leaderboards import Board
from boilerbench.stats import average_title

NOTES = (
    "Change: against the version before, in points of F1; corrected after Holm for all steps.",
    "= cannot be told apart, ? at the edge of chance, few: too few to tell.",
    "Up/down: documents that rose and fell.",
)


def history_board(history: History) -> Board:
    """Return a row per version, oldest first."""
    columns = ["Version", "F1", "95 %", "Change", "95 % interval", "", "Up/down", "Failed", "ms"]
    rows = [_cells(release) for release in history.releases]
    return Board(f"{history.measure}: {average_title(history.average)}", columns, rows, 1)


def changed_documents(release: Release, most: int) -> list[list[str]]:
    """Return the documents that a release changed most: version, document, F1 before, now, and change."""
    ordered = sorted(
        (*release.gained, *release.lost), key=lambda each: (-abs(each.difference), each.document)
    )
    return [
        [
            release.version,
            each.document,
            points(each.second),
            points(each.first),
            signed_points(each.difference),
        ]
        for each in ordered[:most]
    ]


def _cells(release: Release) -> list[str]:
    change = release.change
    step = (
        [
            signed_points(change.difference),
            difference_interval(change.low, change.high),
            VERDICT_MARKS[change.verdict],
            f"{len(release.gained)}/{len(release.lost)}",
        ]
        if change
        else ["", "", "", ""]
    )
    return [
        release.version,
        points(release.f1),
        points_interval(release.low, release.high),
        *step,
        str(release.failed),
        "-" if math.isnan(release.ms) else f"{release.ms:.1f}",
    ]

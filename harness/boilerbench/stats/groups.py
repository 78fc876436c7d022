"""Groups of documents: by source, page type, language or trap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boilerbench.errors import InputError
from boilerbench.results import TRAP_SEPARATOR, Run

if TYPE_CHECKING:
    import pandas as pd

UNKNOWN = "(none)"
"""The group of documents whose corpus does not say what is grouped by."""


def document_groups(
    documents: pd.DataFrame, by: str, at_least: int = 1, *, join_languages: bool = False
) -> dict[str, list[str]]:
    """Group documents by source, page type, language or trap, the largest group first.

    Args:
        documents: a run's table of documents.
        by: ``source``, ``page_type``, ``language`` or ``trap``; a document stands in a group for each of its
            traps.
        at_least: how many documents a group must have to be listed.
        join_languages: put ``en-GB`` and ``en-US`` under ``en``.

    Returns:
        The ids of the documents of each group; documents without a value are under ``UNKNOWN``.
    """
    column = {"trap": "traps"}.get(by, by)
    members: dict[str, list[str]] = {}
    for row in documents.to_dict("records"):
        # A run of an earlier version has no sources.
        value = str(row.get(column, ""))
        values = value.split(TRAP_SEPARATOR) if by == "trap" else [value]
        if by == "language" and join_languages:
            values = [values[0].partition("-")[0].lower()]
        for value in values:
            members.setdefault(value or UNKNOWN, []).append(str(row["document"]))
    enough = {value: names for value, names in members.items() if len(names) >= at_least}
    return dict(sorted(enough.items(), key=lambda group: (-len(group[1]), group[0])))


def run_groups(run: Run, by: str, at_least: int, *, join_languages: bool = False) -> dict[str, list[str]]:
    """Group the documents of a run, see ``document_groups``.

    Raises:
        InputError: the corpus does not say what is grouped by, or no group is so large.
    """
    groups = document_groups(run.documents, by, at_least, join_languages=join_languages)
    if list(groups) == [UNKNOWN]:
        raise InputError(
            f"run {run.folder}: {run.info.corpus.name} does not say the {by.replace('_', ' ')} of its "
            "documents; choose another --by"
        )
    if not groups:
        raise InputError(
            f"no {by.replace('_', ' ')} has {at_least} documents in {run.folder}; lower --at-least"
        )
    return groups

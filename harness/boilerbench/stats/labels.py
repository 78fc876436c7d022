"""Leaks and losses by label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from boilerbench.records import FOREIGN, Role

if TYPE_CHECKING:
    from boilerbench.policy import Policy

_SUMS = ["blocks", "blocks_found", "words", "words_found"]
COLUMNS = ["extractor", "label", "role", "documents", *_SUMS, "share_of_blocks", "share_of_words"]


def by_label(labels: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Return one row per extractor and label, with ``COLUMNS``.

    Extractors stand as they come, labels as in the policy.

    ``labels`` is a run's table of that name. A share is of what is on the pages and also in the outputs:
    leaked where the role is boilerplate, kept where it is body. ``FOREIGN`` words stand last, in a role of
    that name; their share is of all that is in the outputs.
    """
    sums = labels.groupby(["extractor", "label"], sort=False)[_SUMS].sum()
    sums["documents"] = labels.groupby(["extractor", "label"], sort=False)["document"].nunique()
    table = sums.reset_index()
    table["role"] = table["label"].map(policy.role_of)
    order = {label: index for index, label in enumerate([*policy.roles, FOREIGN])}
    ranks = {extractor: rank for rank, extractor in enumerate(labels["extractor"].unique())}
    table = table.sort_values(
        ["extractor", "label"],
        key=lambda column: column.map(ranks if column.name == "extractor" else order),
        ignore_index=True,
    )
    return _with_shares(table)[COLUMNS]


def by_group(labels: pd.DataFrame, policy: Policy, groups: Mapping[str, Iterable[str]]) -> pd.DataFrame:
    """Return one row per group of documents, role (body, boilerplate or foreign) and extractor.

    Columns: group, role, extractor, documents, the sums, share_of_blocks, share_of_words.
    """
    parts = []
    for group, documents in groups.items():
        mine = labels[labels["document"].isin(set(documents))]
        roles = mine["label"].map(policy.role_of)
        keys = [roles.rename("role"), mine["extractor"]]
        sums = mine.groupby(keys, sort=False)[_SUMS].sum()
        sums["documents"] = mine.groupby(keys, sort=False)["document"].nunique()
        parts.append(sums.reset_index().assign(group=group))
    table = _with_shares(pd.concat(parts)) if parts else pd.DataFrame()
    return table[table["role"] != str(Role.OPTIONAL)].reset_index(drop=True)


def worst_documents(labels: pd.DataFrame, extractor: str, label: str, role: str, most: int = 3) -> list[str]:
    """Find the documents on which an extractor loses most of a label of body, or returns most of another."""
    mine = labels[(labels["extractor"] == extractor) & (labels["label"] == label)]
    lost = mine["words"] - mine["words_found"]
    bad = mine.assign(bad=lost if role == Role.BODY else mine["words_found"])
    bad = bad[bad["bad"] > 0].sort_values(["bad", "document"], ascending=[False, True])
    return [str(document) for document in bad["document"].head(most)]


def _with_shares(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(
        share_of_blocks=table["blocks_found"] / table["blocks"],
        share_of_words=table["words_found"] / table["words"],
    )

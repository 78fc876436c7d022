"""Leaks and losses by label, by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from boilerbench.policy import default_policy
from boilerbench.records import Role
from boilerbench.stats.labels import by_group, by_label, worst_documents

COLUMNS = ["document", "extractor", "label", "blocks", "blocks_found", "words", "words_found"]


@pytest.fixture
def labels() -> pd.DataFrame:
    return pd.DataFrame(
        [
            ["d1", "one", "related", 4, 1, 20, 5],
            ["d1", "one", "paragraph", 2, 2, 50, 50],
            ["d1", "two", "related", 4, 4, 20, 20],
            ["d1", "two", "paragraph", 2, 1, 50, 30],
            ["d2", "one", "related", 6, 2, 30, 9],
            ["d2", "one", "paragraph", 3, 0, 50, 0],
            ["d2", "two", "related", 6, 0, 30, 0],
            ["d2", "two", "paragraph", 3, 3, 50, 50],
        ],
        columns=COLUMNS,
    )


def test_shares_are_of_all_blocks_and_words_of_a_label(labels: pd.DataFrame) -> None:
    table = by_label(labels, default_policy()).set_index(["extractor", "label"])
    assert list(table.index) == [
        ("one", "paragraph"),
        ("one", "related"),
        ("two", "paragraph"),
        ("two", "related"),
    ]
    row = table.to_dict("index")["one", "related"]
    assert (row["role"], row["documents"], row["blocks"], row["words"]) == ("boilerplate", 2, 10, 50)
    assert row["share_of_blocks"] == pytest.approx(3 / 10)
    assert row["share_of_words"] == pytest.approx(14 / 50)


def test_groups_of_documents_are_summed_by_role(labels: pd.DataFrame) -> None:
    table = by_group(labels, default_policy(), {"news": ["d1"], "forum": ["d2"]})
    found = table.set_index(["group", "role", "extractor"])["share_of_words"]
    assert found[("news", "boilerplate", "two")] == 1
    assert found[("forum", "body", "one")] == 0
    assert len(found) == 8


def test_the_worst_documents_leak_or_lose_most(labels: pd.DataFrame) -> None:
    assert worst_documents(labels, "one", "related", Role.BOILERPLATE) == ["d2", "d1"]
    assert worst_documents(labels, "two", "related", Role.BOILERPLATE) == ["d1"]
    assert worst_documents(labels, "one", "paragraph", Role.BODY) == ["d2"]
    assert worst_documents(labels, "one", "related", Role.BOILERPLATE, most=1) == ["d2"]

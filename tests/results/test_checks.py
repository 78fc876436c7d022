"""Score tables that somebody has edited: one line each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from boilerbench.results.checks import checked_scores
from tests.stats.tables import shares

Change = Callable[[pd.DataFrame], pd.DataFrame]


def cell(column: str, value: str | float | None) -> Change:
    def change(table: pd.DataFrame) -> pd.DataFrame:
        table = table.astype(object)
        table.loc[table.index[2], column] = value
        return table

    return change


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (cell("f1", None), "line 4: f1 is missing"),
        (cell("f1", 1.2), "line 4: f1 is 1.2"),
        (cell("recall", -0.1), "line 4: recall is -0.1"),
        (cell("precision", "high"), "line 4: precision is 'high'"),
        (cell("tp", float("inf")), "line 4: tp is inf"),
        (lambda table: table.drop(columns="fn"), "has no column fn"),
        (lambda table: table.drop(index=table.index[3]), "words: d00003 is scored for b and not for a"),
        (lambda table: pd.concat([table, table[:1]]), "d00000 stands twice for a by words"),
    ],
)
def test_damage_is_one_line(change: Change, line: str) -> None:
    table = pd.concat([shares("a", [0.1, 0.2, 0.3, 0.4]), shares("b", [0.1, 0.2, 0.3, 0.4])])
    table = table.reset_index(drop=True)
    checked_scores(table, Path("runs/x/scores.csv"))
    with pytest.raises(Exception, match=r"^runs/x/scores\.csv: ") as caught:
        checked_scores(change(table), Path("runs/x/scores.csv"))
    assert str(caught.value) == f"runs/x/scores.csv: {line}"

"""Hostile extractors beside an honest one: the outcome of each is its own page's, and nothing is harmed."""

from __future__ import annotations

import pytest

from tests.conftest import NIGHT
from tests.runner.hostile.kinds import KINDS
from tests.runner.hostile.table import modes, outcomes

# One of each sort; all of them take minutes.
SOME = (
    "python: 1,500 nested folders in its home",
    "python: a child in a session of its own",
    "python: four children that hold the memory",
    "python: the gold from under its cover, as root of a namespace of its own",
    "python: the environment of every process",
    "python: the page changed for the tools after it",
    "node: a secret in the user's home",
    "shell: its parent killed",
)


@pytest.mark.slow
@pytest.mark.parametrize("mode", modes())
def test_a_hostile_extractor_takes_no_more_than_itself(mode: str) -> None:
    kinds = list(KINDS) if NIGHT or mode == "root bwrap" else list(SOME)
    rows = outcomes(kinds, mode)
    assert [row["kind"] for row in rows] == kinds
    for row in rows:
        allowed = () if "bwrap" in mode else KINDS[row["kind"]].harm
        assert set(row["damage"]) <= {*allowed, *(["run failed"] if "gold changed" in allowed else [])}, row
        assert row["others"] == ["ok", "ok"] or not row["others"], row

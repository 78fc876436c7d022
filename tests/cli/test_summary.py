"""``boilerbench leaderboard`` with several runs."""

from __future__ import annotations

import json

from boilerbench.results import Run
from tests.conftest import Command


def test_the_command(command: Command, two_runs: list[Run]) -> None:
    folders = [run.folder for run in two_runs]
    assert "F1 on each corpus" in command("leaderboard", *folders).out
    assert "| three" in command("leaderboard", *folders, "--format", "markdown").out
    rows = json.loads(command("leaderboard", *folders, "--format", "json").out)
    assert [(row["run"], row["extractor"]) for row in rows[:2]] == [("first", "one"), ("first", "two")]
    answer = command("leaderboard", *folders, "--by", "language")
    assert (answer.code, answer.out) == (2, "")
    assert "give one run for --by" in answer.err
    answer = command("leaderboard", *folders, "--best", "1", "--format", "csv")
    assert {line.partition(",")[0] for line in answer.out.splitlines()[1:]} == {"one"}
    assert "over several runs" in command("leaderboard", folders[0], "--best", "1").err

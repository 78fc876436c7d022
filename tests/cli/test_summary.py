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


def test_sizes_are_over_the_pages_of_all_runs(command: Command, two_runs: list[Run]) -> None:
    """Gold has 14 characters in either run; "one" returned 14 and 3 of them, the others are in one run."""
    folders = [run.folder for run in two_runs]
    answer = command("leaderboard", *folders, "--columns", "characters")
    assert answer.code == 0, answer.err
    lines = {line.split()[0]: line.split() for line in answer.out.splitlines() if line.strip()}
    page = len((two_runs[0].folder.parents[1] / "first" / "a" / "page.html").read_text())
    assert lines["one"][-3:] == ["8", f"{100 * 17 / (2 * page):.1f}", f"{100 * 17 / 28:.1f}"]
    assert lines["two"][-3:] == lines["three"][-3:] == ["-", "-", "-"]
    assert "over the pages of all runs" in " ".join(answer.out.split())
    rows = json.loads(command("leaderboard", *folders, "--columns", "characters", "--format", "json").out)
    sizes = {(row["run"], row["extractor"]): row["characters"] for row in rows}
    assert sizes == {
        ("first", "one"): 14,
        ("first", "two"): 0,
        ("second", "one"): 3,
        ("second", "three"): 4,
    }
    answer = command("leaderboard", *folders, "--columns", "speed,characters")
    assert (answer.code, answer.out) == (2, "")
    assert "times and memory are of one run; leave out speed" in answer.err

"""``boilerbench envs``, and a run with an extractor that cannot be had."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from boilerbench.extractors import Requirement
from boilerbench.runner.environments import make_environment
from tests.conftest import Command
from tests.runner.index import Index, wheel


@pytest.fixture
def root(tmp_path: Path, uv_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    index = Index()
    index.add("sometool", "1.0", wheel("sometool", "1.0", ""), "2024-01-01T08:00:00Z")
    monkeypatch.setenv("UV_DEFAULT_INDEX", index.address)
    monkeypatch.setenv("UV_CACHE_DIR", str(uv_cache))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "boilerbench" / "environments"


def test_environments_are_listed_and_cleared(command: Command, root: Path) -> None:
    make_environment(Requirement("python", "sometool", "1.0"), root)
    answer = command("envs")
    assert answer.code == 0
    assert "sometool" in answer.out
    (row,) = json.loads(command("envs", "--json").out)
    assert (row["name"], row["version"], row["language"]) == ("sometool", "1.0", "python")
    assert row["megabytes"] > 0
    assert command("envs", "clear", "othertool").code == 2
    assert command("envs", "clear", "sometool").out == "removed sometool 1.0\n"
    assert json.loads(command("envs", "--json").out) == []


def test_a_run_goes_on_without_what_is_unavailable(command: Command, root: Path, tmp_path: Path) -> None:
    answer = command(
        "run", "-e", "trafilatura@0.0.0", "-e", "html-text", "--limit", "2", "-o", tmp_path / "out", "--json"
    )
    assert answer.code == 1
    assert "\nboilerbench: trafilatura@0.0.0 is unavailable: " in answer.err
    # The other line says what kinds of documents the first two are not.
    assert answer.err.count("\n") == 2
    (run,) = json.loads(answer.out)["runs"]
    assert list(run["unavailable"]) == ["trafilatura@0.0.0"]
    assert [row["extractor"] for row in run["leaderboard"]] == ["html-text"] * 2


def test_a_run_of_nothing_but_what_is_unavailable(command: Command, root: Path, tmp_path: Path) -> None:
    answer = command("run", "-e", "trafilatura@0.0.0", "-o", tmp_path / "out")
    assert answer.code == 2
    assert not list((tmp_path / "out").iterdir())

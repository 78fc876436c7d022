"""``boilerbench report``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Command, GoldFolder


@pytest.fixture
def run(command: Command, gold_folder: GoldFolder, tmp_path: Path) -> Path:
    gold_folder.add("ferry")
    (tmp_path / "it.json").write_text(json.dumps({"ferry": "Home"}))
    answer = command(
        *("run", "-c", f"gold:{gold_folder.root}", "-e", f"file:{tmp_path}/it.json", "-o", tmp_path / "out")
    )
    assert answer.code == 0
    return tmp_path / "out" / "small"


def test_it_says_where_the_report_is(command: Command, run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("click.launch", opened.append)
    answer = command("report", run, "--open")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == f"In {run}/report/index.html\n"
    assert opened == [f"{run}/report/index.html"]
    assert (run / "report" / "index.html").exists()


def test_it_can_be_written_elsewhere(command: Command, run: Path, tmp_path: Path) -> None:
    assert command("report", run, run, "--out", tmp_path / "both").code == 0
    assert (tmp_path / "both" / "raw" / "2" / "run.json").exists()
    assert not (run / "report").exists()


def test_a_folder_that_is_no_run(command: Command, tmp_path: Path) -> None:
    answer = command("report", tmp_path)
    assert (answer.code, answer.out) == (2, "")
    assert "no run.json in it" in answer.err


def test_a_corpus_that_has_moved(
    command: Command, run: Path, gold_folder: GoldFolder, tmp_path: Path
) -> None:
    moved = gold_folder.root.rename(tmp_path / "moved")
    assert "say with --corpus where it lies now" in command("report", run).err
    assert command("report", run, "--corpus", f"gold:{moved}").code == 0

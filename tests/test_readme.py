"""What README and the pages beside it promise: their length, set-up lines, tables, and the gold documents."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

import boilerbench
from boilerbench.reports import leaderboards
from boilerbench.results import ERRORS_FILE, REFERENCES_FILE, STRUCTURE_FILE, UNSCORABLE_FILE
from tests.test_docs_examples import blocks_of

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SET_UP = [block.text for block in blocks_of(ROOT / "README.md") if block.text.startswith("python3 -m venv")]


def test_it_is_a_screen_and_a_half() -> None:
    assert len(README.split()) <= 1_100


def test_the_set_up_lines_are_those_that_ci_runs() -> None:
    script = (ROOT / ".ci" / "run").read_text()
    patterns = re.findall(r"grep -m1 '(.*)' README.md", script)
    assert len(patterns) == len(SET_UP) == 2
    for pattern, line in zip(patterns, SET_UP, strict=True):
        assert re.search(pattern, line, flags=re.MULTILINE)


@pytest.mark.slow
def test_the_leaderboard_shown_is_the_one_that_comes_out(tmp_path: Path) -> None:
    shown = next(block.text for block in blocks_of(ROOT / "README.md") if block.text.startswith("gold: "))
    run = boilerbench.run("gold", out=tmp_path)
    board = next(leaderboards.boards(run.leaderboard, run.info.measures))
    lines = [line.split() for line in shown.splitlines()[2:]]
    assert lines[0] == " ".join(board.columns).split()
    rows = {line[0]: line for line in lines[2:]}
    printed = {cells[0]: " ".join(cells).split() for cells in board.rows}
    assert rows.keys() == printed.keys()
    assert shown.startswith(f"gold: {run.info.corpus.documents} documents")
    assert run.info.corpus.short_identity in shown.splitlines()[0]
    assert run.info.measures[0].signature in shown
    for name, row in rows.items():
        # Another version may well do better; then the row is history, not wrong. The last column is time.
        if name in run.info.references or row[1] == printed[name][1]:
            assert row[:-1] == printed[name][:-1]


def test_the_files_of_a_run_have_the_columns_described(tmp_path: Path) -> None:
    """Against files as they are written; that the page says what the code does is test_docs.py's."""
    folder = boilerbench.run("gold", ["html-text"], out=tmp_path, limit=2).folder
    page = (ROOT / "docs" / "runs.md").read_text(encoding="utf-8")
    files = re.findall(r"^\| `([\w.]+)` \|", page.partition("\n## ")[0], flags=re.MULTILINE)
    # Reference rows and failures are in files that only some runs have.
    assert {path.name for path in folder.iterdir()} == set(files) - {
        REFERENCES_FILE,
        ERRORS_FILE,
        STRUCTURE_FILE,
        UNSCORABLE_FILE,
        "shard.csv",
        "shards",
    }
    for section in page.split("\n## ")[1:]:
        file, _, table = section.partition("\n")
        described = re.findall(r"^\| `([\w.\[\]]+)` \|", table, flags=re.MULTILINE)
        if file.endswith(".csv") and (folder / file).exists():
            assert list(pd.read_csv(folder / file).columns) == described


def test_the_gold_documents_are_listed() -> None:
    listed = re.findall(r"^\| `([\w-]+)` \|", (ROOT / "gold" / "README.md").read_text(), flags=re.MULTILINE)
    assert listed == sorted(
        path.name
        for path in (ROOT / "gold").iterdir()
        if (path / "page.html").exists() or (path / "page.txt").exists()
    )

"""Every example in README.md is run as it stands there."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pandas as pd
import pytest

import boilerbench
from boilerbench.reports import leaderboards
from tests.conftest import write_aeb, write_wcxb

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, flags=re.DOTALL | re.MULTILINE)
SET_UP = [block for kind, block in BLOCKS if kind == "sh" and block.startswith("python3 -m venv")]
EXAMPLES = [(kind, block) for kind, block in BLOCKS if kind in ("sh", "python") and block not in SET_UP]
ARTICLE = (
    "<p>The harbour library opened its doors on Monday after two years.</p><p>Share</p>",
    "The harbour library",
)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder outside the repository that has what the examples speak of.

    Its ``checkout`` has the package beside a dozen gold documents: with all sixty each example takes long.
    """
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(
        ROOT / "harness", folder / "checkout" / "harness", ignore=shutil.ignore_patterns("__pycache__")
    )
    for document in [*ROOT.glob("gold/news-*"), ROOT / "gold" / "video-ferry-charging"]:
        shutil.copytree(document, folder / "checkout" / "gold" / document.name)
    write_aeb(folder / "article-extraction-benchmark", {"a1": ARTICLE, "b2": ARTICLE})
    write_wcxb(folder / "web-content-extraction-benchmark" / "dev", {"0001": (*ARTICLE, "article")})
    (folder / "outputs.json").write_text(json.dumps({"a1": "The harbour library", "b2": "Share"}))
    rows = next(block for kind, block in BLOCKS if kind == "json" and '"html"' in block)
    (folder / "mine.jsonl").write_text(rows)
    (folder / "pages").mkdir()
    (folder / "pages" / "ferry.html").write_text("<p>The ferry leaves at nine.</p>")
    (folder / "my_extractor.py").write_text(
        "def extract(html, url): return html.decode('utf-8', 'replace')\n"
    )
    (folder / "my-filter").write_text("#!/bin/sh\ncat\n")
    (folder / "my-filter").chmod(0o755)
    toml = next(block for kind, block in BLOCKS if kind == "toml")
    document = folder / "my-gold" / "harbour-news"
    document.mkdir(parents=True)
    (document / "document.toml").write_text(toml)
    (document / "page.html").write_text(ARTICLE[0])
    (document / "body.txt").write_text(ARTICLE[1])
    return folder


def run(kind: str, block: str, folder: Path) -> str:
    command = ["bash", "-euc", block] if kind == "sh" else [sys.executable, "-c", block]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(folder / "checkout" / "harness")}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


# In one test and in order, since later examples read what earlier ones wrote.
def test_every_example_works(elsewhere: Path) -> None:
    assert len(EXAMPLES) >= 6
    printed = [run(kind, block, elsewhere) for kind, block in EXAMPLES]
    assert all(printed)
    assert sorted(path.name for path in (elsewhere / "runs").iterdir()) == [
        *("aeb", "gold", "mine", "my-gold", "wcxb-dev"),
    ]


def test_the_step_for_github_actions_works(elsewhere: Path) -> None:
    step = next(block for kind, block in BLOCKS if kind == "yaml")
    commands = textwrap.dedent(step.partition("run: |\n")[2])
    extractor = ["boilerbench", "run", "--corpus", "gold", "-e", "py:my_extractor:extract"]
    run("sh", shlex.join([*extractor, "--out", "baseline"]), elsewhere)
    assert run("sh", commands, elsewhere).rstrip().splitlines()[-1].startswith("ok ")
    (elsewhere / "my_extractor.py").write_text("def extract(html, url): return 'Share'\n")
    with pytest.raises(AssertionError):
        run("sh", commands, elsewhere)


def test_the_set_up_lines_are_those_that_ci_runs() -> None:
    script = (ROOT / ".ci" / "run").read_text()
    patterns = re.findall(r"grep -m1 '(.*)' README.md", script)
    assert len(patterns) == len(SET_UP) == 2
    for pattern, line in zip(patterns, SET_UP, strict=True):
        assert re.search(pattern, line, flags=re.MULTILINE)


def test_the_leaderboard_shown_is_the_one_that_comes_out(tmp_path: Path) -> None:
    shown = next(block for kind, block in BLOCKS if kind == "text" and block.startswith("gold: "))
    run = boilerbench.run("gold", out=tmp_path)
    board = next(leaderboards.boards(run.leaderboard, run.info.measures))
    lines = [line.split() for line in shown.splitlines()[2:]]
    assert lines[0] == " ".join(board.columns).split()
    rows = {line[0]: line for line in lines[2:]}
    printed = {cells[0]: " ".join(cells).split() for cells in board.rows}
    assert rows.keys() == printed.keys()
    assert f"{run.info.corpus.documents} documents, {run.info.corpus.digest[:19]}" in shown
    assert run.info.measures[0].signature in shown
    for name, row in rows.items():
        # Another version may well do better; then the row is history, not wrong. The last column is time.
        if name in run.info.references or row[1] == printed[name][1]:
            assert row[:-1] == printed[name][:-1]


def test_the_files_of_a_run_have_the_columns_described(tmp_path: Path) -> None:
    folder = boilerbench.run("gold", ["html-text"], out=tmp_path, limit=2).folder
    described = dict(re.findall(r"^\| `([\w.]+)` \| (.*?) \|$", README, flags=re.MULTILINE))
    for name in ("leaderboard.csv", "scores.csv", "documents.csv", "labels.csv", "extractions.csv"):
        assert list(pd.read_csv(folder / name).columns) == described[name].split(", ")
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        name for name in described if re.match("run|leaderboard|scores|documents|labels|extract", name)
    )


def test_the_gold_documents_are_listed() -> None:
    listed = re.findall(r"^\| `([\w-]+)` \|", (ROOT / "gold" / "README.md").read_text(), flags=re.MULTILINE)
    assert listed == sorted(path.name for path in (ROOT / "gold").iterdir() if path.is_dir())


def test_lines_are_no_longer_than_a_reader_likes() -> None:
    # What a command prints is as long as it is.
    written = re.sub(r"<!-- boilerbench .*?<!-- end -->", "", README, flags=re.DOTALL)
    for line in written.splitlines():
        assert len(line) <= 120 or line.startswith(("|", "python3 -m venv")), textwrap.shorten(line, 60)

"""What is installed from a wheel works anywhere and brings its gold along."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROGRAM = """
import boilerbench
from boilerbench.corpora import open_corpus
from boilerbench.corpora.gold_files import own_gold
from boilerbench.corpora.catalog import all_sources
from boilerbench.reports.published import tables
assert all_sources() and tables()
run = boilerbench.run("gold", ["html-text"])
boilerbench.report(run.folder)
print(boilerbench.__file__, own_gold(), len(open_corpus("gold").ids()), run.folder, sep="\\n")
"""


@pytest.mark.slow
def test_a_wheel_works_outside_the_repository(tmp_path: Path) -> None:
    pip = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(tmp_path),
        str(ROOT),
    ]
    subprocess.run(pip, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("boilerbench-*.whl")
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    assert not (site / "tests").exists()
    assert not (site / "gold").exists()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=elsewhere,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=True,
    )
    package, gold, documents, folder = done.stdout.splitlines()
    assert Path(package).is_relative_to(site)
    assert Path(gold) == site / "boilerbench" / "gold"
    assert int(documents) == len(list((ROOT / "gold").glob("*/document.toml")))
    assert (elsewhere / folder / "scores.csv").exists()
    assert (elsewhere / folder / "report" / "assets" / "report.css").exists()

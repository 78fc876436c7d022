"""The scripts of perf/ run: each of these few does so small that its figures mean nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PERF = Path(__file__).parent.parent / "perf"
SMALL = (
    ("cluster.py", "gold", "-e", "baseline:all", "--cores", "1"),
    ("extraction.py", "gold", "--limit", "1"),
    ("hostile.py", "--size", "0.01", "--measure", "words", "--kind", "prose"),
    ("rank_correlations.py", f"gold={PERF.parent / 'results/gold'}", f"aeb={PERF.parent / 'results/aeb'}"),
    ("scale.py", "--outputs", "200"),
    ("settling.py", "guide-en-no-classes"),
    ("stages.py", "--outputs", "200"),
    ("startup.py", "baseline:all"),
)


@pytest.mark.slow
@pytest.mark.parametrize("command", SMALL, ids=lambda command: command[0])
def test_a_script_runs(command: tuple[str, ...]) -> None:
    script, *arguments = command
    done = subprocess.run(
        [sys.executable, PERF / script, *arguments], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout

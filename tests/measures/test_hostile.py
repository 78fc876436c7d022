"""Texts made to be hard to judge: every measure scores them, in bounded memory."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from boilerbench.measures import MEASURES, make_measure
from tests.conftest import NIGHT

PERF = Path(__file__).parents[2] / "perf"
sys.path.insert(0, str(PERF))
KINDS: dict[str, Any] = importlib.import_module("hostile_texts").KINDS

WORST = ["one word", "two words, one line", "lines never all found", "combining marks", "Chinese"]
APPLYING = [name for name in MEASURES if make_measure(name, "icu").applies(KINDS[WORST[0]].gold())]
NAMES = [*APPLYING, "normalize", "marks:words", "marks:lcs", "labels:words"]
MEGABYTES = 10 if NIGHT else 3
PAIRS = [
    (name, kind)
    for row, name in enumerate(NAMES)
    for column, kind in enumerate(WORST)
    # Each takes seconds: without a night's time a measure meets one kind.
    if NIGHT or (row + column) % len(WORST) == 0
]


@pytest.mark.parametrize("kind", list(KINDS))
def test_hostile_texts_are_scored(kind: str) -> None:
    gold, text = KINDS[kind].gold(), KINDS[kind].output(10_000)
    for name in ("blocks", "lcs", "rouge-lsum", "rouge-lsum-fundus", "rouge-5", "wer", "words"):
        found = make_measure(name, "icu").measure(gold, text)
        assert not found.unscorable
        # What is expected is the same whatever comes back; some of it is found, or nothing.
        empty = make_measure(name, "icu").measure(gold, "").counts
        if name in ("blocks", "lcs", "rouge-lsum", "rouge-5"):
            assert found.counts.tp + found.counts.fn == empty.tp + empty.fn


@pytest.mark.slow
@pytest.mark.parametrize(("name", "kind"), PAIRS)
def test_megabytes_are_judged_in_bounded_memory(name: str, kind: str) -> None:
    """Ten in less than a gigabyte, fewer in as much less."""
    command = [sys.executable, str(PERF / "hostile.py"), "--one", name, kind, f"{MEGABYTES}000000"]
    answer: list[Any] = json.loads(subprocess.check_output(command, text=True))
    _, megabytes = answer
    assert megabytes < 100 + 90 * MEGABYTES

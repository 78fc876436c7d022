"""A run of three extractors over forty small pages, of which two are as good as each other."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

import boilerbench
from tests.conftest import write_wcxb

WORDS = [f"word{number}" for number in range(40)]
TYPES = ("article", "forum")


@pytest.fixture
def corpus(tmp_path: Path) -> str:
    documents = {
        f"{number:04}": (f"<nav>Home</nav><p>{' '.join(WORDS)}</p>", " ".join(WORDS), TYPES[number % 2])
        for number in range(40)
    }
    return f"wcxb:{write_wcxb(tmp_path / 'wcxb' / 'dev', documents)}"


def outputs(file: Path, kept: float, seed: int) -> str:
    """Stored outputs that keep about such a share of the words of each document."""
    draw = random.Random(seed)
    texts = {
        f"{number:04}": " ".join(WORDS[: round(40 * min(1, kept + draw.uniform(-0.1, 0.1)))])
        for number in range(40)
    }
    file.write_text(json.dumps(texts))
    return f"file:{file}"


@pytest.fixture
def run(corpus: str, tmp_path: Path) -> Path:
    specs = [
        outputs(tmp_path / "good.json", 0.9, 1),
        outputs(tmp_path / "peer.json", 0.9, 2),
        outputs(tmp_path / "poor.json", 0.5, 3),
    ]
    return boilerbench.run(corpus, specs, out=tmp_path / "out").folder

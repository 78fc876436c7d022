"""Odd replies and odd first lines: each is its page's outcome, and every command takes the run after it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from boilerbench.results import load_run
from tests.conftest import THOROUGH, Command, GoldFolder
from tests.runner.odd_replies import FIRST_LINES, REPLIES

WORKER = Path(__file__).with_name("odd_replies.py")
FINE = {
    "a lone surrogate in a text": "ok",
    "inputs that are not paths": "ok",
    "a key twice": "ok",
    "markup with a lone surrogate": "ok",
    "Markdown of brackets": "ok",
}
REFUSED = (
    "a version that is a list",
    "deep JSON first",
    "deep JSON as a version",
    "not ready, with a lone surrogate",
    "not ready, without a word",
    "nothing at all",
)


@pytest.fixture
def corpus(gold_folder: GoldFolder) -> str:
    for document in ("calm-1", "calm-2", "trouble"):
        gold_folder.add(document)
    return f"gold:{gold_folder.root}"


def spec(kind: str) -> str:
    return f"cmd:{sys.executable} {WORKER} '{kind}'"


def run(command: Command, corpus: str, kind: str, out: Path) -> tuple[int, str]:
    answer = command("run", "-c", corpus, "-e", spec(kind), "-e", "baseline:all", "-o", out, "-j", "1")
    return answer.code, answer.err


def all_take_it(command: Command, folder: Path, extractor: str) -> None:
    """Every command that reads a run reads this one; the slow ones where there is time."""
    commands: list[tuple[object, ...]] = [("leaderboard", folder), ("show", folder, "trouble", extractor)]
    if THOROUGH:
        commands += [("score", folder), ("report", folder)]
    for arguments in commands:
        answer = command(*arguments)
        assert answer.code in (0, 1), answer.err
        assert "Traceback" not in answer.err
        assert "\x1b" not in answer.out + answer.err


@pytest.mark.parametrize("kind", REPLIES)
def test_an_odd_reply_is_the_outcome_of_its_page(
    kind: str, corpus: str, command: Command, tmp_path: Path
) -> None:
    code, said = run(command, corpus, kind, tmp_path / "out")
    assert code == 0, said
    folder = tmp_path / "out" / "small"
    done = load_run(folder)
    rows = done.extractions[done.extractions["extractor"] == spec(kind)]
    statuses = dict(zip(rows["document"], rows["status"], strict=True))
    errors = dict(zip(rows["document"], rows["error"], strict=True))
    assert (statuses["calm-1"], statuses["calm-2"]) == ("ok", "ok")
    assert statuses["trouble"] == FINE.get(kind, "error")
    assert len(errors["trouble"]) <= 500
    others = done.extractions[done.extractions["extractor"] == "baseline:all"]
    assert set(others["status"]) == {"ok"}
    all_take_it(command, folder, spec(kind))


@pytest.mark.parametrize("kind", FIRST_LINES)
def test_an_odd_first_line(kind: str, corpus: str, command: Command, tmp_path: Path) -> None:
    code, said = run(command, corpus, kind, tmp_path / "out")
    folder = tmp_path / "out" / "small"
    if kind in REFUSED:
        assert code == 2
        assert len(said) < 1000
        assert said.startswith("boilerbench: extractor cmd:")
        assert not folder.exists()
        return
    assert code == 0, said
    (version,) = {info.version for info in load_run(folder).info.extractors if info.name == spec(kind)}
    assert 0 < len(version) <= 100
    assert version.isprintable()
    all_take_it(command, folder, spec(kind))

"""A corpus of every odd document: a faulty one costs its own line, in every command, and the others go on."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from boilerbench.corpora import open_corpus
from tests.conftest import THOROUGH, Answer, Command
from tests.corpora.odd_documents import GOLD, ROWS, write_gold, write_rows

Corpora = dict[str, str]


@pytest.fixture(scope="module")
def specs(tmp_path_factory: pytest.TempPathFactory) -> Corpora:
    root = tmp_path_factory.mktemp("odd")
    write_gold(root / "gold")
    write_rows(root / "rows.jsonl")
    return {"gold": f"gold:{root / 'gold'}", "jsonl": f"jsonl:{root / 'rows.jsonl'}"}


@pytest.fixture(scope="module", params=["gold", "jsonl"])
def odd(request: pytest.FixtureRequest, specs: Corpora) -> tuple[str, str]:
    return request.param, specs[request.param]


def is_plain(answer: Answer) -> bool:
    """Whether nothing is a traceback, and nothing acts on a terminal."""
    text = answer.out + answer.err
    return "Traceback (most" not in text and all(char.isprintable() or char == "\n" for char in text)


def expected(name: str) -> dict[str, str | None]:
    """For each document the message that leaves it out, or None."""
    if name == "gold":
        return {document: message for document, _, message in GOLD}
    return {document: message for document, row, message in ROWS if isinstance(row, dict)}


def test_a_run_leaves_out_what_is_faulty_and_shows_the_rest(
    odd: tuple[str, str], tmp_path: Path, command: Command
) -> None:
    name, spec = odd
    specs = ["html-text", "baseline:all"]
    asked = [part for each in specs for part in ("-e", each)]
    run = command("run", "-c", spec, *asked, "--out", tmp_path)
    assert run.code == 1, run.err
    assert is_plain(run), run.err
    (file,) = tmp_path.glob("*/run.json")
    left_out = json.loads(file.read_text())["left_out"]
    said = [line for line in run.err.splitlines() if "left out: " in line]
    assert len(said) == len(left_out)
    for document, message in expected(name).items():
        if message is None:
            assert document not in left_out, left_out[document]
        else:
            assert re.search(message, left_out[document]), left_out[document]
            assert "\n" not in left_out[document]
    for wanted in (["report", file.parent], ["leaderboard", file.parent], ["score", file.parent]):
        answer = command(*wanted)
        assert answer.code in (0, 1), answer.err
        assert is_plain(answer), answer.err
    corpus = open_corpus(spec)
    for document in corpus.ids()[:: 1 if THOROUGH else 5]:
        answer = command("show", file.parent, "--", document, "html-text")
        assert answer.code == (2 if document in left_out else 0), answer.err
        assert is_plain(answer), (document, answer.err)


def check(odd: tuple[str, str], command: Command, words: Callable[[str], list[str]]) -> None:
    name, spec = odd
    answer = command(*words(spec))
    assert answer.code == 1, answer.err
    assert is_plain(answer), answer.err
    flat = " ".join((answer.out + answer.err).split())
    for document, message in expected(name).items():
        if message is not None and " " not in message:
            assert re.search(message, flat), (document, message)


def test_corpora_check_names_every_fault(odd: tuple[str, str], command: Command) -> None:
    check(odd, command, lambda spec: ["corpora", "check", spec])


def test_gold_check_names_every_fault(specs: Corpora, command: Command) -> None:
    check(("gold", specs["gold"]), command, lambda spec: ["gold", "check", "-g", spec.removeprefix("gold:")])

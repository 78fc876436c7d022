"""The formats explained, and a corpus checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from boilerbench.corpora import FORMATS
from tests.conftest import Command
from tests.corpora.writing import write_rows, write_trafilatura

STORY = "The ferry leaves the harbour at nine and comes back at noon, and bikes travel free on all weekdays."


@pytest.fixture
def corpus(tmp_path: Path) -> str:
    name = "a-document-with-a-name-that-is-long"
    rows = [
        {"id": f"{name}-sound", "html": f"<p>{STORY}</p>", "body": STORY},
        {"id": f"{name}-empty", "html": f"<p>More: {STORY}</p>", "body": ""},
        {"id": f"{name}-twice", "html": f"<p>{STORY}</p>", "body": STORY},
    ]
    return f"jsonl:{write_rows(tmp_path / 'mine.jsonl', rows)}"


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_format_explains_itself(command: Command, name: str) -> None:
    answer = command("corpora", name)
    assert answer.code == 0
    assert answer.out.startswith(f"{name}\n")
    for label in ("Layout", "Gold", "Measures", "Licence", "Cite"):
        assert f"\n{label} " in answer.out
    assert max(map(len, answer.out.splitlines())) <= 80
    facts = json.loads(command("corpora", name, "--json").out)
    assert facts["format"] == name
    assert facts["includes"]


def test_an_unknown_format_is_one_line(command: Command) -> None:
    answer = command("corpora", "wcxbb")
    assert (answer.code, answer.err) == (
        2,
        "boilerbench: unknown corpus format 'wcxbb'; did you mean wcxb?\n",
    )


def test_findings_are_listed_by_kind(command: Command, corpus: str) -> None:
    answer = command("corpora", "check", corpus)
    assert answer.code == 1
    lines = answer.out.splitlines()
    assert "Empty gold: 1" in lines
    assert "Pages that are there twice: 1" in lines
    # Ids are cut to a beginning that is their own.
    assert any(line.startswith("a-document-with-a-name-that-is-long-e… ") for line in lines)
    assert lines[-1] == "3 documents checked, 2 findings in 2 of them"
    assert max(map(len, lines)) <= 80


def test_findings_as_json(command: Command, corpus: str) -> None:
    answer = command("corpora", "check", corpus, "--json")
    assert answer.code == 1
    assert {"kind": "empty gold", "message": "the page has 20 words"}.items() <= json.loads(answer.out)[
        0
    ].items()


def test_a_sound_corpus(command: Command, tmp_path: Path) -> None:
    file = write_rows(tmp_path / "mine.jsonl", [{"id": "a", "html": f"<p>{STORY}</p>", "body": STORY}])
    answer = command("corpora", "check", f"jsonl:{file}")
    assert (answer.code, answer.out) == (0, "1 document checked, 0 findings\n")
    assert command("corpora", "check", f"jsonl:{file}", "--json").out == "[]\n"


def test_a_run_shows_where_every_extractor_fails(command: Command, tmp_path: Path) -> None:
    rows = [
        {"id": "fine", "html": f"<p>{STORY}</p>", "body": STORY},
        # Its gold is in the page, though no tool would take one word for the body.
        {"id": "odd", "html": f"<p>{STORY.replace('noon', 'noon')} {STORY} Once.</p>", "body": "Once"},
    ]
    corpus = f"jsonl:{write_rows(tmp_path / 'mine.jsonl', rows)}"
    ran = command("run", "-c", corpus, "-e", "html-text", "--out", tmp_path / "results")
    assert ran.code == 0
    answer = command("corpora", "check", corpus, "--run", tmp_path / "results" / "mine")
    assert answer.code == 1
    assert "Documents on which every extractor scores near zero: 1" in answer.out
    assert "odd" in answer.out
    assert "best F1 " in answer.out


def test_segments_make_a_leaderboard_of_80_columns(command: Command, tmp_path: Path) -> None:
    pages = {"a.html": (b"<p>The ferry leaves</p>", ["The  ferry leaves", "at nine"], ["Share", "Home"])}
    corpus = f"trafilatura:{write_trafilatura(tmp_path / 'pages', pages)}"
    # As long as the longest name of a tool that comes with boilerbench.
    (tmp_path / "readability-lxml.json").write_text(json.dumps({"a": "The ferry\nleaves Home"}))
    file = f"file:{tmp_path / 'readability-lxml.json'}"
    answer = command("run", "-c", corpus, "-e", file, "-m", "snippets", "-m", "words", "-o", tmp_path / "out")
    assert answer.code == 0
    # One of two segments found, one of two leaked.
    assert "readability-lxml 50.0 50.0 50.0 50.0 50.0 0" in " ".join(answer.out.split()).replace("–50.0", "")
    assert max(len(line) for line in answer.out.splitlines() if not line.startswith("Next:")) <= 80
    assert "words: 1 of 1 documents unscored" in answer.out

"""``boilerbench show``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import DOCUMENT_TOML, Command, GoldFolder

BODY = "The boat was the easy half.\n\nFares will not go up [yet].\n"


@pytest.fixture
def run(command: Command, gold_folder: GoldFolder, tmp_path: Path) -> Path:
    gold_folder.add("ferry", body_txt=BODY, document_toml=DOCUMENT_TOML + 'url = "https://a.example/ferry"\n')
    gold_folder.add("ferment")
    outputs = {"ferry": "Home\nThe boat was the half.", "ferment": ""}
    (tmp_path / "theirs.json").write_text(json.dumps(outputs))
    (tmp_path / "others.json").write_text(json.dumps({"ferry": BODY}))
    answer = command(
        *("run", "-c", f"gold:{gold_folder.root}", "-o", tmp_path / "out"),
        *("-e", f"file:{tmp_path}/theirs.json", "-e", f"file:{tmp_path}/others.json"),
    )
    assert answer.code == 0
    return tmp_path / "out" / "small"


def test_lost_and_leaked_words_are_marked(command: Command, run: Path) -> None:
    answer = command("show", run, "ferry", "theirs")
    assert answer.code == 0
    assert "The boat was the [-easy-] half.\n[-Fares will not go up [yet-]]." in answer.out
    assert "{+Home+}\nThe boat was the half." in answer.out
    assert "gold: 7 words lost [-…-]" in answer.out
    assert "theirs: 1 word leaked {+…+}" in answer.out
    assert "https://a.example/ferry" in answer.out
    # Five of six words returned, five of twelve expected.
    assert "precision 0.833  recall 0.417  f1 0.556" in answer.out


def test_the_beginning_of_an_id_is_enough(command: Command, run: Path) -> None:
    assert command("show", run, "ferr", "th").out == command("show", run, "ferry", "theirs").out


def test_an_error_is_shown(command: Command, run: Path) -> None:
    answer = command("show", run, "ferment", "others")
    assert "error: others.json has no output for this document" in answer.out
    assert "(empty)" in answer.out


@pytest.mark.parametrize(
    ("document", "extractor", "message"),
    [
        ("fer", "theirs", "document 'fer' may be any of ferment, ferry; give more of its name"),
        ("boat", "theirs", "no document 'boat' in this run; there are ferment, ferry"),
        ("ferry", "mine", "no extractor 'mine' in this run; there are theirs, others"),
    ],
)
def test_a_name_that_is_none(
    command: Command, run: Path, document: str, extractor: str, message: str
) -> None:
    answer = command("show", run, document, extractor)
    assert (answer.code, answer.out) == (2, "")
    assert message in answer.err


def test_a_corpus_that_has_moved(
    command: Command, run: Path, gold_folder: GoldFolder, tmp_path: Path
) -> None:
    moved = gold_folder.root.rename(tmp_path / "moved")
    assert "say with --corpus where it lies now" in command("show", run, "ferry", "theirs").err
    assert command("show", run, "ferry", "theirs", "--corpus", f"gold:{moved}").code == 0


def test_a_wide_terminal_has_both_side_by_side(
    command: Command, run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    wide = command("show", run, "ferry", "theirs").out
    assert any("The boat was the [-easy-] half." in line and "{+Home+}" in line for line in wide.splitlines())
    assert max(map(len, wide.splitlines())) <= 160
    inline = command("show", run, "ferry", "theirs", "--inline").out
    assert "The boat was the [-easy-] half.\n" in inline
    monkeypatch.setenv("COLUMNS", "80")
    assert "{+Home+}" in command("show", run, "ferry", "theirs", "--side-by-side").out


def test_leaked_words_say_which_block_they_come_from(
    command: Command, gold_folder: GoldFolder, tmp_path: Path
) -> None:
    labels = "navigation\tHome\nparagraph\tThe body of ferry.\n"
    gold_folder.add("ferry", labels_tsv=labels)
    (tmp_path / "it.json").write_text(json.dumps({"ferry": "Home\nThe body of ferry.\nMore"}))
    assert (
        command(
            *(
                "run",
                "-c",
                f"gold:{gold_folder.root}",
                "-e",
                f"file:{tmp_path}/it.json",
                "-o",
                tmp_path / "out",
            )
        ).code
        == 0
    )
    shown = command("show", tmp_path / "out" / "small", "ferry", "it").out
    assert "{+Home+ navigation}\nThe body of ferry.\n{+More+}" in shown
    assert "leaked: 1 of navigation, 1 of no block" in shown

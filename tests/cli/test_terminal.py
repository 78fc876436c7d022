"""What reaches the terminal: hostile names and texts, closed pipes, full disks, terminals of few letters."""

from __future__ import annotations

import json
import os
import pwd
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from boilerbench.cli.output import json_text
from tests.conftest import Command, GoldFolder

ESCAPES = "\x1b]0;owned\x07\x1b[2J\x9b2J\u202e"
NAMES = ["bbcode[/b]two", "news[draft]one", "doc:id:7", "urn:book:12", "[bold red]", "pipe|d"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a corpus of hostile documents, and a program that fails with a hostile message."""
    rows = [
        {
            "id": name,
            "title": f"On :car: and [b] {ESCAPES}",
            "url": f"https://x.example/a:100:b{ESCAPES}",
            "html": f"<nav>Home :car: [/b]</nav><p>The ferry {ESCAPES} leaves at nine, number {index}.</p>",
            "body": f"The ferry leaves at nine, number {index}. {ESCAPES}",
        }
        for index, name in enumerate(NAMES)
    ]
    (tmp_path / "c.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (tmp_path / "bad.py").write_text(f"def f(html, url): raise ValueError({'boom ' + ESCAPES!r})\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def assert_nothing_acts(text: str) -> None:
    acting = [char for char in text if not char.isprintable() and char not in "\n\t"]
    assert not acting, acting


def test_nothing_of_a_corpus_or_a_tool_acts_on_the_terminal(command: Command, here: Path) -> None:
    done = command("run", "-c", "jsonl:c.jsonl", "-e", "html-text", "-e", "py:bad:f", "--out", "runs")
    assert done.code == 1, done.err
    assert_nothing_acts(done.out + done.err)
    assert "boom ␛]0;owned" in done.out
    run = next(here.glob("runs/*/run.json")).parent
    for name in NAMES:
        for extractor in ("html-text", "py:bad:f"):
            shown = command("show", run, name, extractor)
            assert shown.code == 0, shown.err
            assert_nothing_acts(shown.out + shown.err)
            assert ":car: and [b]" in shown.out
            if name.isprintable():
                assert shown.out.startswith(name + "\n")
    for arguments in (
        ["compare", run, "html-text", "py:bad:f"],
        ["leaderboard", run],
        ["corpora", "check", "jsonl:c.jsonl"],
    ):
        done = command(*arguments)
        assert_nothing_acts(done.out + done.err)
    assert_nothing_acts(command("show", run, f"none{ESCAPES}\nboilerbench: fine", "html-text").err)


def test_errors_of_wrong_use_are_visible_too(command: Command, here: Path) -> None:
    for arguments in (["run", "-c", f"jsonl:{ESCAPES}"], [f"no{ESCAPES}"], ["run", f"--no{ESCAPES}"]):
        done = command(*arguments)
        assert done.code == 2
        assert_nothing_acts(done.err)


def test_json_is_escaped_and_not_changed() -> None:
    value = {"text": ESCAPES + "\u2028 ü"}
    assert_nothing_acts(json_text(value))
    assert json.loads(json_text(value)) == value


def call(*arguments: str, **environment: str) -> list[str]:
    return [sys.executable, "-m", "boilerbench", *arguments]


def test_a_closed_pipe_is_no_fault() -> None:
    for arguments in (["corpora"], ["extractors", "--json"]):
        program = subprocess.Popen(call(*arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.close()
        assert (program.stderr.read(), program.wait()) == (b"", 0)
        program.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
@pytest.mark.parametrize("arguments", [["corpora"], ["extractors", "--json"]])
def test_a_full_disk_on_standard_output_is_said_to_be_that(arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(call(*arguments), stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "boilerbench: standard output: No space left on device\n")


@pytest.mark.parametrize("arguments", [["corpora"], ["corpora", "gold", "--json"], ["run", "-c", "jsonl:ü"]])
def test_a_terminal_of_ascii_gets_replacements(arguments: list[str]) -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run(call(*arguments), capture_output=True, env=environment, check=False)
    assert done.returncode in (0, 2)
    assert b"Traceback" not in done.stderr
    assert (done.stdout + done.stderr).isascii()


@pytest.mark.parametrize("closed", ["1", "2"])
def test_a_stream_that_is_closed_from_the_beginning_is_no_fault(closed: str) -> None:
    line = f"{shlex.join(call('corpora'))} {closed}>&-"
    done = subprocess.run(line, shell=True, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_no_home_is_as_no_cache(
    command: Command, here: Path, monkeypatch: pytest.MonkeyPatch, gold_folder: GoldFolder
) -> None:
    def nobody(uid: int) -> None:
        raise KeyError(uid)

    gold_folder.add("ferry")
    for name in ("HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    answer = command("run", "-c", f"gold:{gold_folder.root}", "-e", "html-text", "--out", "runs")
    assert (answer.code, len(answer.err.splitlines())) == (0, 1)
    assert "going on without it" in answer.err
    assert command("envs").code == 0
    missing = command("corpora", "check", "aeb")
    assert (missing.code, missing.err.count("\n")) == (2, 1)
    # Nor is there a folder that is called ~.
    assert not Path("~").exists()

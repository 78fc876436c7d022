"""A benchmark in a file: read, overridden, written, and refused."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from boilerbench.cli.bench_file import KEYS
from boilerbench.cli.run import run
from tests.conftest import Command, GoldFolder


@pytest.fixture
def corpus(gold_folder: GoldFolder) -> str:
    for name in ("one", "two", "three"):
        gold_folder.add(name)
    return f"gold:{gold_folder.root}"


def test_a_file_is_what_its_command_line_is(command: Command, corpus: str, tmp_path: Path) -> None:
    file = tmp_path / "bench.toml"
    file.write_text(
        f'corpora = ["{corpus}"]\nextractors = ["html-text", "inscriptis"]\nmeasures = ["lcs", "words"]\n'
        f'limit = 2\nseed = 7\ntimeout = 10\nmemory = 1024\nout = "{tmp_path / "a"}"\n'
    )
    assert command("run", file).code == 0
    options = [
        "-c",
        corpus,
        "-e",
        "html-text",
        "-e",
        "inscriptis",
        "-m",
        "lcs",
        "-m",
        "words",
        "--limit",
        "2",
    ]
    limits = ["--limit", "2", "--seed", "7", "--timeout", "10", "--memory", "1024"]
    assert command("run", *options, *limits, "--out", tmp_path / "b").code == 0
    first, second = (json.loads((tmp_path / name / "small" / "run.json").read_text()) for name in "ab")
    assert first == second
    assert first["limits"]["seconds"] == 10


def test_options_take_the_place_of_what_stands_in_the_file(
    command: Command, corpus: str, tmp_path: Path
) -> None:
    file = tmp_path / "bench.toml"
    file.write_text(f'corpora = ["{corpus}"]\nextractors = ["html-text"]\nlimit = 2\n')
    assert command("run", file, "-e", "inscriptis", "--limit", "1", "--out", tmp_path / "out").code == 0
    info = json.loads((tmp_path / "out" / "small" / "run.json").read_text())
    assert [extractor["name"] for extractor in info["extractors"]] == ["inscriptis"]
    assert info["corpus"]["documents"] == 1


def test_a_command_line_is_written_as_a_file(command: Command, corpus: str, tmp_path: Path) -> None:
    file = tmp_path / "bench.toml"
    answer = command(
        "run", "-c", corpus, "-e", "justext?language=German", "--seed", "3", "--write-config", file
    )
    assert answer.code == 0
    assert tomllib.loads(file.read_text()) == {
        "corpora": [corpus],
        "extractors": ["justext?language=German"],
        "seed": 3,
    }
    assert not (tmp_path / "runs").exists()
    again = command("run", file, "--jobs", "2", "--write-config", tmp_path / "two.toml")
    assert again.code == 0
    assert tomllib.loads((tmp_path / "two.toml").read_text())["jobs"] == 2
    refused = command("run", "--write-config", file)
    assert (refused.code, refused.err) == (
        2,
        f"boilerbench: {file} is there; remove it, or write another file\n",
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('extractor = ["x"]', "unknown key 'extractor'; did you mean extractors?"),
        ('extractors = "x"', "extractors is not a list of texts"),
        ("extractors = [1]", "extractors is not a list of texts"),
        ("limit = true", "limit is not a whole number"),
        ('timeout = "long"', "timeout is not a number"),
        ("seed = ", "not TOML ("),
        ("zzz = 1", "unknown key 'zzz'; there are corpora, extractors"),
        ("a = " + "[" * 20_000, "not TOML"),
    ],
)
def test_a_wrong_file_is_one_line(command: Command, tmp_path: Path, text: str, problem: str) -> None:
    file = tmp_path / "bench.toml"
    file.write_text(text)
    answer = command("run", file)
    assert answer.code == 2
    assert answer.err.startswith(f"boilerbench: {file}: {problem}")
    assert answer.err.count("\n") == 1


def test_a_file_that_is_not_there_is_one_line(command: Command, tmp_path: Path) -> None:
    answer = command("run", tmp_path / "none.toml")
    assert answer.code == 2
    assert "no such file" in answer.err


def test_what_is_of_one_run_is_not_written(command: Command, tmp_path: Path) -> None:
    answer = command("run", "--fresh", "--write-config", tmp_path / "bench.toml")
    assert (answer.code, answer.err.count("\n")) == (2, 1)
    assert "--fresh is of one run" in answer.err


def test_each_key_is_a_parameter_of_run() -> None:
    assert set(KEYS) <= {parameter.name for parameter in run.params}

"""run.json and provenance.json: written and read in one place, and every fault named in one line."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from boilerbench.errors import InputError
from boilerbench.results import PlatformInfo, Provenance, load_run, write_info, write_provenance
from tests.conftest import Command
from tests.results.infos import INFO

PROVENANCE = Provenance(
    "boilerbench run", "2026-11-22T02:37:44+00:00", 1.5, 2, "guard", PlatformInfo("3.11.7", "Linux", "x", 2)
)


def written(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    return content


def test_it_is_read_back(tmp_path: Path) -> None:
    write_info(tmp_path, INFO)
    write_provenance(tmp_path, PROVENANCE)
    run = load_run(tmp_path)
    assert run.info == INFO
    assert run.provenance == PROVENANCE
    assert list(written(tmp_path))[:3] == ["format", "boilerbench", "corpus"]


def test_the_same_run_makes_the_same_bytes(tmp_path: Path) -> None:
    contents = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_info(tmp_path / name, INFO)
        contents.append((tmp_path / name / "run.json").read_bytes())
    assert contents[0] == contents[1]


def test_a_surrogate_from_a_command_line_is_kept(tmp_path: Path) -> None:
    write_info(tmp_path, dataclasses.replace(INFO, unavailable={"a": "no file \udcff"}))
    assert load_run(tmp_path).info.unavailable == {"a": "no file \udcff"}


def test_provenance_may_be_absent(tmp_path: Path) -> None:
    write_info(tmp_path, INFO)
    assert load_run(tmp_path).provenance is None
    (tmp_path / "provenance.json").write_text('{"command": 3}')
    with pytest.raises(InputError, match=r"run .*: provenance.json: command is not a text; remove it"):
        _ = load_run(tmp_path).provenance


def test_rows_and_labels() -> None:
    assert INFO.rows == ("first", "second", "annotator-2")
    assert [INFO.label(row) for row in INFO.rows] == ["first 1.0", "second", "annotator-2"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "no run.json in it"),
        ("{", "run.json: is not JSON"),
        ("[" * 100_000, "run.json: is not JSON"),
        ("[]", "run.json: is not an object; run the benchmark again"),
        ('{"format": 3, "seed": NaN}', "run.json: is not JSON"),
        ("{}", "run.json: format is missing"),
        (
            '{"format": 2}',
            "of format 2, written by an earlier boilerbench (this one's is 3); run the benchmark again",
        ),
        ('{"format": "3"}', "run.json: format is not a whole number; run the benchmark again"),
        ('{"format": 4}', "of format 4, written by a later boilerbench (this one's is 3); install that"),
    ],
)
def test_what_is_no_run(tmp_path: Path, content: str | None, message: str) -> None:
    if content is not None:
        (tmp_path / "run.json").write_text(content)
    with pytest.raises(InputError) as caught:
        load_run(tmp_path)
    assert f"run {tmp_path}: {message}" in str(caught.value)


MISSING = object()


@pytest.mark.parametrize(
    ("keys", "value", "message"),
    [
        (["seed"], MISSING, "seed is missing"),
        (["seed"], "0", "seed is not a whole number"),
        (["seed"], True, "seed is not a whole number"),
        (["seed"], 1.5, "seed is not a whole number"),
        (["policy"], 3, "policy is not a text"),
        (["corpus"], "gold", "corpus is not an object"),
        (["corpus", "digest"], MISSING, "corpus.digest is missing"),
        (["corpus", "documents"], None, "corpus.documents is not a whole number"),
        (["extractors"], {}, "extractors is not a list"),
        (["extractors"], [], "extractors is empty"),
        (["extractors", 1, "version"], MISSING, "extractors[1].version is missing"),
        (["extractors", 0], None, "extractors[0] is not an object"),
        (["measures"], [], "measures is empty"),
        (["measures", 0, "averages"], [], "measures[0].averages is empty"),
        (["measures", 0, "averages"], [1], "measures[0].averages[0] is not a text"),
        (["limits", "seconds"], "30", "limits.seconds is not a number"),
        (["counts", "first", "ok"], "1", 'counts["first"]["ok"] is not a whole number'),
        (["unavailable"], [], "unavailable is not an object"),
        (["started"], "2026", "started is unknown"),
    ],
)
def test_a_malformed_key_is_named_by_every_command(
    command: Command, tmp_path: Path, keys: list[str | int], value: object, message: str
) -> None:
    write_info(tmp_path, INFO)
    content = written(tmp_path)
    parent: Any = content
    for key in keys[:-1]:
        parent = parent[key]
    if value is MISSING:
        del parent[keys[-1]]
    else:
        parent[keys[-1]] = value
    (tmp_path / "run.json").write_text(json.dumps(content))
    for arguments in (
        *(("score",), ("leaderboard",), ("compare",), ("report",), ("leaks",)),
        *(("show", "a", "b"), ("gate", "--baseline", tmp_path)),
    ):
        answer = command(arguments[0], tmp_path, *arguments[1:])
        assert answer.code == 2
        assert answer.err == f"boilerbench: run {tmp_path}: run.json: {message}; run the benchmark again\n"
        assert answer.out == ""

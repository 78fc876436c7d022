"""Runs in shards, on one machine and on several: the run that would have been made whole."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import boilerbench
from boilerbench import documents_run, evaluate, sharded_run
from boilerbench.errors import InputError
from boilerbench.results import packing
from tests.conftest import GoldFolder, write_aeb

PAGE = "<html><body><p>One two three {}.</p><p>Home page</p></body></html>"
NAMES = [f"d{number}" for number in range(9)]
TIMES = {"provenance.json"}


@pytest.fixture
def corpus(tmp_path: Path) -> str:
    documents = {name: (PAGE.format(name), f"One two three {name}.") for name in NAMES}
    return f"aeb:{write_aeb(tmp_path / 'aeb', documents)}"


@pytest.fixture
def outputs(tmp_path: Path) -> list[str]:
    """Two files, of which one lacks a document, which is a failure."""
    specs = []
    for name, documents in (("first", NAMES), ("second", NAMES[:-1])):
        file = tmp_path / f"{name}.jsonl"
        texts = {document: f"One two {document}. Home" if document != "d4" else "" for document in documents}
        file.write_text("".join(json.dumps({"id": key, "text": text}) + "\n" for key, text in texts.items()))
        specs.append(f"file:{file}")
    return specs


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a run, but for when and where it was made."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files if path.name not in TIMES}


def run(corpus: Any, specs: list[str], out: Path, **options: Any) -> boilerbench.Run:
    return boilerbench.run(corpus, specs, ["words", "exact"], out=out, cache=out / "cache", **options)


@pytest.fixture
def in_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make each run in shards of two documents by two extractors."""
    monkeypatch.setattr(evaluate, "LARGE_OUTPUTS", 1)
    monkeypatch.setattr(sharded_run, "SHARD_OUTPUTS", 4)


def test_shards_make_the_bytes_of_the_whole(
    corpus: str, outputs: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run(corpus, outputs, tmp_path / "whole")
    monkeypatch.setattr(evaluate, "LARGE_OUTPUTS", 1)
    monkeypatch.setattr(sharded_run, "SHARD_OUTPUTS", 4)
    sharded = run(corpus, outputs, tmp_path / "sharded")
    assert contents(sharded.folder) == contents(whole.folder)
    assert [entry.name for entry in (tmp_path / "sharded").iterdir() if entry.name != "cache"] == ["aeb"]


@pytest.mark.parametrize("number", [2, 9])
def test_merged_machines_make_the_bytes_of_one(
    corpus: str, outputs: list[str], tmp_path: Path, number: int
) -> None:
    whole = run(corpus, outputs, tmp_path / "whole")
    shards = [
        run(corpus, outputs, tmp_path / "shards", shard=f"{index}/{number}") for index in range(1, number + 1)
    ]
    assert [shard.info.shard for shard in shards] == [f"{index}/{number}" for index in range(1, number + 1)]
    merged = boilerbench.merge([shard.folder for shard in reversed(shards)], out=tmp_path / "merged")
    assert contents(merged.folder) == contents(whole.folder)
    assert merged.provenance
    assert list(merged.provenance.hosts) == [os.uname().nodename]


def test_what_cannot_be_merged(corpus: str, outputs: list[str], tmp_path: Path) -> None:
    first, second = (run(corpus, outputs, tmp_path / "shards", shard=f"{index}/2") for index in (1, 2))
    other = run(corpus, outputs[:1], tmp_path / "other", shard="2/2")
    third = run(corpus, outputs, tmp_path / "third", shard="1/3")
    seeded = run(corpus, outputs, tmp_path / "seeded", shard="2/2", seed=1)
    whole = run(corpus, outputs, tmp_path / "whole")
    for runs, message in (
        ([first], "shard 2/2 is missing"),
        ([first, first, second], "give each of one cut once"),
        ([first, third], "give each of one cut once"),
        ([first, other], "differ in extractors: first, second and first"),
        ([first, seeded], "differ in seed: 0 and 1"),
        ([whole, second], "whole/aeb: is no shard"),
        ([], "nothing to merge"),
    ):
        with pytest.raises(InputError, match=message):
            boilerbench.merge(runs, out=tmp_path / "merged")
    assert not (tmp_path / "merged" / "aeb").exists()


@pytest.mark.parametrize("text", ["0/2", "3/2", "1", "a/b", "1/0"])
def test_what_is_no_shard(corpus: str, outputs: list[str], tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="is no shard; write 1/4"):
        run(corpus, outputs, tmp_path, shard=text)
    with pytest.raises(InputError, match="there are 9 documents; ask for fewer"):
        run(corpus, outputs, tmp_path, shard="1/10")


@pytest.mark.usefixtures("in_shards")
def test_documents_with_faults_are_left_out_of_their_shards(gold_folder: GoldFolder, tmp_path: Path) -> None:
    for name in NAMES:
        gold_folder.add(name)
    for name in ("d0", "d1", "d5"):
        (gold_folder.root / name / "body.txt").write_bytes(b"\xff")
    remarks: list[str] = []
    corpus = f"gold:{gold_folder.root}"
    done = run(corpus, ["baseline:all", "html-text"], tmp_path / "out", remark=remarks.append)
    assert list(done.info.left_out) == ["d0", "d1", "d5"]
    assert sum("left out" in remark for remark in remarks) == 3
    assert list(done.documents["document"]) == ["d2", "d3", "d4", "d6", "d7", "d8"]
    for name in NAMES:
        (gold_folder.root / name / "body.txt").write_bytes(b"\xff")
    with pytest.raises(InputError, match="each of 9 documents has a fault"):
        run(corpus, ["baseline:all", "html-text"], tmp_path / "none")


@pytest.mark.usefixtures("in_shards")
def test_a_killed_run_goes_on_at_its_shard(
    corpus: str, outputs: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[list[str]] = []
    real = documents_run.run_documents

    def counted(folder: Path, plan: Any, snapshot: Any, *arguments: Any, **options: Any) -> Any:
        made.append(list(snapshot.pages))
        if len(made) == 3:
            raise KeyboardInterrupt
        return real(folder, plan, snapshot, *arguments, **options)

    monkeypatch.setattr(sharded_run, "run_documents", counted)
    # In this process.
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    with pytest.raises(KeyboardInterrupt):
        run(corpus, outputs, tmp_path / "out")
    assert made == [["d0", "d1"], ["d2", "d3"], ["d4", "d5"]]
    resumed = run(corpus, outputs, tmp_path / "out")
    assert made[3:] == [["d4", "d5"], ["d6", "d7"], ["d8"]]
    assert len(resumed.documents) == 9
    # Of other outputs, or of pages that have changed, nothing is taken.
    made[:] = [[], [], []]
    run(corpus, outputs, tmp_path / "out", seed=1)
    assert len(made) == 3 + 5


@pytest.mark.usefixtures("in_shards")
def test_a_large_run_is_packed_and_read_like_any_other(
    corpus: str, outputs: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow")
    plain = run(corpus, outputs, tmp_path / "plain")
    tables = {name: getattr(plain, name) for name in ("scores", "extractions", "documents", "leaderboard")}
    texts = list(plain.texts())
    monkeypatch.setattr(packing, "LARGE_OUTPUTS", 1)
    packed = run(corpus, outputs, tmp_path / "packed")
    assert sorted(entry.name for entry in packed.folder.iterdir()) == [
        *("errors.jsonl", "leaderboard.csv", "provenance.json", "run.json", "shards")
    ]
    for name, table in tables.items():
        pd.testing.assert_frame_equal(getattr(packed, name), table, check_dtype=False)
    assert list(packed.texts()) == texts
    shards = [run(corpus, outputs, tmp_path / "shards", shard=f"{index}/2") for index in (1, 2)]
    merged = boilerbench.merge(shards, out=tmp_path / "merged")
    assert contents(merged.folder) == contents(packed.folder)
    again = boilerbench.score(packed)
    assert contents(again.folder) == contents(merged.folder)


def test_packed_tables_that_somebody_has_damaged(
    corpus: str, outputs: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.setattr(packing, "LARGE_OUTPUTS", 1)
    packed = run(corpus, outputs, tmp_path / "packed")
    part = packed.folder / "shards" / "scores-00000.parquet"
    content = part.read_bytes()
    part.write_bytes(content[:-20])
    with pytest.raises(InputError, match=r"scores-00000\.parquet: cannot be read"):
        _ = boilerbench.load_run(packed.folder).scores

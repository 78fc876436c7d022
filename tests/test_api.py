"""The public API: what ``import boilerbench`` offers, and that it costs nothing until it is used."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import boilerbench
from boilerbench.errors import InputError
from tests.conftest import GoldFolder

PUBLIC = {
    *("run", "score", "report", "compare", "gate", "leaderboard", "load_run", "merge"),
    *("Run", "Corpus", "Measure", "InputError", "__version__"),
}
HEAVY = {"click", "icu4py", "justhtml", "numpy", "pandas", "plotly", "requests", "rich", "uv"}


def in_a_new_python(code: str) -> str:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_dir_shows_the_public_names_and_no_others() -> None:
    assert set(dir(boilerbench)) == PUBLIC == set(boilerbench.__all__)
    # Also once modules of the package have been imported, which makes them attributes of it.
    code = "import boilerbench, json; boilerbench.run; print(json.dumps(dir(boilerbench)))"
    assert set(json.loads(in_a_new_python(code))) == PUBLIC


def test_importing_it_imports_nothing_heavy() -> None:
    code = "import boilerbench, sys, json; print(json.dumps(sorted(sys.modules)))"
    modules = set(json.loads(in_a_new_python(code)))
    assert not modules & HEAVY
    assert {name for name in modules if name.startswith("boilerbench.")} == set()


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_every_public_name_is_there_and_documented(name: str) -> None:
    value = getattr(boilerbench, name)
    if name == "__version__":
        assert value == version("boilerbench")
    else:
        assert value.__doc__.strip()


def test_no_module_hides_a_public_name() -> None:
    package = Path(boilerbench.__file__).parent
    assert not {entry.stem for entry in package.iterdir() if not entry.stem.startswith("__")} & PUBLIC


def test_a_name_that_is_not_there() -> None:
    with pytest.raises(AttributeError, match="module 'boilerbench' has no attribute 'benchmark'"):
        _ = boilerbench.benchmark


@pytest.fixture
def gold(gold_folder: GoldFolder) -> str:
    gold_folder.add("one")
    gold_folder.add("two", document_toml='title = "B"\nlanguage = "de"\npage_type = "forum"\n')
    return f"gold:{gold_folder.root}"


def test_one_or_a_list(gold: str, tmp_path: Path) -> None:
    single = boilerbench.run(gold, "html-text", "words", out=tmp_path / "one")
    listed = boilerbench.run(gold, ["html-text"], ["words"], out=tmp_path / "two")
    assert single.info == listed.info
    assert single.scores.equals(listed.scores)
    assert boilerbench.score(single, "exact").info.measure_names == ("exact",)
    assert boilerbench.score(single.folder, ["exact", "words"]).info.measure_names == ("exact", "words")
    # The run at hand is the one from before it was scored again; its folder has the new tables.
    assert boilerbench.load_run(single).info.measure_names == ("exact", "words")
    assert (boilerbench.report(single) / "index.html").exists()


def test_a_leaderboard_is_a_table_with_its_measure(gold: str, tmp_path: Path) -> None:
    run = boilerbench.run(gold, "html-text", ["words", "shingles"], out=tmp_path / "runs")
    whole = boilerbench.leaderboard(run)
    assert list(zip(whole["measure"], whole["average"], strict=True)) == [
        ("words", "mean"),
        ("shingles", "mean"),
        ("shingles", "zyte"),
    ]
    for folder_or_run in (run, run.folder, str(run.folder)):
        words = boilerbench.leaderboard(folder_or_run, "words")
        assert words["measure"].tolist() == ["words"]
    assert boilerbench.leaderboard(run, ["shingles"], "zyte")["average"].tolist() == ["zyte"]
    with pytest.raises(InputError, match="not scored by exact but by words, shingles"):
        boilerbench.leaderboard(run, "exact")
    with pytest.raises(InputError, match="words is not averaged as zyte; there is mean"):
        boilerbench.leaderboard(run, average="zyte")


def test_a_leaderboard_by_kind_of_document(gold: str, gold_folder: GoldFolder, tmp_path: Path) -> None:
    run = boilerbench.run(gold, "html-text", ["words", "exact"], out=tmp_path / "runs")
    table = boilerbench.leaderboard(run, "words", by="language")
    assert table[["group", "extractor", "measure", "documents"]].to_numpy().tolist() == [
        ["de", "html-text", "words", 1],
        ["en", "html-text", "words", 1],
    ]
    assert table["version"].tolist() == [run.info.extractors[0].version] * 2
    # Of the words "Home The body of one." four of five are gold, and all of gold is there.
    assert table["precision"].tolist() == pytest.approx([0.8, 0.8])
    gold_folder.add("three", document_toml='title = "C"\nlanguage = "de-AT"\npage_type = "forum"\n')
    run = boilerbench.run(gold, "html-text", "words", out=tmp_path / "runs")
    assert boilerbench.leaderboard(run, by="language")["group"].tolist() == ["de", "de-AT", "en"]
    joined = boilerbench.leaderboard(run, by="language", join_languages=True)
    assert joined[["group", "documents"]].to_numpy().tolist() == [["de", 2], ["en", 1]]
    hard = boilerbench.leaderboard(run, "words", by="difficulty")
    assert hard["documents"].sum() == 3

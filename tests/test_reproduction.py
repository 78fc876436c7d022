"""A run made again, here and from an index on loopback, and what is said where something differs."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

import boilerbench
from boilerbench.errors import InputError
from boilerbench.reproduction import reproduce
from boilerbench.results import Run, write_info
from tests.conftest import Command, GoldFolder
from tests.runner.index import Index, wheel

TOOL = """
import helper
def extract(page, *, deep=False):
    return helper.word()
"""


@pytest.fixture
def corpus(gold_folder: GoldFolder) -> str:
    for name in ("one", "two", "three"):
        gold_folder.add(name)
    return f"gold:{gold_folder.root}"


def add(index: Index, name: str, version: str, source: str, *requires: str, day: str = "01") -> None:
    index.add(name, version, wheel(name, version, source, requires), f"2024-01-{day}T00:00:00Z")


def test_a_run_says_what_its_extractors_ran_with(corpus: str, tmp_path: Path) -> None:
    run = boilerbench.run(corpus, "html-text", out=tmp_path / "out")
    (info,) = run.info.extractors
    environment = run.info.environments[info.environment]
    packages = {package.name: package for package in environment.packages}
    # html-text requires lxml, and boilerbench's own packages are not among them.
    assert {"html-text", "lxml"} <= packages.keys()
    assert "boilerbench" not in packages
    assert packages["html-text"].version == info.version
    assert packages["lxml"].digest.startswith("sha256:")
    assert "://" not in (run.folder / "run.json").read_text()


def test_a_run_comes_out_alike(command: Command, corpus: str, tmp_path: Path) -> None:
    run = boilerbench.run(corpus, ["html-text", "inscriptis"], out=tmp_path / "out", documents=["one", "two"])
    answer = command("reproduce", run.folder, "--out", tmp_path / "again")
    assert answer.code == 0
    assert "2 extractors run again on 2 documents, all came out alike." in " ".join(answer.out.split())
    assert "differently" not in answer.out
    first, second = (
        json.loads((folder / "run.json").read_text()) for folder in (run.folder, tmp_path / "again" / "small")
    )
    assert first == second


def test_packages_are_installed_as_the_run_names_them(index: Index, corpus: str, tmp_path: Path) -> None:
    add(index, "trafilatura", "0.9", TOOL, "helper")
    add(index, "helper", "1.0", "def word(): return 'The body'")
    cache = tmp_path / "first"
    run = boilerbench.run(corpus, "trafilatura@0.9", "words", out=tmp_path / "out", cache=cache)
    # Uploaded on the same day as the others: a date alone would choose it.
    add(index, "helper", "2.0", "def word(): return 'nothing'")
    result = reproduce(run, out=tmp_path / "again", cache=tmp_path / "second")
    assert (result.inputs, result.outcomes, dict(result.left_out)) == ((), (), {})
    assert result.same
    (environment,) = result.second.info.environments.values()
    assert [(each.name, each.version) for each in environment.packages] == [
        ("helper", "1.0"),
        ("trafilatura", "0.9"),
    ]


def test_what_differs_is_said(index: Index, corpus: str, gold_folder: GoldFolder, tmp_path: Path) -> None:
    add(index, "trafilatura", "0.9", TOOL, "helper")
    add(index, "helper", "1.0", "def word(): return 'The body of'")
    add(index, "helper", "0.5", "def word(): return ''")
    run = boilerbench.run(corpus, "trafilatura@0.9", "words", out=tmp_path / "out", cache=tmp_path / "first")
    info = run.info
    (key,) = info.environments
    older = [
        dataclasses.replace(package, version="0.5") if package.name == "helper" else package
        for package in info.environments[key].packages
    ]
    changed = dataclasses.replace(info.environments[key], packages=tuple(older), runtime_version="3.11.0")
    write_info(run.folder, dataclasses.replace(info, environments={key: changed}))
    (gold_folder.root / "two" / "body.txt").write_text("Another body.\n")
    (gold_folder.root / "two" / "page.html").write_text("<p>Another body.</p>")
    result = reproduce(run.folder, out=tmp_path / "again", cache=tmp_path / "first")
    assert not result.same
    assert any(line.startswith("the corpus: sha256:") and "pages included" in line for line in result.inputs)
    assert any("helper 0.5 of another build" in line for line in result.inputs)
    assert result.outcomes[0] == "trafilatura@0.9: outcomes 3 ok then, 3 empty now"
    # Three words of four were found in each of three documents: precision 1, recall 3/4, F1 6/7.
    assert result.outcomes[1].startswith(
        "trafilatura@0.9, words: 3 of 3 documents, mean F1 85.71 then, 0.00 now; widest on "
    )


def test_stored_outputs_cannot_be_made_again(corpus: str, tmp_path: Path) -> None:
    (tmp_path / "mine.json").write_text(json.dumps({"one": "The body of one."}))
    run = boilerbench.run(corpus, ["html-text", f"file:{tmp_path}/mine.json"], out=tmp_path / "out")
    result = reproduce(run, out=tmp_path / "again")
    assert list(result.left_out) == ["mine"]
    assert result.outcomes == ()
    assert not result.same
    alone = boilerbench.run(corpus, f"file:{tmp_path}/mine.json", out=tmp_path / "alone")
    with pytest.raises(InputError, match="nothing can be run again"):
        reproduce(alone, out=tmp_path / "again")


def test_a_run_that_names_no_packages_has_its_versions_as_of_its_date(
    index: Index, corpus: str, tmp_path: Path
) -> None:
    add(index, "trafilatura", "0.9", TOOL, "helper")
    add(index, "helper", "1.0", "def word(): return 'The body'")
    run = boilerbench.run(corpus, "trafilatura@0.9", out=tmp_path / "out", cache=tmp_path / "cache")
    extractors = [dataclasses.replace(info, environment="") for info in run.info.extractors]
    info = dataclasses.replace(run.info, extractors=tuple(extractors), environments={})
    write_info(run.folder, info)
    result = reproduce(Run(run.folder, info), out=tmp_path / "again", cache=tmp_path / "cache")
    assert result.same
    assert [each.name for each in result.second.info.extractors] == ["trafilatura@0.9"]

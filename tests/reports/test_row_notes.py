"""Notes below a leaderboard about single rows."""

from __future__ import annotations

from pathlib import Path

import pytest

import boilerbench
from boilerbench.extractors import ADAPTERS
from boilerbench.extractors.adapter import constants
from boilerbench.extractors.spec import parse
from boilerbench.reports.row_notes import caution_of, row_notes
from tests.conftest import GoldFolder


@pytest.mark.parametrize(
    ("extractor", "languages", "about"),
    [
        ("trafilatura", {"en"}, "comments"),
        ("trafilatura@1.12.2?favor_recall=true", {"en"}, "comments"),
        ("trafilatura?include_comments=false", {"en"}, ""),
        ("boilerpy3", {"en", "ja"}, "Japanese"),
        ("boilerpy3", {"en", "fr", ""}, ""),
        ("html-text", {"zh"}, ""),
        ("cmd:./trafilatura", {"en"}, ""),
        ("somebody's outputs", {"en"}, ""),
    ],
)
def test_a_default_that_does_not_fit_is_said_where_it_applies(
    extractor: str, languages: set[str], about: str
) -> None:
    caution = caution_of(extractor, languages)
    assert (about in caution) if about else not caution


@pytest.mark.parametrize("name", list(ADAPTERS))
def test_a_caution_follows_a_name_and_names_options(name: str) -> None:
    facts = constants(ADAPTERS.load(name))
    if "CAUTION" not in facts:
        assert not {"CAUTION_UNLESS", "CAUTION_LANGUAGES"} & facts.keys()
        return
    assert facts["CAUTION"][0].islower()
    assert not facts["CAUTION"].endswith(".")
    for option in facts.get("CAUTION_UNLESS", ()):
        assert parse(f"{name}?{option}=false")
        assert not caution_of(f"{name}?{option}=false", {"en"})


def test_notes_of_a_run(gold_folder: GoldFolder, tmp_path: Path) -> None:
    gold_folder.add("one")
    run = boilerbench.run(
        f"gold:{gold_folder.root}",
        ["trafilatura", "boilerpy3", "baseline:middle"],
        ["words"],
        out=tmp_path / "runs",
    )
    lines = row_notes(boilerbench.score(run.folder, references=["block-search"]))
    assert [line.partition(" ")[0] for line in lines] == ["trafilatura:", "baseline:", "block-search:"]
    assert "under words" in lines[-1]
    assert lines[-1].endswith(". It does not compete.")

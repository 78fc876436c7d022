"""``boilerbench leaderboard --published`` as a person meets it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import boilerbench
from tests.conftest import Command, write_aeb, write_wcxb

PAGE = ("<nav>Home</nav><p>The harbour library opened its doors on Monday.</p>", "The harbour library opened")


@pytest.fixture
def run(tmp_path: Path) -> Path:
    corpus = write_aeb(tmp_path / "aeb", {"a1": PAGE, "b2": PAGE})
    return boilerbench.run(f"aeb:{corpus}", ["html-text", "resiliparse"], out=tmp_path / "out").folder


def test_the_table_says_where_its_figures_are_from(command: Command, run: Path) -> None:
    answer = command("leaderboard", run, "--published")
    assert answer.code == 0
    assert max(map(len, answer.out.splitlines())) <= 80
    said = " ".join(answer.out.split())
    assert "Extractor Version Published at F1 Published F1 Diff. 95 % of diff." in said
    assert "article-extraction-benchmark, README, its tables of results, March 2026, 181 documents" in said
    assert "This run has 2 documents, the published figures are of 181" in said
    assert "0.7.0" in said
    assert "resiliparse" in said
    assert "Published, but not in this run: rs_trafilatura 97.0, AutoExtract 97.0," in said


def test_every_format_has_the_published_figures(command: Command, run: Path) -> None:
    table = list(csv.DictReader(io.StringIO(command("leaderboard", run, "--published", "-f", "csv").out)))
    records = json.loads(command("leaderboard", run, "--published", "-f", "json").out)
    assert [row["extractor"] for row in table] == [row["extractor"] for row in records]
    (mine,) = (row for row in records if row["extractor"] == "html-text")
    assert (mine["published_f1"], mine["published_version"], mine["documents"]) == (0.665, "0.7.0", 2)
    (theirs,) = (row for row in records if row["published_name"] == "Diffbot")
    assert (theirs["extractor"], theirs["f1"], theirs["published_f1"]) == ("", None, 0.951)
    for kind, mark in (
        ("markdown", "- Published: "),
        ("latex", ". Published: article-extraction"),
    ):
        text = command("leaderboard", run, "--published", "-f", kind).out
        assert any("html-text" in line and "66.5" in line for line in text.splitlines())
        assert mark in text


def test_what_cannot_be_shown_is_one_line(command: Command, run: Path, tmp_path: Path) -> None:
    answer = command("leaderboard", run, "--published", "--by", "page_type")
    assert (answer.code, answer.err) == (
        2,
        "boilerbench: published figures are of whole corpora; leave out --by and --average, or --published\n",
    )
    corpus = f"wcxb:{write_wcxb(tmp_path / 'wcxb' / 'mine', {'0001': (*PAGE, 'article')})}"
    other = boilerbench.run(corpus, ["html-text"], out=tmp_path / "out").folder
    answer = command("leaderboard", other, "--published")
    assert answer.code == 2
    assert "no published figures of wcxb-mine; there are of aeb, wcxb-dev, wcxb-test," in answer.err

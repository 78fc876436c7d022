"""Outputs larger than can be judged: scored as empty by the measure alone, and told everywhere."""

from __future__ import annotations

import base64
import gzip
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import boilerbench
from boilerbench.judgement import gate
from boilerbench.measures import MEASURES, bounds, make_measure
from boilerbench.records import Block, Gold, Page
from boilerbench.reports.leaderboards import boards
from boilerbench.results import UNSCORABLE_FILE, Run
from tests.conftest import Command, GoldFolder

BODY = "The ferry leaves at nine."
LARGE = f"{BODY} {'word ' * 50}"
GOLD = Gold(
    BODY,
    must_have=("ferry",),
    must_not_have=("share",),
    has_segments=True,
    blocks=(Block(BODY, "paragraph"),),
    page=Page(f"<p>{BODY}</p>".encode()),
)


@pytest.fixture
def _small_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_BYTES", 200)


@pytest.mark.usefixtures("_small_bound")
@pytest.mark.parametrize("name", list(MEASURES))
def test_every_measure_counts_what_is_too_large_as_empty(name: str) -> None:
    measure = make_measure(name, "icu")
    expected = measure.prepare(GOLD)
    found = measure.judge(expected, LARGE)
    assert found.unscorable
    assert replace(found, unscorable="") == measure.judge(expected, "")
    assert not measure.judge(expected, BODY).unscorable


def test_size_is_in_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_BYTES", 6)
    bounds.check_size("六六")
    with pytest.raises(bounds.UnscorableError):
        bounds.check_size("六六a")


@pytest.mark.parametrize("name", ["lcs", "wer", "rouge-lsum", "rouge-lsum-fundus"])
def test_what_is_aligned_is_bounded_by_gold_as_well(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_CELLS", 5 * 6)
    measure = make_measure(name, "plain")
    expected = measure.prepare(Gold("the ferry leaves at nine"))
    assert not measure.judge(expected, "the ferry leaves at ten nine").unscorable
    assert measure.judge(expected, "the ferry leaves at the ferry nine").unscorable
    # Few different words take few bit vectors.
    monkeypatch.setattr(bounds, "MOST_MASKS", 4)
    assert measure.judge(expected, "the ferry leaves").unscorable


@pytest.fixture
def runs(gold_folder: GoldFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Run, Run]:
    """A run in which ``tool`` returned too much for ``one``, and one in which it did not."""
    gold_folder.add("one", body_txt=BODY)
    gold_folder.add("two", body_txt=BODY)
    made = []
    for folder, text in (("new", LARGE), ("old", BODY)):
        file = tmp_path / "tool.json"
        file.write_text(json.dumps({"one": text, "two": BODY}))
        with monkeypatch.context() as patch:
            patch.setattr(bounds, "MOST_BYTES", 200)
            run = boilerbench.run(
                *(f"gold:{gold_folder.root}", [f"file:{file}"], ["words", "lcs"]), out=tmp_path / folder
            )
        made.append(run)
    return made[0], made[1]


def test_a_run_keeps_what_was_unscorable(runs: tuple[Run, Run]) -> None:
    new, old = runs
    scores = new.scores.set_index(["measure", "document"])["f1"]
    assert scores.to_dict() == {
        ("words", "one"): 0,
        ("lcs", "one"): 0,
        ("words", "two"): 1,
        ("lcs", "two"): 1,
    }
    rows = new.unscorable.to_dict("records")
    assert [(row["document"], row["extractor"], row["measure"]) for row in rows] == [
        ("one", "tool", "words"),
        ("one", "tool", "lcs"),
    ]
    assert new.leaderboard["unscorable"].tolist() == [1, 1]
    assert not (old.folder / UNSCORABLE_FILE).exists()
    assert old.leaderboard["unscorable"].tolist() == [0, 0]


def test_a_leaderboard_counts_what_was_unscorable(runs: tuple[Run, Run]) -> None:
    new, old = (dict(columns(run)) for run in runs)
    assert new["Unscorable"] == "1"
    assert "Unscorable" not in old


def columns(run: Run) -> list[tuple[str, str]]:
    board = next(boards(run.leaderboard, run.info.measures))
    return list(zip(board.columns, board.rows[0], strict=True))


def test_the_command_line_tells_what_was_unscorable(command: Command, runs: tuple[Run, Run]) -> None:
    new, _ = runs
    for answer in (command("leaderboard", new.folder), command("show", new.folder, "one", "tool")):
        assert answer.code == 0
        assert "unscorable, scored as empty" in " ".join(answer.out.split())


def test_the_gate_counts_what_became_unscorable_as_a_failure(runs: tuple[Run, Run]) -> None:
    new, old = runs
    (gated,) = gate(new, old).extractors
    assert [(failure.document, failure.status) for failure in gated.new_failures] == [("one", "unscorable")]
    (same,) = gate(new, new).extractors
    assert same.new_failures == ()


def test_the_report_tells_what_was_unscorable(command: Command, runs: tuple[Run, Run]) -> None:
    new, old = runs
    for shown in ((new.folder,), (new.folder, old.folder)):
        answer = command("report", *shown, "--out", new.folder.parent / f"report-{len(shown)}")
        assert answer.code == 0, answer.err
    folder = new.folder.parent / "report-1"
    assert "unscorable, scored as empty" in (folder / "index.html").read_text()
    (reasons,) = {
        tuple(extraction["unscorable"])
        for file in sorted((folder / "documents").glob("*.js"))
        for extraction in unpacked(file)["extractions"]
        if extraction["unscorable"]
    }
    assert reasons == ("lcs", "words")


def unpacked(file: Path) -> dict[str, Any]:
    """A document's file, as the report's scripts read it."""
    packed = file.read_text().partition(',"')[2].rpartition('"')[0]
    content: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(packed)))
    return content

"""A run into the folder of another: what is kept, what is added, what is said to be gone."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import boilerbench
from boilerbench.errors import InputError
from boilerbench.results import Run
from tests.conftest import Command, GoldFolder


@pytest.fixture
def corpus(gold_folder: GoldFolder) -> str:
    for name in ("one", "two", "three"):
        gold_folder.add(name)
    return f"gold:{gold_folder.root}"


def without_times(table: pd.DataFrame) -> pd.DataFrame:
    times = [*("seconds", "peak_mb", "timed"), *("ms_median", "ms_p95")]
    return table.drop(columns=[name for name in times if name in table.columns])


def assert_alike(first: Run, second: Run) -> None:
    assert first.info == second.info
    assert list(first.texts()) == list(second.texts())
    for name in ("scores", "extractions", "leaderboard", "documents"):
        one, other = (without_times(getattr(run, name)) for run in (first, second))
        pd.testing.assert_frame_equal(one, other)


def test_an_added_extractor_makes_the_run_that_both_together_make(corpus: str, tmp_path: Path) -> None:
    boilerbench.run(corpus, "html-text", "words", out=tmp_path / "a", cache=tmp_path / "first")
    # Another cache: what the first run extracted can only come from the run itself.
    cache = tmp_path / "second"
    added = boilerbench.run(corpus, "inscriptis", out=tmp_path / "a", add=True, cache=cache)
    together = boilerbench.run(corpus, ["html-text", "inscriptis"], "words", out=tmp_path / "b", cache=cache)
    assert_alike(added, together)
    timed = dict(zip(added.leaderboard["extractor"], added.leaderboard["timed"], strict=True))
    assert timed == {"html-text": "earlier", "inscriptis": "now"}


def test_the_same_extractor_is_made_again(corpus: str, tmp_path: Path) -> None:
    before = boilerbench.run(corpus, "html-text", out=tmp_path / "out")
    again = boilerbench.run(corpus, "html-text", out=tmp_path / "out", add=True)
    assert_alike(before, again)


def test_only_the_documents_of_the_run_are_added_to(corpus: str, tmp_path: Path) -> None:
    boilerbench.run(corpus, "html-text", documents=["one", "three"], out=tmp_path / "out")
    run = boilerbench.run(corpus, "inscriptis", out=tmp_path / "out", add=True)
    assert list(run.documents["document"]) == ["one", "three"]


def test_pages_that_have_changed_are_not_mixed(corpus: str, gold_folder: GoldFolder, tmp_path: Path) -> None:
    boilerbench.run(corpus, "html-text", out=tmp_path / "out")
    page = gold_folder.root / "one" / "page.html"
    page.write_text(page.read_text().replace("Home", "Start"))
    with pytest.raises(InputError, match=r"pages of gold:.* have changed since"):
        boilerbench.run(corpus, "inscriptis", out=tmp_path / "out", add=True)


def test_there_must_be_a_run_to_add_to(corpus: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        boilerbench.run(corpus, "html-text", out=tmp_path / "out", add=True)


def test_what_a_run_takes_away_is_said(command: Command, corpus: str, tmp_path: Path) -> None:
    common = ("run", "-c", corpus, "--out", tmp_path / "out")
    assert command(*common, "-e", "html-text", "-e", "inscriptis").err == ""
    gone = command(*common, "-e", "html-text", "--limit", "2")
    assert gone.code == 0
    assert gone.err == (
        f"boilerbench: {tmp_path / 'out' / 'small'} had the rows of inscriptis and 1 of 3 documents, "
        "which this run replaces\n"
    )
    assert command(*common, "-e", "inscriptis", "--add").err == ""


def test_what_a_run_did_not_make_stays(corpus: str, tmp_path: Path) -> None:
    run = boilerbench.run(corpus, "html-text", out=tmp_path / "out")
    report = boilerbench.report(run)
    (run.folder / "notes.md").write_text("Mine.")
    (run.folder / "labels.csv").write_text("of a measure that is not asked for now")
    run = boilerbench.run(corpus, "inscriptis", out=tmp_path / "out")
    assert (run.folder / "notes.md").read_text() == "Mine."
    assert (report / "index.html").exists()
    assert not (run.folder / "labels.csv").exists()
    boilerbench.score(run, "lcs")
    assert (run.folder / "notes.md").read_text() == "Mine."


def test_a_comparison_does_not_take_the_place_of_a_report(corpus: str, tmp_path: Path) -> None:
    runs = [boilerbench.run(corpus, "html-text", out=tmp_path / name) for name in ("old", "new")]
    own, both = boilerbench.report(runs[0]), boilerbench.report(*runs)
    assert own.name == "report"
    assert both.name == "report-small"
    assert own.is_dir()

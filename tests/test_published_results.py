"""The results that are committed: whole, figures following from scores, and as the README has them."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pandas as pd
import pytest

from boilerbench.corpora import open_corpus
from boilerbench.corpora.base import corpus_digest, document_digest
from boilerbench.page_structure import Kind
from boilerbench.results import load_run
from boilerbench.stats import leaderboard
from tests.conftest import Command

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = {
    "gold": 92,
    "gold-tools": 92,
    "gold-modes": 92,
    "aeb": 181,
    "trafilatura": 990,
    "wcxb-dev": 1_497,
    "wcxb-dev-sample": 100,
    "readability": 130,
    "fundus": 80,
    "overlays/gold": 92,
    "overlays/aeb-own": 25,
    "overlays/trafilatura-own": 25,
    "overlays/wcxb-dev-own": 70,
}
FILES = {"run.json", "provenance.json", "scores.csv", "leaderboard.csv", "documents.csv"}
LABELLED = {"overlays/gold", "overlays/aeb-own", "overlays/trafilatura-own", "overlays/wcxb-dev-own"}
MORE = {"gold-modes": {"structure.csv"}} | {name: {"labels.csv"} for name in LABELLED}
"""What some have beside these files."""


def files_of(name: str) -> list[str]:
    return sorted(FILES | MORE.get(name, set()))


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """They as they are committed: a run of one's own may have taken the place of any in the checkout."""
    there = [f"results/{name}/{file}" for name in DOCUMENTS for file in files_of(name)]
    if not (ROOT / ".git").exists():
        return ROOT / "results"
    copy = tmp_path_factory.mktemp("committed")
    subprocess.run(["git", "checkout-index", f"--prefix={copy}/", *there], cwd=ROOT, check=True)
    return copy / "results"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_they_are_whole(results: Path, name: str) -> None:
    run = load_run(results / name)
    assert run.info.corpus.documents == DOCUMENTS[name] == len(run.documents)
    assert run.info.unavailable == {}
    assert run.info.left_out == {}
    assert not Path(run.info.corpus.spec.partition(":")[2]).is_absolute()
    rows = len(run.info.extractors) + len(run.info.references)
    board = run.leaderboard.drop_duplicates(["extractor", "measure"])
    assert set(board["documents"] + board["unscored"]) == {DOCUMENTS[name]}
    assert len(board) == rows * len(run.info.measures)
    assert len(run.scores) == board["documents"].sum()
    if "labels.csv" in files_of(name):
        assert set(run.labels["extractor"]) == set(run.scores["extractor"])
    assert sum(sum(counts.values()) for counts in run.info.counts.values()) == DOCUMENTS[name] * len(
        run.info.extractors
    )


@pytest.mark.parametrize("name", DOCUMENTS)
def test_figures_follow_from_scores(results: Path, name: str) -> None:
    """The leaderboard's own figures, made anew from scores.csv, without intervals, which take longer."""
    run = load_run(results / name)
    scores = run.scores
    facts = pd.DataFrame(
        {
            "document": scores["document"],
            "extractor": scores["extractor"],
            "version": "",
            "status": "ok",
            "seconds": float("nan"),
            "timed": "now",
        }
    ).drop_duplicates(["document", "extractor"])
    averages = {measure.name: measure.averages for measure in run.info.measures}
    board = leaderboard(scores, facts, averages, resamples=1)
    columns = ["measure", "average", "extractor", "documents", "f1", "precision", "recall"]
    made, committed = (table[columns].reset_index(drop=True) for table in (board, run.leaderboard))
    pd.testing.assert_frame_equal(made, committed, check_dtype=False, rtol=0, atol=1e-6)


def test_structure_adds_up_to_the_scores(results: Path) -> None:
    """The counts of the seven kinds are those of the measure."""
    run = load_run(results / "gold-modes")
    kinds = run.structure[run.structure["aspect"].isin(list(Kind))]
    sums = kinds.groupby(["document", "extractor"])[["kept", "invented", "lost"]].sum()
    scores = run.scores[run.scores["measure"] == "structure"].set_index(["document", "extractor"])
    counts = scores[["tp", "fp", "fn"]]
    counts = counts[counts.sum(axis=1) > 0].sort_index()
    sums = sums[sums.sum(axis=1) > 0].sort_index()
    assert sums.index.equals(counts.index)
    assert (sums.to_numpy() == counts.to_numpy()).all()


def test_gold_has_not_changed_since(results: Path) -> None:
    gold = open_corpus("gold")
    digest = corpus_digest({document.id: document_digest(document) for document in gold.documents()})
    for name in ("gold", "gold-tools", "gold-modes", "overlays/gold"):
        assert load_run(results / name).info.corpus.digest == digest


def test_the_readme_s_table_is_what_its_command_prints(command: Command, results: Path) -> None:
    found = re.search(r"<!-- (boilerbench leaderboard .*?) -->\n\n(.*?)\n\n<!-- end -->", README, re.DOTALL)
    assert found
    arguments = [
        results.parent / part if part.startswith("results/") else part for part in shlex.split(found[1])[1:]
    ]
    assert command(*arguments).out.strip() == found[2]

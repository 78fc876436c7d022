"""A corpus that is no gold folder brings findings and reference outputs, as a plug-in may."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import boilerbench
from boilerbench.corpora import open_corpus
from boilerbench.corpora.base import Corpus, Finding
from boilerbench.corpora.jsonl import JsonLinesCorpus
from boilerbench.corpora.snapshot import sound_snapshot
from boilerbench.errors import InputError
from boilerbench.policy import Policy
from boilerbench.progress import Silent
from tests.corpora.writing import write_rows

ROWS = [
    {"id": name, "html": f"<p>{body}</p>", "body": body}
    for name, body in (("a", "One two three four."), ("b", "Five six."), ("c", "Seven eight nine."))
]


class Suspicious(JsonLinesCorpus):
    """Has something to say against one document, and a second opinion on each."""

    def findings(self, document: str) -> Sequence[Finding]:
        faults = ["is too short", "is too plain"] if document == "b" else []
        return [Finding(document, "rows.jsonl", 2, fault) for fault in faults]

    def reference_outputs(self, policy: Policy) -> dict[str, dict[str, str]]:
        return {"second-opinion": {"a": "One two", "b": "", "c": policy.name}}


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Suspicious.open(str(write_rows(tmp_path / "rows.jsonl", ROWS)))


def test_documents_with_findings_are_left_out_with_the_first(corpus: Corpus) -> None:
    remarks: list[str] = []
    snapshot, left_out = sound_snapshot(corpus, corpus.ids(), remarks.append, Silent())
    assert list(snapshot.pages) == list(snapshot.wholes) == ["a", "c"]
    assert left_out == {"b": "b: rows.jsonl, row 2: is too short"}
    assert remarks == ["left out: b: rows.jsonl, row 2: is too short (and 1 more)"]


def test_nothing_is_left(corpus: Corpus) -> None:
    with pytest.raises(InputError, match=r"^b: rows.jsonl, row 2: is too short$"):
        sound_snapshot(corpus, ["b"], lambda _: None, Silent())


def test_nothing_is_left_of_many(tmp_path: Path) -> None:
    rows = [{"id": name, "body": "One."} for name in ("a", "b")]
    corpus = open_corpus(f"jsonl:{write_rows(tmp_path / 'rows.jsonl', rows)}")
    with pytest.raises(InputError, match=r"each of 2 documents has a fault, as a: rows.jsonl, line 1: not"):
        sound_snapshot(corpus, corpus.ids(), print, Silent())


def test_reference_outputs_are_a_row_of_the_run(corpus: Corpus, tmp_path: Path) -> None:
    run = boilerbench.run(corpus, measures=["words"], out=tmp_path / "out", cache=tmp_path / "cache")
    scores = run.scores.set_index(["extractor", "document"])["recall"]
    assert scores["second-opinion"].to_dict() == {"a": 0.5, "c": 0}
    board = run.leaderboard
    assert "second-opinion" in list(board["extractor"])

"""Versions of boilerbench's own gold: names of digests, in its changelog and in all that a run says."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import pytest

import boilerbench
from boilerbench.corpora import gold_versions as module
from boilerbench.corpora import open_corpus
from boilerbench.corpora.base import corpus_digest, document_digest
from boilerbench.corpora.gold_files import own_gold
from boilerbench.corpora.gold_versions import gold_versions
from boilerbench.errors import InputError
from boilerbench.reports.citation import bibtex
from boilerbench.reports.cross_corpus import what_it_shows
from boilerbench.reports.html.write import about
from boilerbench.reports.inputs import of_runs
from boilerbench.reports.terminal import headline
from boilerbench.results import Run, load_run
from tests.conftest import GoldFolder


def test_the_last_version_has_the_documents_that_are_there() -> None:
    gold = open_corpus("gold")
    digest = corpus_digest({document.id: document_digest(document) for document in gold.documents()})
    last = list(gold_versions())[-1]
    assert last == digest, "a document has changed: add a version to gold/versions.toml and gold/CHANGELOG.md"
    assert gold.version_of(digest) == gold_versions()[last]


def test_the_changelog_has_every_version_newest_first() -> None:
    text = (own_gold() / "CHANGELOG.md").read_text(encoding="utf-8")
    form = r"^## \[(gold@\d+)\] - 20\d\d-\d\d-\d\d\n\n(\d+) documents, `(sha256:[0-9a-f]{64})`$"
    entries = re.findall(form, text, re.MULTILINE)
    assert len(entries) == len(re.findall(r"^## ", text, re.MULTILINE))
    assert {digest: name for name, _, digest in reversed(entries)} == gold_versions()
    assert [name for name, _, _ in entries] == [f"gold@{number}" for number in range(len(entries), 0, -1)]
    assert int(entries[0][1]) == len(open_corpus("gold").ids())


@pytest.fixture
def named(gold_folder: GoldFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A run over two documents whose digest has the name small@7."""
    for name in ("one", "two"):
        gold_folder.add(name)
    corpus = open_corpus(f"gold:{gold_folder.root}")
    digest = corpus_digest({document.id: document_digest(document) for document in corpus.documents()})
    monkeypatch.setattr("boilerbench.corpora.gold.gold_versions", lambda: {digest: "small@7"})
    return boilerbench.run(corpus, ["html-text"], out=tmp_path / "out", jobs=1)


def test_the_name_stands_beside_the_digest(named: Run) -> None:
    digest = named.info.corpus.digest
    assert (
        json.loads((named.folder / "run.json").read_text(encoding="utf-8"))["corpus"]["version"] == "small@7"
    )
    assert headline(named).endswith(f"2 documents, small@7, {digest[:19]}")
    assert f"2 documents, small@7, {digest[:19]}, words|" in what_it_shows([named])[0]
    assert f"2 documents, small@7, {digest}" in bibtex(named)
    assert dict(about(of_runs([named])))["Digest"] == [f"small@7, {digest}"]


def test_a_part_or_a_changed_document_has_no_name(
    named: Run, gold_folder: GoldFolder, tmp_path: Path
) -> None:
    spec = f"gold:{gold_folder.root}"
    part = boilerbench.run(spec, ["html-text"], out=tmp_path / "part", limit=1, jobs=1)
    assert part.info.corpus.version == ""
    assert headline(part).endswith(f"1 document, {part.info.corpus.digest[:19]}")
    toml = gold_folder.root / "one" / "document.toml"
    toml.write_text(toml.read_text(encoding="utf-8") + 'source = "Elsewhere"\n', encoding="utf-8")
    assert boilerbench.score(named).info.corpus.version == ""


def test_a_run_from_before_there_were_names_is_read(named: Run) -> None:
    file = named.folder / "run.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    del content["corpus"]["version"]
    file.write_text(json.dumps(content), encoding="utf-8")
    run = load_run(named.folder)
    assert run.info.corpus == dataclasses.replace(named.info.corpus, version="")
    assert run.info.corpus.identity == run.info.corpus.digest


@pytest.mark.parametrize(
    ("content", "reason"),
    [("gold@1", "install boilerbench again"), ('"gold@1" = 1', "gold@1 is a number, not text")],
)
def test_a_damaged_list_of_versions_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, reason: str
) -> None:
    (tmp_path / "versions.toml").write_text(content)
    monkeypatch.setattr(module, "own_gold", lambda: tmp_path)
    with pytest.raises(InputError, match=rf"gold: versions.toml: .*{reason}"):
        gold_versions.__wrapped__()

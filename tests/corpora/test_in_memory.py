"""Documents in Python as a corpus."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import boilerbench
from boilerbench.corpora import CorpusLike, as_corpus, open_corpus
from boilerbench.corpora.in_memory import InMemoryCorpus
from boilerbench.errors import InputError
from boilerbench.records import Document, Gold, Metadata, Page
from tests.conftest import Command, GoldFolder

ROWS: list[dict[str, Any]] = [
    {
        "id": "b",
        "html": "<p>Four words in it.</p><p>Share</p>",
        "body": "Four words in it.",
        "language": "en",
    },
    {
        "id": "a",
        "html": "<p>Eins zwei drei.</p>".encode("utf-16"),
        "body": "Eins zwei drei.",
        "language": None,
    },
]
DOCUMENT = Document("d", Page(b"<p>One two.</p>"), Gold("One two."), Metadata(page_type="article"))


def test_a_frame_is_a_corpus(tmp_path: Path) -> None:
    run = boilerbench.run(pd.DataFrame(ROWS), "html-text", "words", out=tmp_path)
    assert run.folder == tmp_path / "in-memory"
    scores = run.scores.set_index("document")
    assert list(scores.index) == ["a", "b"]
    # "Four words in it Share": four of five words are gold. The other page has a mark of UTF-16.
    assert scores["precision"].to_dict() == pytest.approx({"a": 1, "b": 4 / 5})
    assert scores["recall"].to_dict() == {"a": 1, "b": 1}
    assert run.documents.set_index("document")["language"].to_dict() == {"a": "", "b": "en"}


def test_records_and_rows_are_the_same_corpus(tmp_path: Path) -> None:
    frame = pd.DataFrame([{"id": "d", "html": "<p>One two.</p>", "body": "One two.", "page_type": "article"}])
    givens: list[CorpusLike] = [frame, [DOCUMENT], iter([DOCUMENT])]
    runs = [
        boilerbench.run(given, "html-text", out=tmp_path / str(number)) for number, given in enumerate(givens)
    ]
    assert len({run.info.corpus.digest for run in runs}) == 1


def test_documents_of_another_corpus_are_scored_as_there(gold_folder: GoldFolder, tmp_path: Path) -> None:
    gold_folder.add("one", labels_tsv="navigation\tHome\nparagraph\tThe body of one.\n")
    gold_folder.add("two")
    spec = f"gold:{gold_folder.root}"
    there = boilerbench.run(spec, "html-text", ["words", "blocks"], out=tmp_path / "there")
    here = boilerbench.run(
        open_corpus(spec).documents(), "html-text", ["words", "blocks"], out=tmp_path / "here"
    )
    assert here.scores.equals(there.scores)
    assert here.info.corpus.digest == there.info.corpus.digest


def test_a_name_of_its_own(tmp_path: Path) -> None:
    run = boilerbench.run(InMemoryCorpus([DOCUMENT], name="mine"), "html-text", out=tmp_path)
    assert (run.folder.name, run.info.corpus.name, run.info.corpus.spec) == ("mine", "mine", "python:mine")
    for name in ("", "..", "a/b", "a\n"):
        with pytest.raises(InputError, match="cannot be that of a folder"):
            InMemoryCorpus([DOCUMENT], name=name)


def test_scoring_again_needs_the_documents(command: Command, tmp_path: Path) -> None:
    run = boilerbench.run(pd.DataFrame(ROWS), "html-text", "words", out=tmp_path)
    with pytest.raises(InputError, match="its corpus was documents in Python, which are not kept"):
        boilerbench.score(run, "exact")
    answer = command("score", run.folder)
    assert answer.code == 2
    assert "documents in Python" in answer.err
    scored = boilerbench.score(run, "exact", corpus=pd.DataFrame(ROWS))
    assert scored.info.measure_names == ("exact",)
    assert (boilerbench.report(scored, corpus=pd.DataFrame(ROWS)) / "index.html").exists()
    changed = [{**ROWS[0], "html": "<p>Other</p>"}, ROWS[1]]
    with pytest.raises(InputError, match="pages of python:in-memory have changed since"):
        boilerbench.score(run, corpus=pd.DataFrame(changed))


def test_whole_numbers_are_ids_and_missing_values_are_absent() -> None:
    corpus = as_corpus(
        pd.DataFrame({"id": [7], "html": [""], "body": [""], "url": [math.nan], "title": [pd.NA]})
    )
    assert list(corpus.ids()) == ["7"]
    assert corpus.document("7") == Document("7", Page(b""), Gold(""), Metadata())


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (
            pd.DataFrame(ROWS).drop(columns="body"),
            "the DataFrame has no column 'body'; it needs id, html, body",
        ),
        (pd.DataFrame([*ROWS, ROWS[0]]), "2 documents have the id 'b'"),
        ([DOCUMENT, DOCUMENT], "2 documents have the id 'd'"),
        (pd.DataFrame([{**ROWS[0], "html": 5}]), "b: html is int, not str or bytes"),
        (pd.DataFrame([{**ROWS[0], "body": None}]), "b: body is missing; it may be empty text"),
        (pd.DataFrame([{**ROWS[0], "body": ["x"]}]), "b: body is list, not str"),
        (pd.DataFrame([{**ROWS[0], "url": 1.5}]), "b: url is float, not str"),
        (pd.DataFrame([{**ROWS[0], "id": None}]), "row 0: id is NoneType, not str"),
        (pd.DataFrame([{**ROWS[0], "id": " b"}]), "row 0: id ' b' is empty, or has white space"),
        (pd.DataFrame([[1, 2]], columns=["id", "id"]), "no column 'html'"),
        (
            pd.DataFrame([["a", "", "", ""]], columns=["id", "html", "body", "body"]),
            "the DataFrame has 2 columns 'body'; keep one",
        ),
        (pd.DataFrame(ROWS[:0], columns=["id", "html", "body"]), "corpus in-memory: no documents; give"),
        ([], "corpus in-memory: no documents; give"),
        (ROWS, "document 0 is dict; give boilerbench.records.Document, or a DataFrame"),
        (5, "a corpus cannot be made of int; give"),
        (Path("gold"), "a corpus cannot be made of PosixPath; give"),
        (b"gold", "a corpus cannot be made of bytes; give"),
        ([Document("d", Page("text"), Gold(""), Metadata())], "d: page.content is str, not bytes"),  # type: ignore[arg-type]
    ],
)
def test_what_is_wrong_is_one_line(given: Any, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        boilerbench.run(given, "html-text")
    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)

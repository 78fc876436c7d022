"""article-extraction-benchmark's layout, small and broken, and the data set itself."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from boilerbench.corpora import open_corpus
from boilerbench.corpora.base import corpus_digest, document_digest
from boilerbench.errors import InputError
from tests.conftest import write_aeb
from tests.corpora.writing import read_whole

TWO = {"b2": ("<p>Two.</p>", "Two."), "a1": ("<p>One.</p>", "One.")}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_aeb(tmp_path / "aeb", TWO)


def test_documents_are_read(root: Path) -> None:
    corpus = open_corpus(f"aeb:{root}")
    assert corpus.ids() == ["a1", "b2"]
    assert corpus.name == "aeb"
    document = corpus.document("a1")
    assert document.page.content == b"<p>One.</p>"
    assert document.page.url == "https://news.example/a1"
    assert document.gold.body == "One."


def test_gold_without_a_page(root: Path) -> None:
    (root / "html" / "a1.html.gz").unlink()
    with pytest.raises(
        InputError, match=r"^a1: html/a1.html.gz: missing, although .*ground-truth.json is there"
    ):
        read_whole(f"aeb:{root}")


def test_a_page_without_gold(root: Path) -> None:
    (root / "html" / "c3.html.gz").write_bytes(gzip.compress(b"<p>"))
    with pytest.raises(InputError, match=r"^c3: ground-truth.json: missing, although .*c3.html.gz is there"):
        read_whole(f"aeb:{root}")


def test_an_id_given_twice(root: Path) -> None:
    (root / "ground-truth.json").write_text('{"a1": {"articleBody": "One."}, "a1": {"articleBody": "Uno."}}')
    with pytest.raises(InputError, match=r"^a1: ground-truth.json: duplicate id; give every document an id"):
        read_whole(f"aeb:{root}")


@pytest.mark.parametrize("damage", [lambda content: content[:-6], lambda content: b"plain" + content])
def test_a_damaged_gzip(root: Path, damage: object) -> None:
    file = root / "html" / "a1.html.gz"
    assert callable(damage)
    file.write_bytes(damage(file.read_bytes()))
    corpus = open_corpus(f"aeb:{root}")
    with pytest.raises(
        InputError, match=r"^a1: a1.html.gz: truncated or damaged gzip .*; fetch the file again$"
    ):
        corpus.page("a1")


def test_gold_that_is_no_text(root: Path) -> None:
    (root / "ground-truth.json").write_text('{"a1": {"articleBody": 5}, "b2": {}}')
    corpus = open_corpus(f"aeb:{root}")
    with pytest.raises(InputError, match=r"^a1: ground-truth.json: articleBody is a number, not text"):
        corpus.gold("a1")
    # Absent is empty, as in the data set's own evaluate.py.
    assert corpus.gold("b2").body == ""


def test_gold_that_is_no_json(root: Path) -> None:
    (root / "ground-truth.json").write_text('{"a1":\n{"articleBody" "One."}}')
    with pytest.raises(InputError, match=r"ground-truth.json: not JSON in line 2 \("):
        open_corpus(f"aeb:{root}")


def test_a_folder_of_something_else(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"not article-extraction-benchmark; it needs ground-truth.json and html/"
    ):
        open_corpus(f"aeb:{tmp_path}")


def test_the_published_data_set(data: Path) -> None:
    corpus = open_corpus(f"aeb:{data / 'aeb'}")
    ids = corpus.ids()
    assert len(ids) == 181
    first, middle, last = (corpus.document(ids[place]) for place in (0, 90, 180))
    assert first.id == "042bb7b5fedab6eac7db576522b89b93904c237d344bcbe14a6a5ab7f7335856"
    assert first.gold.body.startswith("Gaming used to be so simple.")
    assert middle.page.url is not None
    assert all(document.gold.body and b"<" in document.page.content for document in (first, middle, last))
    digests = {document.id: document_digest(document) for document in corpus.documents()}
    assert corpus_digest(digests).startswith("sha256:a0e212fb46fc")

"""Readability's layout, small and broken, and the data set itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from boilerbench.corpora import open_corpus
from boilerbench.corpora.base import corpus_digest, document_digest
from boilerbench.decoding import decode
from boilerbench.errors import InputError
from tests.corpora.writing import read_whole, write_readability

EXPECTED = '<div id="readability-page-1"><h2>Head</h2><p>One <b>two</b>.</p><ul><li>three</li></ul></div>'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_readability(
        tmp_path / "readability", {"b": ("<p>B</p>", EXPECTED), "a": ("<p>A</p>", EXPECTED)}
    )


def test_documents_are_read(root: Path) -> None:
    corpus = open_corpus(f"readability:{root}")
    assert corpus.ids() == ["a", "b"]
    document = corpus.document("a")
    assert (document.page.content, document.page.url) == (b"<p>A</p>", None)
    assert document.gold.body == "Head\n\nOne two.\n\nthree"
    assert (document.metadata.title, document.metadata.language) == ("Title of a", "en")


def test_test_pages_and_the_repository_name_the_same(root: Path) -> None:
    root.rename(root.parent / "test")
    for path in (root.parent, root.parent / "test", root.parent / "test" / "test-pages"):
        assert open_corpus(f"readability:{path}").ids() == ["a", "b"]


def test_a_page_is_utf8_whatever_it_declares(root: Path) -> None:
    # As test/utils.js of Readability reads it.
    page = '<meta charset="iso-8859-1"><p>Fähre</p>'
    (root / "test-pages" / "a" / "source.html").write_text(page, encoding="utf-8")
    assert decode(open_corpus(f"readability:{root}").page("a").content) == page


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("source.html", "^a: source.html: missing .gold without a page.; add /"),
        ("expected.html", "^a: expected.html: missing .page without gold.; add /"),
    ],
)
def test_half_a_document(root: Path, name: str, message: str) -> None:
    (root / "test-pages" / "a" / name).unlink()
    with pytest.raises(InputError, match=message):
        read_whole(f"readability:{root}")


def test_metadata_may_be_missing_but_not_broken(root: Path) -> None:
    file = root / "test-pages" / "a" / "expected-metadata.json"
    corpus = open_corpus(f"readability:{root}")
    for content, message in (
        ("[]", "not an object"),
        ("{", "not JSON in line 1"),
        ('{"title": 5}', "a number"),
    ):
        file.write_text(content)
        with pytest.raises(InputError, match=f"^a: expected-metadata.json: .*{message}"):
            corpus.metadata("a")
    file.unlink()
    assert corpus.metadata("a").title is None


def test_the_published_data_set(data: Path) -> None:
    corpus = open_corpus(f"readability:{data / 'readability'}")
    ids = corpus.ids()
    assert len(ids) == 130
    first, middle, last = (corpus.document(ids[index]) for index in (0, 65, 129))
    assert (first.id, middle.id, last.id) == ("001", "mercurial", "youth")
    assert first.metadata.title == "Get your Frontend JavaScript Code Covered | Code"
    assert (len(first.gold.body), len(middle.gold.body), len(last.gold.body)) == (3839, 23121, 2503)
    assert (first.metadata.language, last.metadata.language) == ("en", None)
    marked = [each for each in ids if corpus.page(each).content.startswith(b"\xef\xbb\xbf")]
    # These declare another encoding than UTF-8, in which Readability's tests read them.
    assert marked == ["la-nacion", "qq", "remove-aria-hidden"]
    digests = {document.id: document_digest(document) for document in corpus.documents()}
    assert corpus_digest(digests).startswith("sha256:eaed9b20aaa8")

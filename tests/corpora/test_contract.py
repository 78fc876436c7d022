"""What holds for every registered corpus format."""

from __future__ import annotations

import gzip
import os
import shutil
from pathlib import Path

import pytest

from boilerbench.corpora import FORMATS, Corpus, corpus_format, open_corpus
from boilerbench.corpora.base import corpus_digest, document_digest, page_digest
from boilerbench.errors import InputError
from boilerbench.measures import MEASURES
from tests.conftest import GoldFolder, write_aeb, write_wcxb
from tests.corpora import warcs
from tests.corpora.writing import (
    write_cleaneval,
    write_fundus,
    write_parquet,
    write_readability,
    write_rows,
    write_trafilatura,
    write_wceb,
)

RECORD = warcs.page("Text.")


def small_corpus(name: str, root: Path) -> str:
    """Two documents in a format, and the spec that opens them. A new format adds a line here."""
    html = "<html><body><p>Text of the page.</p></body></html>"
    if name == "gold":
        folder = GoldFolder(root)
        folder.add("first")
        folder.add("second")
    elif name == "aeb":
        write_aeb(root, {"first": (html, "Text."), "second": (html, "Text of the page.")})
    elif name == "wcxb":
        write_wcxb(root, {"first": (html, "Text.", "article"), "second": (html, "Text.", "forum")})
    elif name == "readability":
        write_readability(root, {"second": (html, "<p>Text.</p>"), "first": (html, "<p>Text</p><p>Two</p>")})
    elif name == "trafilatura":
        page = (html.encode(), ["Text"], ["Home"])
        write_trafilatura(root, {"second.html": page, "first.html": page})
    elif name == "webmainbench":
        row = {"html": html, "url": "https://site.example/", "groundtruth_content": "Text."}
        write_rows(root / "rows.jsonl", [{**row, "track_id": each} for each in ("second", "first")])
    elif name == "wceb":
        write_wceb(root, {"dragnet": {"second": (html, "Text."), "first": (html, "Text.")}})
        return f"wceb:{root / 'dragnet'}"
    elif name == "cleaneval":
        write_cleaneval(root, {each: (html.encode(), "<p>Text.") for each in ("second", "first")})
    elif name == "fundus":
        write_fundus(root, {each: (html, ["Text.", "[More text.]"]) for each in ("second", "first")})
    elif name == "jsonl":
        write_rows(
            root / "rows.jsonl",
            [
                {"id": "second", "html": html, "body": "Text.", "url": "https://site.example/"},
                {"id": "first", "html_path": "pages/first.html", "body": "Text.", "language": "en"},
            ],
        )
        (root / "pages").mkdir()
        (root / "pages" / "first.html").write_text(html)
    else:
        small_pages(name, root)
    return f"{name}:{root}"


def small_pages(name: str, root: Path) -> None:
    """Two pages without gold in a format."""
    html = "<html><body><p>Text of the page.</p></body></html>"
    if name == "warc":
        warcs.write_warc(root, [RECORD, RECORD], "plain")
    elif name == "html":
        (root / "below").mkdir(parents=True)
        (root / "first.html").write_text(html)
        (root / "below" / "second.htm.gz").write_bytes(gzip.compress(html.encode()))
    elif name == "parquet":
        write_parquet(
            root / "pages.parquet", {"html": [html, html.encode()[:9].decode()], "url": [None, "x"]}
        )
    else:
        raise AssertionError(f"no small corpus for {name}")


IDS = {
    "warc": ["crawl.warc@000000000000", f"crawl.warc@{len(RECORD):012}"],
    "html": ["below/second.htm.gz", "first.html"],
    "parquet": ["pages.parquet@000000000000", "pages.parquet@000000000001"],
}
"""The ids of the small corpora whose documents are named by their place."""


def digest(corpus: Corpus) -> str:
    return corpus_digest({document.id: document_digest(document) for document in corpus.documents()})


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_format_says_what_it_is(name: str) -> None:
    kind = corpus_format(name)
    assert kind.summary
    assert kind.licence
    assert kind.citation
    assert kind.layout
    assert set(kind.native_measures) <= set(MEASURES)
    assert kind.tokenizer in ("plain", "icu")
    # What a reader of scores must know first; each format answers all three.
    assert all(word in kind.includes.lower() for word in ("title", "caption", "comment"))


@pytest.mark.parametrize("name", list(FORMATS))
def test_documents_come_one_by_one_and_again(name: str, tmp_path: Path) -> None:
    corpus = open_corpus(small_corpus(name, tmp_path / "small"))
    assert iter(corpus.documents()) is not corpus.documents()
    once, again = list(corpus.documents()), list(corpus.documents())
    assert once == again
    first, second = IDS.get(name, ["first", "second"])
    assert [document.id for document in once] == corpus.ids() == [first, second]
    assert once[0].page == corpus.page(first)
    assert once[0].gold == corpus.gold(first)
    assert once[0].metadata == corpus.metadata(first)


@pytest.mark.parametrize("name", list(FORMATS))
def test_pages_come_with_or_without_gold(name: str, tmp_path: Path) -> None:
    corpus = open_corpus(small_corpus(name, tmp_path / "small"))
    assert dict(corpus.pages()) == {document: corpus.page(document) for document in corpus.ids()}
    assert corpus.has_gold == (name not in IDS)
    assert all(corpus.gold(document).has_body for document in corpus.ids()) == (
        corpus.has_gold and name != "trafilatura"
    )


@pytest.mark.parametrize("name", list(FORMATS))
def test_its_spec_opens_it_again(name: str, tmp_path: Path) -> None:
    corpus = open_corpus(small_corpus(name, tmp_path / "small"))
    assert digest(open_corpus(corpus.spec)) == digest(corpus)


@pytest.mark.parametrize("name", list(FORMATS))
def test_its_digest_hangs_on_content_alone(name: str, tmp_path: Path) -> None:
    spec = small_corpus(name, tmp_path / "small")
    before = digest(open_corpus(spec))
    shutil.copytree(tmp_path / "small", tmp_path / "elsewhere" / "copy")
    for file in (tmp_path / "elsewhere").rglob("*"):
        os.utime(file, (1, 1))
    elsewhere = spec.replace(str(tmp_path / "small"), str(tmp_path / "elsewhere" / "copy"))
    assert digest(open_corpus(elsewhere)) == before


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_path_that_is_no_such_corpus(name: str, tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(InputError) as caught:
            open_corpus(f"{name}:{path}")
        assert str(path) in str(caught.value)
        assert "\n" not in str(caught.value)


def test_digests_do_not_hang_on_order() -> None:
    assert corpus_digest({"a": "1", "b": "2"}) == corpus_digest({"b": "2", "a": "1"})
    assert corpus_digest({"a": "1", "b": "2"}) != corpus_digest({"a": "2", "b": "1"})


def test_digests_see_every_part(gold_folder: GoldFolder) -> None:
    folder = gold_folder.add("one")
    corpus = open_corpus(f"gold:{gold_folder.root}")
    document, page = document_digest(corpus.document("one")), page_digest(corpus.page("one"))
    for name, addition in (("body.txt", "\nMore."), ("document.toml", 'traps = ["caption"]\n')):
        with (folder / name).open("a") as file:
            file.write(addition)
        changed = document_digest(corpus.document("one"))
        assert changed != document
        document = changed
        assert page_digest(corpus.page("one")) == page
    with (folder / "page.html").open("a") as file:
        file.write(" ")
    assert page_digest(corpus.page("one")) != page
    assert document_digest(corpus.document("one")) != document


@pytest.mark.parametrize("spec", ["aebx:somewhere", "somewhere", ""])
def test_a_spec_that_is_none(spec: str) -> None:
    with pytest.raises(InputError, match="aeb"):
        open_corpus(spec)

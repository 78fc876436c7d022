"""Anybody's own documents in JSON Lines, as they should be and as they should not."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from boilerbench.corpora import open_corpus
from boilerbench.corpora.base import content_digest
from boilerbench.decoding import decode
from boilerbench.errors import InputError
from tests.corpora.writing import write_rows

ROW = {"id": "one", "html": "<p>Text.</p>", "body": "Text."}


def opened(root: Path, *rows: dict[str, Any]) -> Any:
    return open_corpus(f"jsonl:{write_rows(root / 'mine.jsonl', rows)}")


def test_documents_are_read(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "two.html").write_bytes(b"<p>\xe4</p>")
    (tmp_path / "three.html.gz").write_bytes(gzip.compress(b"<p>three</p>"))
    corpus = opened(
        tmp_path,
        {**ROW, "url": "https://site.example/", "language": "en", "page_type": "news", "title": "One"},
        {"id": "two", "html_path": "pages/two.html", "body": "ä", "url": None},
        {"id": "three", "html_path": "three.html.gz", "body": ""},
    )
    assert (corpus.name, corpus.ids()) == ("mine", ["one", "three", "two"])
    one = corpus.document("one")
    assert (one.page.content, one.page.url, one.gold.body) == (
        b"<p>Text.</p>",
        "https://site.example/",
        "Text.",
    )
    assert (one.metadata.language, one.metadata.page_type, one.metadata.title) == ("en", "news", "One")
    # A file's bytes are the page's, in whatever encoding.
    assert corpus.page("two").content == b"<p>\xe4</p>"
    assert corpus.page("two").url is None
    assert corpus.page("three").content == b"<p>three</p>"


@pytest.mark.parametrize(
    "head",
    ['<meta charset="windows-1251">', '<meta charset="utf-16">', '<meta charset="gb2312">', "", "\ufeff"],
)
def test_a_page_given_as_text_is_decoded_as_that_text(tmp_path: Path, head: str) -> None:
    html = f"{head}<p>Fähre, паром, 渡轮, \U0001f6a2</p>"
    page = opened(tmp_path, {**ROW, "html": html}).page("one")
    assert decode(page.content) == html
    # A byte order mark only where the page says otherwise.
    assert page.content.startswith(b"\xef\xbb\xbf") == (head not in ("", '<meta charset="utf-16">'))


def test_what_utf8_cannot_hold_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text('{"id": "one", "html": "<p>a\\ud83d</p>", "body": "a"}')
    assert decode(open_corpus(f"jsonl:{file}").page("one").content) == "<p>a\ufffd</p>"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"body": None}, "^one: mine.jsonl, line 1: no body; add"),
        ({"body": 5}, "^one: mine.jsonl, line 1: body is a number, not text"),
        ({"html": None}, "^one: mine.jsonl, line 1: not one page; give either"),
        ({"html": 5}, "^one: mine.jsonl, line 1: not one page; give either"),
        ({"html_path": "two.html"}, "^one: mine.jsonl, line 1: not one page; give either"),
        ({"language": 5}, "^one: mine.jsonl, line 1: language is a number, not text"),
        (
            {"html": None, "html_path": "gone.html"},
            "^one: mine.jsonl, line 1: html_path 'gone.html' is missing .gold without a page.; add /",
        ),
        (
            {"html": None, "html_path": "../mine.jsonl"},
            "^one: mine.jsonl, line 1: html_path '../mine.jsonl' leaves",
        ),
        (
            {"html": None, "html_path": "/etc/hostname"},
            "^one: mine.jsonl, line 1: html_path '/etc/hostname' leaves",
        ),
        ({"html": None, "html_path": "link"}, "^one: mine.jsonl, line 1: html_path 'link' leaves"),
        ({"html": None, "html_path": "a\0b"}, "^one: mine.jsonl, line 1: html_path .* leaves"),
        ({"html": None, "html_path": "."}, "^one: mine.jsonl, line 1: html_path '.' is missing"),
        (
            {"html": None, "html_path": "p" * 300},
            "^one: mine.jsonl, line 1: html_path .*: File name too long",
        ),
        ({"html": None, "html_path": "loop"}, "^one: mine.jsonl, line 1: html_path 'loop': "),
        ({"html": None, "html_path": "p\ud800"}, "^one: mine.jsonl, line 1: html_path .*: no name of a file"),
    ],
)
def test_a_broken_row_is_one_line(tmp_path: Path, row: dict[str, Any], message: str) -> None:
    (tmp_path / "link").symlink_to("/etc/hostname")
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(InputError, match=message) as caught:
        opened(tmp_path, {**ROW, **row}).document("one")
    assert "\n" not in str(caught.value)


def test_an_id_given_twice(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^one: mine.jsonl, line 2: duplicate id"):
        opened(tmp_path, ROW, ROW).document("one")


def test_a_file_without_rows(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no documents; give a file of"):
        opened(tmp_path)


def test_a_broken_row_costs_its_document_and_no_other(tmp_path: Path) -> None:
    corpus = opened(tmp_path, ROW, {**ROW, "id": "two", "body": 5}, {**ROW, "id": 3, "note": "of one's own"})
    with (tmp_path / "mine.jsonl").open("a") as file:
        file.write('[1]\n{"id"\n' + "[" * 100_000 + '\n{"id": "big", "body": ' + "1" * 5_000 + "}\n")
    corpus = open_corpus(f"jsonl:{tmp_path / 'mine.jsonl'}")
    found = {document: [str(finding) for finding in corpus.findings(document)] for document in corpus.ids()}
    assert (found.pop("one"), found.pop("3")) == ([], [])
    assert found.pop("two") == ["two: mine.jsonl, line 2: body is a number, not text; make it a string"]
    assert sorted(found) == ["line-4", "line-5", "line-6", "line-7"]
    reasons = (
        "not an object",
        "not JSON (Expecting",
        "not JSON (nested",
        "not JSON (a number of too many digits)",
    )
    for number, reason in enumerate(reasons, 4):
        assert f"mine.jsonl, line {number}: {reason}" in found[f"line-{number}"][0]
    with pytest.raises(InputError, match="line 2: body is a number"):
        corpus.document("two")


def test_lone_surrogates_are_replaced(tmp_path: Path) -> None:
    broken = {
        key: f"{value}\ud83d" for key, value in {**ROW, "title": "t", "url": "https://a.example/"}.items()
    }
    document = opened(tmp_path, {**broken, "id": "one"}).document("one")
    assert "\ufffd" in f"{document.page.url}"
    assert (document.metadata.title, document.gold.body[-1]) == ("t\ufffd", "\ufffd")
    content_digest(document)

"""Folders of documents as they are begun: what the page states of itself, written as TOML and read back."""

from __future__ import annotations

import datetime
import resource
import tomllib
from pathlib import Path

import pytest

from boilerbench.corpora.gold import GoldCorpus
from boilerbench.errors import InputError
from boilerbench.labelling.gold_folder import (
    begin_document,
    build_body,
    document_toml,
    read_page,
    read_rows,
    suggested_id,
    write_rows,
)
from boilerbench.labelling.page_head import canonical_url_of, headline_of, language_of, title_of
from boilerbench.records import Metadata, Page


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>Fish &amp; chips &#8211; menu</title>", "Fish & chips – menu"),
        ("<title>\n  Fish\n  and chips </title>", "Fish and chips"),
        ("<!-- <title>No</title> --><title>Yes</title>", "Yes"),
        ("<script>'<title>No</title>'</script><title>Yes</title>", "Yes"),
        ("<svg><title>Icon</title></svg><p>Text", ""),
        ("<p>Text", ""),
    ],
)
def test_a_title_is_what_a_browser_shows(html: str, title: str) -> None:
    assert title_of(html) == title


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ("<html lang=de-AT>", "de-AT"),
        ('<html class="x"\n LANG = "pt_BR">', "pt-BR"),
        ("<html xml:lang=fr data-lang=es>", ""),
        ("<!-- <html lang=en> --><html>", ""),
        ('<html lang="{{ lang }}">', ""),
        ("<p lang=en>Text", ""),
    ],
)
def test_a_language_is_that_of_the_root(html: str, language: str) -> None:
    assert language_of(html) == language


@pytest.mark.parametrize(
    ("html", "headline"),
    [
        ("<title>Library opens | Harbour News</title><h1>Library\n <b>opens</b></h1>", "Library opens"),
        # The site's name as a first heading.
        (
            "<title>Library opens - Harbour</title><h1>Harbour News</h1><h1>Library opens</h1>",
            "Library opens",
        ),
        ("<title>Harbour News</title><h1>Library opens</h1><h1>Ferry late</h1>", "Library opens"),
        ("<title>x</title><h1 hidden>Not shown</h1><h1>Shown</h1>", "Shown"),
        # Without a heading: what og:title says, if the page shows it; the title without the site.
        ("<title>x</title><meta property=og:title content='It opens'><p>IT OPENS</p>", "IT OPENS"),
        ("<title>Library opens – Harbour News</title><p>Library opens</p>", "Library opens"),
        ("<title>Harbour &amp; News</title><p>Text</p>", "Harbour & News"),
        ("<p>Text</p>", ""),
    ],
)
def test_a_headline_is_what_the_page_shows(html: str, headline: str) -> None:
    assert headline_of(html) == headline


@pytest.mark.parametrize(
    ("html", "url"),
    [
        ("<link rel=canonical href=' https://a.example/x '>", "https://a.example/x"),
        (
            "<link rel=canonical href=/x><meta property=og:url content=https://a.example/>",
            "https://a.example/",
        ),
        ("<link rel=canonical href='ftp://a.example/x'>", None),
        ("<link rel=canonical href='http://[x'>", None),
        ("<p>Text", None),
    ],
)
def test_an_address_is_the_one_that_a_page_calls_its_own(html: str, url: str | None) -> None:
    assert canonical_url_of(html) == url


def test_a_begun_document_holds_them(tmp_path: Path) -> None:
    page = b'<html lang=en><title>Fish &amp; "chips" \\ peas</title><p>Menu</p>'
    folder = begin_document(tmp_path, "menu", Page(page, "https://a.example/?a=1&b=2"))
    facts = tomllib.loads((folder / "document.toml").read_text(encoding="utf-8"))
    assert facts.pop("captured") == datetime.datetime.now(tz=datetime.UTC).date()
    assert facts == {
        "title": 'Fish & "chips" \\ peas',
        "url": "https://a.example/?a=1&b=2",
        "language": "en",
        "page_type": "",
        "traps": [],
        "source": "",
        "licence": "",
        "annotators": [],
    }


def test_whatever_a_title_holds_is_read_back() -> None:
    title = "a\x00b\x1b\"\"\"'''\\u0041\u2028\ud800\n"
    facts = tomllib.loads(document_toml(Metadata(title=title, traps=("x", "y")), Page(b"")))
    assert facts["title"] == title.replace("\ud800", "\ufffd")
    assert facts["traps"] == ["x", "y"]
    assert "url" not in facts


def test_an_id_is_made_from_the_title_or_the_file() -> None:
    assert (
        suggested_id("page.html", Page(b"<title>Fish &amp; Chips: the Menu</title>")) == "fish-chips-the-menu"
    )
    assert suggested_id("a/Menu 2.html", Page(b"<p>x")) == "menu-2"


def test_an_address_that_answered_outranks_the_canonical_one(tmp_path: Path) -> None:
    content = b"<link rel=canonical href=https://a.example/x><p>Text"
    saved = begin_document(tmp_path, "saved", Page(content))
    fetched = begin_document(tmp_path, "fetched", Page(content, "https://a.example/x?page=2"))
    urls = [tomllib.loads((each / "document.toml").read_text("utf-8"))["url"] for each in (saved, fetched)]
    assert urls == ["https://a.example/x", "https://a.example/x?page=2"]


def test_the_lines_of_plain_text_are_its_blocks(tmp_path: Path) -> None:
    folder = begin_document(tmp_path, "note", Page("Türen\n\n  Fish & <b>  chips\n".encode()), text=True)
    assert (folder / "page.txt").read_text("utf-8") == "Türen\n\n  Fish & <b>  chips\n"
    assert read_rows(folder) == [("?", "Türen"), ("?", "Fish & <b> chips")]
    assert b"Fish &amp; &lt;b&gt;  chips" in read_page(folder).content
    assert tomllib.loads((folder / "document.toml").read_text("utf-8"))["title"] == "Türen"
    with pytest.raises(InputError, match=r"^plain text that is not UTF-8 \(.*, byte 1\); save it so$"):
        begin_document(tmp_path, "other", Page("Türen".encode("latin-1")), text=True)
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"leagl\tHome\n", "row 1: unknown label 'leagl'; use heading, "),
        (b"legal\tHome\nlegal Imprint\n", "row 2: no tab; write label, tab, text"),
        (b"legal\tHome\n\n", "row 2: empty; remove it"),
        ("legal\tFür\n".encode("latin-1"), r"not UTF-8 in line 1 \(byte 7 is 0xfc\); save it as UTF-8"),
        ("?\tHome\n".encode("utf-16"), r"not UTF-8 in line 1 \(byte 0 is 0xff\); save it as UTF-8"),
    ],
)
def test_labels_that_cannot_be_read_are_not_touched(tmp_path: Path, content: bytes, message: str) -> None:
    folder = begin_document(tmp_path, "menu", Page(b"<p>Home"))
    (folder / "labels.tsv").write_bytes(content)
    for reading in (read_rows, build_body):
        with pytest.raises(InputError, match=message):
            reading(folder)
    assert (folder / "labels.tsv").read_bytes() == content


def test_the_served_charset_is_kept_and_obeyed(tmp_path: Path) -> None:
    page = Page("<title>Mill</title><p>Мельница".encode("koi8-r"), charset="KOI8-R")
    folder = begin_document(tmp_path, "mill", page)
    assert read_rows(folder) == [("?", "Мельница")]
    assert read_page(folder) == page
    facts = (folder / "document.toml").read_text(encoding="utf-8")
    assert 'charset = "KOI8-R"' in facts
    (folder / "document.toml").write_text(
        facts.replace('language = ""', 'language = "ru"').replace('page_type = ""', 'page_type = "news"'),
        "utf-8",
    )
    assert GoldCorpus.open(str(tmp_path)).page("mill") == page


def test_a_disk_without_room_leaves_nothing(tmp_path: Path) -> None:
    page = Page(f"<html><title>The ferry</title>{'<p>It leaves.</p>' * 1000}</html>".encode())
    # What the system says when a file may not grow, for real.
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limit[1]))
    try:
        with pytest.raises(InputError, match=r"ferry cannot be written \(File too large\); nothing was kept"):
            begin_document(tmp_path / "gold", "ferry", page)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert not list(tmp_path.iterdir())
    folder = begin_document(tmp_path / "gold", "ferry", page)
    before = (folder / "labels.tsv").read_bytes()
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limit[1]))
    try:
        with pytest.raises(InputError, match="it is as it was"):
            write_rows(folder, [("paragraph", "It leaves.")] * 1000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert (folder / "labels.tsv").read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == [
        "body.txt",
        "document.toml",
        "labels.tsv",
        "page.html",
    ]

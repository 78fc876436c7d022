"""Folders of documents as they are begun: what the page states of itself, written as TOML and read back."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path

import pytest

from boilerbench.corpora.gold import GoldCorpus
from boilerbench.labelling.gold_folder import (
    begin_document,
    document_toml,
    read_page,
    read_rows,
    suggested_id,
)
from boilerbench.labelling.page_head import language_of, title_of
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

"""boilerbench's own gold: what a reader can check in each document, checked in all."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import html_text
import pytest

from harness.corpora import open_corpus
from harness.decoding import decode
from harness.text import icu_words, normalise

GOLD = open_corpus("gold")

every_document = pytest.mark.parametrize("document", GOLD.ids())


def visible(document: str) -> str:
    return normalise(html_text.extract_text(decode(GOLD.page(document).content), guess_layout=False))


def test_the_layouts_that_the_first_eight_cover() -> None:
    types = {GOLD.metadata(document).page_type for document in GOLD.ids()}
    assert types >= {"news", "video-item", "forum", "product", "documentation", "recipe", "encyclopedia"}
    assert {GOLD.metadata(document).language for document in GOLD.ids()} >= {"en", "ja", "ru"}
    assert len(GOLD.ids()) >= 8


@every_document
def test_every_block_stands_in_the_page_in_order(document: str) -> None:
    page, place = visible(document).replace(" ", ""), 0
    for block in GOLD.gold(document).body.split("\n\n"):
        found = page.find(normalise(block).replace(" ", ""), place)
        assert found >= 0, f"not in the page after character {place}: {block}"
        place = found + 1


@every_document
def test_blocks_are_single_lines_with_folded_white_space(document: str) -> None:
    for block in GOLD.gold(document).body.split("\n\n"):
        assert block == " ".join(block.split())
        assert block


@every_document
def test_a_page_is_mostly_not_body(document: str) -> None:
    body, page = (len(icu_words(text)) for text in (GOLD.gold(document).body, visible(document)))
    assert 80 <= body <= 1500
    assert body < 0.9 * page


@every_document
def test_pages_are_complete(document: str) -> None:
    content = GOLD.page(document).content
    assert 5_000 <= len(content) <= 60_000
    markup = decode(content).lower()
    for part in ("<head", "<title", "<script", "<body", "</html>"):
        assert part in markup


@every_document
def test_nothing_leads_to_a_real_site(document: str) -> None:
    """Only reserved names, and the identifiers of vocabularies, which nobody opens."""
    addresses = re.findall(r"https?://[^\s\"'<>()\\]+", decode(GOLD.page(document).content))
    hosts = {urlsplit(address).hostname for address in addresses}
    assert {host for host in hosts if host and not host.endswith(".example")} <= {
        "schema.org",
        "www.w3.org",
        "ogp.me",
        "gmpg.org",
        "purl.org",
    }


@every_document
def test_metadata_is_full(document: str) -> None:
    facts = GOLD.metadata(document)
    assert facts.traps
    assert facts.source
    assert facts.licence
    assert facts.captured
    assert facts.annotators
    assert GOLD.page(document).url
    assert facts.title
    assert normalise(facts.title) in visible(document)


def test_one_page_is_served_in_a_legacy_encoding() -> None:
    content = GOLD.page("local-history-ru-koi8").content
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")
    assert "мельниц" in decode(content)

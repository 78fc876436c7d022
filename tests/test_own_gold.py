"""boilerbench's own gold: what a reader can check in each document, checked in all."""

from __future__ import annotations

import itertools
import re
from urllib.parse import urlsplit

import pytest

from boilerbench.corpora.gold import GoldCorpus
from boilerbench.corpora.gold_files import FILLED_BY_SCRIPTS, own_gold
from boilerbench.decoding import decode
from boilerbench.labelling.agreement import agreement
from boilerbench.labelling.duplicates import near_duplicates
from boilerbench.tokenizers import icu_words, normalize

GOLD = GoldCorpus.open("")
MATRIX = (own_gold() / "README.md").read_text(encoding="utf-8")
SCRIPTLESS = (
    "directory-en-tide-links",
    "forum-ko-camera-repair",
    "hobby-de-1997-steam-trams",
    "manual-en-utf16-word-export",
)

LARGE = [document for document in GOLD.ids() if len(GOLD.page(document).content) >= 100_000]
every_document = pytest.mark.parametrize("document", GOLD.ids())
ORDINARY = (
    "article-it-olive-harvest",
    "blog-en-sourdough-seo",
    "charity-en-volunteer-week",
    "company-blog-en-handover-checklist",
    "guide-en-rental-deposits",
    "health-es-back-pain",
    "howto-de-heating-advice",
    "magazine-fr-night-bakers",
    "news-en-bus-routes-inquiry",
    "news-ja-school-lunch",
    "news-ru-library-night",
    "opinion-en-hospital-parking",
)
"""Those of the web's ordinary size, with fewer blocks and links than the twenty before them."""
every_large_document = pytest.mark.parametrize("document", LARGE)


def visible(document: str) -> str:
    return " ".join(block.text for block in GOLD.gold(document).blocks)


def _names(cell: str) -> list[str]:
    return re.findall(r"`([a-z0-9-]+)`", cell)


def test_the_matrix_is_covered() -> None:
    facts = [GOLD.metadata(document) for document in GOLD.ids()]
    assert len(facts) == 92
    assert len({(each.language or "").partition("-")[0] for each in facts}) >= 15
    listed = MATRIX.partition("## Page types")[2].partition("## Traps")[0]
    types = set(re.findall(r"`([a-z-]+)`", listed))
    assert types == {each.page_type for each in facts}
    traps = {trap for each in facts for trap in each.traps}
    table = MATRIX.partition("## Traps")[2].partition("\n## ")[0]
    asked = {
        name for row in re.findall(r"^\|.*\|$", table, re.MULTILINE) for name in _names(row.split("|")[2])
    }
    assert len(asked) > 80
    assert asked <= traps


def test_the_agreement_in_the_readme_is_what_comes_out() -> None:
    found = agreement(GOLD, print)
    assert found is not None
    shown = dict(re.findall(r"^\| ([a-z]+) \| [\d,]+ \| ([\d.]+) \|$", MATRIX, flags=re.MULTILINE))
    assert shown == {label: f"{kappa:.3f}" for label, (_, kappa) in found.by_label.items()}
    assert f"{found.equal:,} of {found.blocks:,} blocks" in MATRIX
    assert f"κ {found.kappa:.3f}" in MATRIX
    assert f"κ {found.kappa_of_roles:.3f}" in MATRIX
    assert f"{100 * found.f1:.2f}" in MATRIX


def test_every_document_passes_every_check() -> None:
    findings = [each for document in GOLD.ids() for each in GOLD.findings(document)]
    assert [str(each) for each in (*findings, *near_duplicates(GOLD.documents()))] == []


@every_document
def test_a_page_is_mostly_not_body(document: str) -> None:
    if GOLD.metadata(document).page_type == "error-page":
        assert GOLD.gold(document).body == ""
        return
    if FILLED_BY_SCRIPTS in GOLD.metadata(document).traps:
        assert not GOLD.gold(document).has_body
        return
    body = len(icu_words(GOLD.gold(document).body))
    # Chinese, Japanese and Thai words are shorter, and code has many.
    assert 80 <= body <= (16_000 if document in LARGE else 1_800)
    assert body < len(icu_words(visible(document)))


@every_document
def test_pages_are_complete(document: str) -> None:
    content = GOLD.page(document).content
    assert 5_000 <= len(content) <= 60_000 or 100_000 <= len(content) <= 600_000
    markup = decode(content).lower()
    for part in ("<title", "</html>"):
        assert part in markup
    # Hidden text and chrome are what a page is for here; one of the oldest or plainest has no script.
    assert "<script" in markup or document in SCRIPTLESS


@every_large_document
def test_a_large_page_is_as_intricate_as_real_ones(document: str) -> None:
    blocks, links = (150, 100) if document in ORDINARY else (250, 150)
    assert blocks <= len(GOLD.gold(document).blocks) <= 1_500
    assert len(re.findall(r"<a\s[^>]*href", decode(GOLD.page(document).content))) >= links
    assert "menu-twice" in GOLD.metadata(document).traps


def test_large_pages_are_of_many_kinds() -> None:
    facts = [GOLD.metadata(document) for document in LARGE]
    assert len(LARGE) >= 32
    assert len({(each.language or "").partition("-")[0] for each in facts}) >= 8
    assert len({each.page_type for each in facts}) >= 14


def test_no_two_large_pages_share_a_skeleton() -> None:
    """Names in class attributes are nearly all a page's own, but for those of one style-sheet library."""
    classes = {
        document: {
            name
            for quoted in re.findall(r"""class=["']?([^"'>]*)""", decode(GOLD.page(document).content))
            for name in quoted.split()
        }
        for document in LARGE
    }
    alike = [
        (first, second)
        for first, second in itertools.combinations(LARGE, 2)
        if len(classes[first] & classes[second]) > 0.25 * len(classes[first] | classes[second])
    ]
    assert alike == []


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
    assert normalize(facts.title) in normalize(visible(document))


def test_one_page_is_served_in_a_legacy_encoding() -> None:
    content = GOLD.page("local-history-ru-koi8").content
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")
    assert "мельниц" in decode(content)

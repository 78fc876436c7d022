"""Equal things with different labels, in pages made by hand."""

from __future__ import annotations

import pytest

from boilerbench.corpora.gold import GoldCorpus
from boilerbench.labelling.consistency import inconsistencies
from boilerbench.labelling.labelled_pages import LabelledBlock, LabelledPage, Link, labelled_pages
from tests.conftest import GoldFolder


def link(text: str, label: str, target: str) -> LabelledBlock:
    return LabelledBlock(text, label, links=(Link(text, target),))


def found(*blocks: LabelledBlock, authors: tuple[str, ...] = ()) -> list[str]:
    """The findings of one page, without their place."""
    return [str(each) for each in inconsistencies([LabelledPage("one", blocks, authors)])]


def rows(*blocks: LabelledBlock) -> list[int | None]:
    return [each.row for each in inconsistencies([LabelledPage("one", blocks)])]


@pytest.mark.parametrize(
    ("text", "target", "label", "kind"),
    [
        ("Privacy", "", "navigation", "terms, privacy or imprint is legal"),
        ("Daten\u00adschutz", "", "navigation", "terms, privacy or imprint is legal"),
        ("Was wir speichern", "privacy", "navigation", "terms, privacy or imprint is legal"),
        ("利用規約", "", "interface", "terms, privacy or imprint is legal"),
        ("SIGN IN", "", "navigation", "log-in, registration, account or cart is interface"),
        ("Sepet (0)", "cart", "navigation", "log-in, registration, account or cart is interface"),
        ("Manage cookies", "", "legal", "cookie settings is consent"),
        ("검색", "", "navigation", "search is interface"),
        ("RSS", "feed", "navigation", "feed is share"),
        ("Subscribe", "", "navigation", "call to subscribe or donate is subscribe"),
        ("▲ Hinauf", "#top", "interface", "link back to the top is navigation"),
        ("142 Kommentare", "#kommentare", "date", ""),
        ("142 Kommentare", "#kommentare", "comment", "counter of comments is interface"),
        ("Kommentare", "#kommentare", "navigation", ""),
    ],
)
def test_a_kind_has_one_label(text: str, target: str, label: str, kind: str) -> None:
    block = link(text, label, target) if target else LabelledBlock(text, label)
    expected = [f"one: labels.tsv, row 1: {text!r} is {label}; {kind}"] if kind else []
    assert found(block) == expected


def test_the_right_label_is_no_finding() -> None:
    assert found(LabelledBlock("Privacy", "legal"), LabelledBlock("Sign in", "interface")) == []


def test_a_kind_beside_a_section_may_have_its_label() -> None:
    login = LabelledBlock("Log in", "comment")
    assert found(LabelledBlock("12 comments", "comment"), login) == []
    assert rows(LabelledBlock("Home", "navigation"), login) == [2]


def test_most_words_of_a_block_decide() -> None:
    terms, about = Link("Terms", "terms"), Link("About the paper and its people", "about")
    assert (
        found(LabelledBlock("About the paper and its people Terms", "navigation", links=(about, terms))) == []
    )
    both = (Link("Terms", "terms"), Link("Privacy", "privacy"), Link("About", "about"))
    assert rows(LabelledBlock("TermsPrivacy About", "navigation", links=both)) == [1]


def test_body_and_contents_are_no_links_to_terms() -> None:
    assert found(LabelledBlock("Terms", "heading"), link("Terms", "navigation", "#terms")) == []


@pytest.mark.parametrize(
    ("text", "authors", "byline", "wrong"),
    [
        ("By Kim Lee · 3 May", ("Kim Lee",), "", True),
        ("Last edited by kim_17; 3 May", (), "kim_17", True),
        ("3 May, 5 minutes", ("Kim Lee",), "kim_17", False),
        ("3 May", (), "3 May 2026, by Kim", False),
        ("Marking day: 3 May", ("King",), "", False),
    ],
)
def test_author_and_date_together(text: str, authors: tuple[str, ...], byline: str, wrong: bool) -> None:
    blocks = [LabelledBlock(text, "date"), *([LabelledBlock(byline, "byline")] if byline else [])]
    message = f"one: labels.tsv, row 1: {text!r} is date; author and date together are byline"
    assert found(*blocks, authors=authors) == ([message] if wrong else [])


def test_an_author_is_known_by_its_element() -> None:
    assert rows(LabelledBlock("Kim Lee 3 May", "date", names_author=True)) == [1]


@pytest.mark.parametrize(
    ("text", "path", "wrong"),
    [
        ("14 Grindstone Lane, Sackville", "", True),
        ("Phone 0800 555 014", "", True),
        ("desk@paper.example", "", True),
        ("Open Monday to Friday, 7.30–17", "", True),
        ("Chioggia", "footer > div.adr", True),
        ("© 2026 The Paper, 14 Grindstone Lane", "", False),
        ("Plumbing licence 118 264, ABN 24 118 507 933", "", False),
        ("Photographs by Ratri, 2012-2014", "", False),
        ("All rights are with the authors.", "", False),
        (" ".join(["Whoever copies this must ask first at desk@paper.example."] * 4), "", False),
    ],
)
def test_an_address_is_no_imprint(text: str, path: str, wrong: bool) -> None:
    assert rows(LabelledBlock(text, "legal", path)) == ([1] if wrong else [])
    assert found(LabelledBlock(text, "navigation", path)) == []


@pytest.mark.parametrize("text", ["\u200b", "\u200b\u00ad", "\ufeff", "\u0001", "\u2028"])
def test_a_block_that_shows_nothing_is_not_asked_for(text: str) -> None:
    (message,) = found(LabelledBlock(text, "paragraph"))
    assert message == f"one: labels.tsv, row 1: {text!a} is paragraph and shows nothing; that is interface"
    assert found(LabelledBlock(text, "interface"), LabelledBlock("—", "paragraph")) == []


def test_equal_texts_have_one_label() -> None:
    pages = [
        LabelledPage("one", (LabelledBlock("Print", "interface"),)),
        LabelledPage("two", (LabelledBlock("Home", "navigation"), LabelledBlock("PRINT:", "share"))),
        LabelledPage("three", (LabelledBlock("print", "interface"),)),
    ]
    assert [str(each) for each in inconsistencies(pages)] == [
        "two: labels.tsv, row 2: 'PRINT:' is share, and interface in one, row 1"
    ]
    # Nobody knows which of two is wrong.
    assert [each.document for each in inconsistencies(pages[:2])] == ["one", "two"]


def test_equal_texts_of_different_things_are_no_finding() -> None:
    # A section's name in the menu and above a teaser; a link and a button; numbers; body and caption.
    assert found(LabelledBlock("Sport", "navigation"), LabelledBlock("Sport", "related")) == []
    assert found(link("Next", "navigation", "page-2"), LabelledBlock("Next", "interface")) == []
    assert found(LabelledBlock("12", "navigation"), LabelledBlock("12", "interface")) == []
    assert found(LabelledBlock("We left.", "paragraph"), LabelledBlock("We left.", "caption")) == []
    assert found(link("Rules", "navigation", "#rules"), LabelledBlock("Rules", "interface")) == []


def test_a_lone_label_inside_a_run() -> None:
    cells = [LabelledBlock(text, "table", "table > tr > td") for text in "abcde"]
    cells[2] = LabelledBlock("c", "list", "table > tr > td")
    assert found(*cells) == ["one: labels.tsv, row 3: 'c' is list among table"]
    # Elsewhere on the page, or near the edge of the run, it may be something else.
    assert found(*cells[:2], LabelledBlock("c", "list", "ul > li"), *cells[3:]) == []
    assert found(*cells[1:]) == []


def test_pages_are_read_with_what_tells_blocks_apart(gold_folder: GoldFolder) -> None:
    page = (
        '<head><meta name=author content="Kim  Lee"><script type="application/ld+json">'
        '{"@graph": [{"author": [{"name": "Ada"}, "Bo"], "publisher": {"name": "Paper"}}]}</script></head>'
        '<nav class="top bar"><a href="/legal/privacy-policy.html?x=1">Privacy</a></nav>'
        '<p class="byline"><span class="author-name">Kim</span> 3 May <a href="#comments">4</a></p>'
        '<p class="author">Kim</p>'
    )
    labels = "legal\tPrivacy\nbyline\tKim 3 May 4\nparagraph\tKim\n"
    gold_folder.add("one", page_html=page, body_txt="Kim\n", labels_tsv=labels)
    gold_folder.add("unlabelled", labels_tsv="?\tHome\n?\tThe body of unlabelled.\n")
    gold_folder.add("unlike-its-page", labels_tsv="navigation\tHome\n")
    (made,) = labelled_pages(GoldCorpus.open(str(gold_folder.root)))
    assert (made.document, made.authors) == ("one", ("Kim Lee", "Ada", "Bo"))
    privacy, byline, body = made.blocks
    assert (privacy.path, privacy.links) == (
        "html > body > nav.top.bar > a",
        (Link("Privacy", "privacy policy"),),
    )
    assert (byline.names_author, byline.links) == (True, (Link("4", "#comments"),))
    assert (body.names_author, body.label) == (False, "paragraph")


def test_of_our_gold_one_question_is_left() -> None:
    """A version of a program is called Next."""
    findings = inconsistencies(labelled_pages(GoldCorpus.open("")))
    assert [(each.document, each.row) for each in findings] == [("changelog-en-terminal-app", 5)]

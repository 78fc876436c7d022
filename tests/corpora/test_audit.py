"""What is wrong with gold and pages, each fault made by hand, and what only looks like one."""

from __future__ import annotations

from pathlib import Path

import pytest

from boilerbench.corpora import open_corpus
from boilerbench.corpora.audit import AuditFinding, Kind, audit
from tests.corpora.writing import write_rows, write_trafilatura

STORY = (
    "The ferry leaves the harbour at nine and comes back at noon. Bikes travel free on weekdays, dogs on a "
    "lead. Tickets are sold on board and at the kiosk, and there is coffee on the upper deck in summer."
)
PAGE = f"<html><head><title>Ferry</title></head><body><p>{STORY}</p></body></html>"


def found(
    root: Path, *documents: tuple[str, str], best: dict[str, float] | None = None
) -> list[AuditFinding]:
    """The findings on (page, gold) pairs called d0, d1, and so on."""
    rows = [{"id": f"d{at}", "html": page, "body": body} for at, (page, body) in enumerate(documents)]
    return audit(open_corpus(f"jsonl:{write_rows(root / 'rows.jsonl', rows)}"), best)


def kinds(root: Path, page: str, body: str) -> list[Kind]:
    return [each.kind for each in found(root, (page, body))]


def test_sound_gold_has_no_findings(tmp_path: Path) -> None:
    assert found(tmp_path, (PAGE, STORY)) == []


def test_empty_gold(tmp_path: Path) -> None:
    assert found(tmp_path, (PAGE, " \n")) == [AuditFinding(Kind.EMPTY, "d0", "the page has 40 words")]


@pytest.mark.parametrize(
    "page",
    [
        f"<p>{STORY.replace('harbour', '<b>har</b>bour').replace('. ', '.</p><p>')}</p>",
        f"<p>{STORY.upper()}</p>",
        f"<p>{STORY.replace(' at ', '&nbsp;at ')}</p>",
        f"<title>{STORY}</title><p>Ferry</p>",
    ],
)
def test_markup_case_and_spaces_do_not_hide_gold(tmp_path: Path, page: str) -> None:
    assert kinds(tmp_path, page, STORY) == []


def test_gold_of_another_page(tmp_path: Path) -> None:
    other = "Snow fell on the pass all night, and the road was closed until the ploughs came through at dawn."
    assert found(tmp_path, (PAGE, other)) == [
        AuditFinding(Kind.ABSENT, "d0", "100 % of it, in runs of three words"),
    ]
    # Three of ten runs of three words are another's.
    assert kinds(tmp_path, PAGE, " ".join([*STORY.split()[:21], *other.split()[:9]])) == [Kind.ABSENT]
    assert kinds(tmp_path, PAGE, " ".join([*STORY.split()[:24], *other.split()[:6]])) == []


def test_gold_that_only_a_script_holds(tmp_path: Path) -> None:
    page = f'<p>Menu, basket, search, help and all that a shop shows</p><script>a = "<p>{STORY}"</script>'
    page = page.replace("nine", "ni\\u006ee")
    (finding,) = found(tmp_path, (page, STORY))
    assert finding.kind == Kind.ABSENT
    assert finding.message.endswith("; it is hidden or in a script")


def test_numbers_of_list_items_are_not_asked_for(tmp_path: Path) -> None:
    items = ["Sell tickets", "Cast off", "Make coffee", "Call stations", "Tie up"]
    page = f"<p>{STORY}</p><ol>{''.join(f'<li>{each}</li>' for each in items)}</ol>"
    assert kinds(tmp_path, page, "\n".join(f"{at}. {each}" for at, each in enumerate(items, 1))) == []


def test_segments_stand_for_a_body_that_is_not_given(tmp_path: Path) -> None:
    pages: dict[str, tuple[bytes, list[str], list[str]]] = {
        "a.html": (PAGE.encode(), ["ferry leaves"], []),
        "b.html": (b"<p>Other words.", ["ferry leaves"], []),
    }
    corpus = open_corpus(f"trafilatura:{write_trafilatura(tmp_path / 't', pages)}")
    assert [(each.kind, each.document) for each in audit(corpus)] == [
        (Kind.ABSENT, "b"),
        (Kind.WALL, "b"),
    ]


LONG = " ".join([STORY] * 6)


@pytest.mark.parametrize(
    ("length", "cut"),
    [
        (500, True),
        (512, True),
        (1000, True),
        (496, False),
        (704, False),
    ],
)
def test_gold_cut_at_a_round_length(tmp_path: Path, length: int, cut: bool) -> None:
    assert LONG[length - 1].isalnum()
    assert LONG[length : length + 2].strip(" ,")[:1].isalnum()
    assert kinds(tmp_path, f"<p>{LONG}</p>", LONG[:length]) == [Kind.CUT] * cut


def test_a_round_length_by_chance(tmp_path: Path) -> None:
    whole = (LONG[:480].rpartition(".")[0] + ".").ljust(500, ".")
    assert kinds(tmp_path, f"<p>{whole} And so on.</p>", whole) == []
    # It ends without a full stop, but so does the page.
    ending = LONG[:500]
    assert kinds(tmp_path, f"<p>{ending}</p><p>. Next</p>", ending) == []


@pytest.mark.parametrize(
    ("wrong", "shown"),
    [
        ("nine â\x80\x94 noon", "â\\x80\\x94"),
        ("cafÃ© deck", "Ã©"),
        ("caf\ufffd deck", "\ufffd"),
        ("a\x92s", "\\x92"),
    ],
)
def test_gold_decoded_wrongly(tmp_path: Path, wrong: str, shown: str) -> None:
    body = f"{STORY} {wrong}"
    assert found(tmp_path, (f"<meta charset=utf-8><p>{body}", body), (PAGE, body)) == [
        AuditFinding(Kind.MOJIBAKE, "d0", f"1 place, as {shown}; as in the page"),
        AuditFinding(Kind.MOJIBAKE, "d1", f"1 place, as {shown}; not in the page"),
    ]


@pytest.mark.parametrize(
    "right", ["Fähre – „neun“ … Überfahrt", "À l’île, où ça?", "渡轮九点", "Ελλάδα", "паром"]
)
def test_text_in_other_languages_is_no_mojibake(tmp_path: Path, right: str) -> None:
    assert kinds(tmp_path, f"<p>{STORY} {right}", f"{STORY} {right}") == []


@pytest.mark.parametrize(
    "page",
    [
        f"<title>404 Not Found</title><p>{STORY}</p>",
        f"<title>Just a moment...</title><p>{STORY}</p>",
        f"<title>Making sure you're not a bot!</title><p>{STORY}</p>",
        "<p>You need to enable JavaScript to run this app, please.</p>",
        "<p>We value your privacy. We and our partners use cookies and more.</p><button>Accept all</button>",
    ],
)
def test_pages_without_their_content(tmp_path: Path, page: str) -> None:
    text = page.partition("<p>")[2].partition("</p>")[0]
    assert kinds(tmp_path, page, text) == [Kind.WALL]


def test_a_shell_for_scripts(tmp_path: Path) -> None:
    shell = "<title>Forum</title><div id=root></div><script>load()</script>"
    assert kinds(tmp_path, shell, STORY) == [Kind.ABSENT, Kind.WALL]
    # A page of one word whose gold is that word is small, not broken.
    assert kinds(tmp_path, "<p>Test", "Test") == []


@pytest.mark.parametrize(
    "title",
    [
        "Robot lawn mowers tested",
        "Room 404: a story",
        "How we found the page",
        "Forbidden advice for sailors",
    ],
)
def test_titles_that_only_sound_so(tmp_path: Path, title: str) -> None:
    assert kinds(tmp_path, PAGE.replace("Ferry", title, 1), STORY) == []


def test_pages_that_are_there_twice(tmp_path: Path) -> None:
    other = PAGE.replace("<p>", "<p class=lead>")
    assert found(tmp_path, (PAGE, STORY), (PAGE, STORY), (other, STORY)) == [
        AuditFinding(Kind.DUPLICATE, "d1", "the same page as d0"),
        AuditFinding(Kind.DUPLICATE, "d2", "the same text as d0"),
    ]
    # Too few words to say that two pages are one.
    assert found(tmp_path, ("<p>Hello</p>", "Hello"), ("<b>Hello</b>", "Hello")) == []


def test_documents_on_which_every_extractor_fails(tmp_path: Path) -> None:
    assert found(tmp_path, (PAGE, STORY), best={"d0": 0.0312}) == [
        AuditFinding(Kind.HOPELESS, "d0", "best F1 3.1")
    ]
    assert found(tmp_path, (PAGE, STORY), best={"d0": 0.5, "d9": 0}) == []
    # Where gold is empty, any word at all makes it 0.
    assert [each.kind for each in found(tmp_path, (PAGE, ""), best={"d0": 0})] == [Kind.EMPTY]


def test_a_document_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "p.html.gz").write_bytes(b"no gzip")
    rows = [{"id": "d0", "html_path": "p.html.gz", "body": "Text."}]
    (finding,) = audit(open_corpus(f"jsonl:{write_rows(tmp_path / 'rows.jsonl', rows)}"))
    assert (finding.kind, finding.document) == (Kind.UNUSABLE, "d0")
    assert finding.message.startswith("rows.jsonl, line 1: p.html.gz: truncated or damaged gzip")


def test_readability_itself(data: Path) -> None:
    # Looked at one by one: Readability tests some texts several times.
    findings = audit(open_corpus(f"readability:{data / 'readability'}"))
    assert [(each.kind, each.document) for each in findings] == [
        (Kind.DUPLICATE, document)
        for document in (
            *("004-metadata-space-separated-properties", "base-url-base-element"),
            *("base-url-base-element-relative", "comment-inside-script-parsing"),
            *("metadata-content-missing", "parsely-metadata", "remove-extra-brs"),
            *("remove-extra-paragraphs", "remove-script-tags", "replace-brs", "replace-font-tags"),
            *("rtl-2", "rtl-3", "rtl-4", "style-tags-removal", "visibility-hidden"),
        )
    ]

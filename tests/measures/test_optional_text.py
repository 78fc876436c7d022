"""Optional text, taken out of outputs alike for every measure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerbench.corpora import open_corpus
from boilerbench.measures import MEASURES, make_measure
from boilerbench.measures.base import has_body_gold
from boilerbench.measures.marks import Mark, units
from boilerbench.measures.optional_text import OptionalText, optional_text
from boilerbench.policy import default_policy, parse_policy
from boilerbench.records import Block, Gold, Paragraph
from boilerbench.tokenizers import icu_words
from tests.conftest import THOROUGH

PARAGRAPH = "The harbour library opened its doors on Monday after two years of work."
SECOND = "It has room for forty readers."
PAGE = (
    Block("News", "navigation"),
    Block("Harbour library opens", "title"),
    Block("By Anna Quay", "byline"),
    Block("12 May", "date"),
    Block(PARAGRAPH, "paragraph"),
    Block(SECOND, "paragraph"),
)
GOLD = default_policy().applied(Gold("", blocks=PAGE))
BODY = f"{PARAGRAPH}\n\n{SECOND}"
OF_BODY = [
    name for name in MEASURES if (made := make_measure(name, "icu")).applies is has_body_gold and made.name
]
MARKING = [name for name in OF_BODY if make_measure(name, "icu").marker]


def page_optional() -> OptionalText:
    found = optional_text(GOLD)
    assert found
    return found


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        (BODY, BODY),
        (f"Harbour library opens\n\n{BODY}", BODY),
        (f"# Harbour library opens\nBy Anna Quay | 12 May\n\n{BODY}", BODY),
        (f"* By **Anna** _Quay_\r\n{BODY}", BODY),
        # A line is left as it stood, but for the words that go and the punctuation between them.
        (f"By Anna Quay, 12 May: {PARAGRAPH}", PARAGRAPH),
        (f"{SECOND} (12 May) {PARAGRAPH}", f"{SECOND} {PARAGRAPH}"),
        (f"{PARAGRAPH}\n\n12 May\n\n{SECOND}", BODY),
        (f"{BODY}\n\nBy Anna Quay", BODY),
        # Words that no optional block took stay: too few of them, the body's own, the title a second time.
        ("The library opens", "The library opens"),
        (SECOND.replace("forty", "12"), SECOND.replace("forty", "12")),
        ("Harbour library opens\nHarbour library opens", "Harbour library opens"),
        ("", ""),
        # Invisible characters and case do not hide a word.
        (f"HAR\u00adBOUR library opens\n{SECOND}", SECOND),
        ("港 12 May 港", "港 港"),
    ],
)
def test_what_optional_blocks_took_goes(output: str, expected: str) -> None:
    assert page_optional().taken_out(output) == expected


def test_gold_without_optional_text_has_none() -> None:
    assert optional_text(Gold(BODY)) is None
    # Labels alone say nothing without a policy.
    assert optional_text(Gold("", blocks=PAGE)) is None
    kept = parse_policy("default,+title,+byline,+date")
    assert optional_text(kept.applied(Gold("", blocks=PAGE))) is None


def test_optional_paragraphs_are_optional_text() -> None:
    gold = Gold(SECOND, paragraphs=(Paragraph("Note of the editors.", optional=True), Paragraph(SECOND)))
    found = optional_text(gold)
    assert found
    assert found.taken_out(f"Note of the editors.\n{SECOND}") == SECOND
    words = make_measure("words", "plain").under(None)
    assert words.measure(gold, f"Note of the editors.\n{SECOND}").counts.f1 == 1
    # A measure that chooses among paragraphs itself sees them.
    paragraphs = (
        make_measure("paragraphs", "plain").under(None).measure(gold, f"Note of the editors.\n{SECOND}")
    )
    assert paragraphs.counts.tp == 2


@pytest.mark.parametrize("name", OF_BODY)
def test_no_measure_sees_optional_text(name: str) -> None:
    measure = make_measure(name, "icu").under(default_policy())
    gold = Gold("", blocks=PAGE)
    for body in (BODY, PARAGRAPH, f"{BODY}\nNews"):
        alone = measure.measure(gold, body).counts
        assert measure.measure(gold, f"Harbour library opens\nBy Anna Quay\n{body}\n12 May").counts == alone


# Their optional text stands in a longer block of another role as well (opening hours, a post quoted), which
# takes words of it.
SAID_TWICE = ("forum-en-car-no-start", "service-pl-tree-permit")


@pytest.mark.parametrize("name", OF_BODY)
def test_body_with_all_optional_text_is_perfect_on_gold(name: str) -> None:
    measure = make_measure(name, "icu").under(default_policy())
    roles = default_policy().roles
    corpus = open_corpus("gold")
    for document in corpus.ids()[:: 1 if THOROUGH and name in ("words", "lcs") else 6]:
        gold = corpus.gold(document)
        # A text that has two roles on one page says not which of them it is in an output.
        roles_of: dict[str, set[str]] = {}
        for block in gold.blocks:
            roles_of.setdefault(block.text.casefold(), set()).add(roles[block.label])
        wanted = [
            block.text
            for block in gold.blocks
            if roles[block.label] == "body"
            # A lone dash takes nothing.
            or (roles_of[block.text.casefold()] == {"optional"} and icu_words(block.text))
        ]
        counts = measure.measure(gold, "\n\n".join(wanted)).counts
        assert (counts.fp, counts.fn) == (0, 0) or document in SAID_TWICE, document


pieces = st.lists(
    st.sampled_from(
        [
            *(block.text for block in PAGE),
            "library",
            "Quay",
            "—",
            "ﬁn",
            "e\u0301",
            "İ",
            "\u200b",
            "12 May,",
            "_By_",
        ]
    ),
    max_size=12,
)
separators = st.sampled_from(["\n", "\n\n", " ", "", " | ", "\u2028", "\r\n", "\t"])


@pytest.mark.parametrize("name", MARKING)
@given(words=pieces, between=st.lists(separators, min_size=12, max_size=12))
def test_marks_add_up_where_text_is_optional(name: str, words: list[str], between: list[str]) -> None:
    output = "".join(word + separator for word, separator in zip(words, between, strict=False))
    measure = make_measure(name, "icu").under(default_policy())
    assert measure.marker
    gold = Gold("", blocks=PAGE)
    counts = measure.measure(gold, output).counts
    marker = measure.marker(gold, None)
    marked = marker.mark(output)
    assert units(marked.in_gold, marker.counted) == counts.fn
    assert units(marked.in_output, marker.counted) == counts.fp
    ends = [0, *(span.end for span in marked.in_output)]
    assert all(end <= span.start for end, span in zip(ends, marked.in_output, strict=False))


def test_optional_words_are_marked_where_they_stand() -> None:
    measure = make_measure("words", "icu").under(default_policy())
    assert measure.marker
    marked = measure.marker(Gold("", blocks=PAGE), None).mark(f"By Anna Quay\nAhoy {SECOND}")
    found = [(marked.text[span.start : span.end], span.mark) for span in marked.in_output]
    optional = [(word, Mark.OPTIONAL) for word in ("By", "Anna", "Quay")]
    assert found == [*optional, ("Ahoy", Mark.LEAKED)]


def test_a_signature_on_labelled_gold_is_one_version_on() -> None:
    plain = make_measure("shingles", "plain")
    assert plain.under(None).signature == plain.signature
    assert plain.under(default_policy()).signature == plain.signature.replace("|v1", "|policy:default|v2")

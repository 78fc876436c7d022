"""``blocks``, on pages made by hand."""

from __future__ import annotations

import pytest

from boilerbench.measures import make_measures
from boilerbench.measures.block_matching import block_words, found_words
from boilerbench.measures.blocks import measure
from boilerbench.policy import parse_policy
from boilerbench.records import FOREIGN, Block, Counts, Gold, LabelCount

PARAGRAPH = "The harbour library opened its doors on Monday after two years of work."
SECOND = "It has room for forty readers, and the cat may stay."
PAGE = (
    Block("Home", "navigation"),
    Block("News", "navigation"),
    Block("Harbour library opens", "title"),
    Block(PARAGRAPH, "paragraph"),
    Block("Share", "share"),
    Block("Opening hours", "heading"),
    Block(SECOND, "paragraph"),
    Block("Ten to six", "list"),
    Block("Ferry fares will not go up this year", "related"),
    Block("Read more", "related"),
    Block("—", "interface"),
)


def present(output: str, blocks: tuple[Block, ...] = PAGE) -> list[str]:
    """The texts of the blocks that are there, by their first two words."""
    prepared = measure("icu").prepare(Gold("", blocks=blocks)).matching
    found = zip(blocks, prepared.texts, found_words(prepared, block_words(output)), strict=True)
    return [
        " ".join(block.text.split()[:2]) for block, text, number in found if text and 2 * number >= len(text)
    ]


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        (PARAGRAPH, ["The harbour"]),
        # Wrapped anew, as Markdown, in capitals, as a bullet.
        (PARAGRAPH.replace(" ", "\n"), ["The harbour"]),
        ("## Opening  hours\n\n* **Ten** to _six_\n", ["Opening hours", "Ten to"]),
        (SECOND.upper(), ["It has"]),
        # Words of a short block that stand in the body belong to the body.
        (f"{PARAGRAPH} Share", ["The harbour", "Share"]),
        (
            "Please share the news: opening hours are on the home page.",
            ["Home", "News", "Share", "Opening hours"],
        ),
        # Half of a block is enough, less is not; what is cut with dots is half.
        ("The harbour library opened its doors on Monday…", ["The harbour"]),
        ("The harbour library opened", []),
        ("Ferry fares will not…", ["Ferry fares"]),
        # One word changed in the middle.
        (SECOND.replace("forty", "fifty"), ["It has"]),
        # In another order.
        (f"{SECOND}\n{PARAGRAPH}", ["The harbour", "It has"]),
        ("", []),
        ("Something else entirely stands here.", []),
    ],
)
def test_a_block_is_present_by_its_words_in_a_row(output: str, expected: list[str]) -> None:
    assert present(output) == expected


def test_a_short_block_is_not_found_in_what_a_longer_one_has_taken() -> None:
    blocks = (
        Block("Share", "share"),
        Block("Home", "navigation"),
        Block("We share the ferry home with forty sheep and a dog.", "paragraph"),
    )
    whole = "We share the ferry home with forty sheep and a dog."
    assert present(whole, blocks) == ["We share"]
    # Changed here and there, the paragraph still closes over its gaps.
    assert present("We share the old ferry home again with forty sheep and a dog.", blocks) == ["We share"]
    assert present(f"Home\nShare\n{whole}", blocks) == ["Share", "Home", "We share"]


def test_what_stands_twice_on_the_page_counts_as_often_as_it_is_returned() -> None:
    blocks = (Block("Read on here now", "related"), Block("Read on here now", "paragraph"))
    prepared = measure("icu").prepare(Gold("", blocks=blocks)).matching
    # The body first.
    assert found_words(prepared, block_words("Read on here now")) == [0, 4]
    assert found_words(prepared, block_words("Read on here now. Read on here now.")) == [4, 4]


def test_a_heading_is_not_taken_by_a_longer_block_that_repeats_it() -> None:
    blocks = (
        Block("Share “Gust of 161 km/h at Inishmoran” by message", "share"),
        Block("Gust of 161 km/h at Inishmoran", "heading"),
    )
    assert present("Gust of 161 km/h at Inishmoran", blocks) == ["Gust of"]


def test_languages_without_spaces() -> None:
    blocks = (Block("港の図書館が二年ぶりに開いた。", "paragraph"), Block("図書館の地図を見る", "related"))
    assert present("港の図書館が二年ぶりに開いた。", blocks) == ["港の図書館が二年ぶりに開いた。"]


def test_counts_follow_from_labels_and_policy() -> None:
    output = f"Home\n{PARAGRAPH}\nHarbour library opens"
    gold = Gold("", blocks=PAGE)
    made = measure("icu")
    # Body: two paragraphs, a heading and a list, one there; boilerplate: five with words, one there.
    assert made.measure(gold, output).counts == Counts(1, 1, 3, 4)
    titled = made.under(parse_policy("default,+title,~navigation"))
    assert titled.measure(gold, output).counts == Counts(2, 0, 3, 3)


def test_labels_are_counted_in_blocks_and_words() -> None:
    measured = measure("icu").measure(Gold("", blocks=PAGE), f"Home\n{PARAGRAPH} Ahoy")
    counts = {each.label: each for each in measured.labels}
    # A word that no block took, of fifteen; less than half of a usual block of body.
    assert counts[FOREIGN] == LabelCount(FOREIGN, 2, 0, 15, 1)
    assert counts["navigation"] == LabelCount("navigation", 2, 1, 2, 1)
    assert counts["paragraph"] == LabelCount("paragraph", 2, 1, 24, 13)
    # A block without a word is no block to find.
    assert "interface" not in counts


@pytest.mark.parametrize(
    ("surplus", "words", "blocks"),
    [
        # The body's blocks have 13, 2, 11 and 3 words, 7.25 on average; a usual block counts from half of it.
        ("", 0, 0),
        ("ahoy " * 3, 3, 0),
        ("ahoy " * 4, 4, 1),
        ("ahoy " * 29, 29, 4),
        ("ahoy " * 3000, 3000, 414),
        # The page has its body once.
        (f"{PARAGRAPH} Opening hours {SECOND} Ten to six", 29, 4),
    ],
)
def test_foreign_words_count_as_usual_blocks(surplus: str, words: int, blocks: int) -> None:
    measured = measure("icu").measure(
        Gold("", blocks=PAGE), f"{PARAGRAPH} Opening hours {SECOND} Ten to six. {surplus}"
    )
    assert measured.counts == Counts(4, blocks, 0, 5)
    assert measured.labels[-1] == LabelCount(FOREIGN, 4 + blocks, blocks, 29 + words, words)


def test_without_a_body_a_usual_block_is_one_of_the_page() -> None:
    blocks = (Block("Home", "navigation"), Block("Read on here", "related"), Block("—", "interface"))
    assert measure("icu").measure(Gold("", blocks=blocks), "ahoy ahoy ahoy").counts == Counts(0, 2, 0, 2)
    wordless = (Block("—", "interface"),)
    assert measure("icu").measure(Gold("", blocks=wordless), "ahoy ahoy").counts == Counts(0, 2, 0, 0)


def test_the_policy_stands_in_the_signature() -> None:
    made = make_measures(["words", "blocks"], "icu", print, parse_policy("default,-table"))
    assert [each.signature.split("|")[-2:] for each in made] == [["policy:default,-table", "v2"]] * 2


def test_optional_words_are_neither_asked_for_nor_leaked() -> None:
    (words,) = make_measures(["words"], "icu", print, parse_policy("default"))
    gold = Gold("", blocks=PAGE)
    body = f"{PARAGRAPH} Opening hours {SECOND} Ten to six"
    plain = words.measure(gold, body).counts
    assert (plain.fp, plain.fn) == (0, 0)
    titled = words.measure(gold, f"Harbour library opens {body}").counts
    assert (titled.tp, titled.fp, titled.fn) == (plain.tp, 0, 0)
    # Twice the title is once too often.
    assert words.measure(gold, f"Harbour library opens Harbour library opens {body}").counts.fp == 3

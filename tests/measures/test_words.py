"""``words``, worked by hand."""

from __future__ import annotations

import pytest

from boilerbench.measures import make_measure
from boilerbench.records import Counts, Gold
from boilerbench.tokenizers import icu_version


def count(tokenizer: str, gold: str, text: str) -> Counts:
    measure = make_measure("words", tokenizer)
    return measure.measure(Gold(gold), text).counts


@pytest.mark.parametrize(
    ("gold", "text", "counts"),
    [
        # the ×2, cat, sat, on, mat against the ×1, cat, ran: "the" once and "cat" are shared.
        ("The cat sat on the mat.", "the CAT ran", Counts(2, 1, 4)),
        ("a a a b", "a b b", Counts(2, 1, 2)),
        ("same text", "text same", Counts(2, 0, 0)),
        ("one two", "three", Counts(0, 1, 2)),
        ("", "", Counts(0, 0, 0)),
        ("gold", "", Counts(0, 0, 1)),
        ("", "output here", Counts(0, 2, 0)),
        ("—!?", "…", Counts(0, 0, 0)),
        ("text", "text text", Counts(1, 1, 0)),
        # Without white space, runs of \w are whole clauses: all or nothing.
        ("本を読んだ。", "本を読んだ。", Counts(1, 0, 0)),
        ("本を読んだ。", "本を買った。", Counts(0, 1, 1)),
    ],
)
def test_plain_words_are_counted_as_wcxb_counts(gold: str, text: str, counts: Counts) -> None:
    assert count("plain", gold, text) == counts


@pytest.mark.parametrize(
    ("gold", "text", "counts"),
    [
        ("The cat's mat.", "the CAT'S", Counts(2, 0, 1)),
        # 本 を 読 んだ against 本 を 買 った, as ICU cuts them: 本 and を are shared.
        ("本を読んだ。", "本を読んだ。", Counts(5, 0, 0)),
        # A soft hyphen, a composed accent and a zero-width space change nothing.
        ("caf\u00e9 hyphen\u00adated", "cafe\u0301 hyphenated\u200b", Counts(2, 0, 0)),
        ("", "", Counts(0, 0, 0)),
        ("gold", "", Counts(0, 0, 1)),
        ("", "output here", Counts(0, 2, 0)),
        ("שלום עולם", "עולם\u200f", Counts(1, 0, 1)),
    ],
)
def test_icu_words_are_counted_after_normalising(gold: str, text: str, counts: Counts) -> None:
    assert count("icu", gold, text) == counts


def test_the_signature_says_what_decides_the_figures() -> None:
    assert make_measure("words", "plain").signature == r"words|seg:\w+|case:lower|v1"
    major = icu_version().partition(".")[0]
    assert make_measure("words", "icu").signature == f"words|seg:icu-{major}|case:fold|norm:nfc|v1"

"""The normaliser and the tokenizers."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerbench.tokenizers import (
    cased_words,
    icu_version,
    icu_word_spans,
    icu_words,
    normalize,
    plain_word_spans,
    plain_words,
)

any_text = st.text(st.characters(exclude_categories=[]))


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("  two\n\n words\t", "two words"),
        ("no\u00a0break\u3000wide", "no break wide"),
        ("soft\u00adhyphen", "softhyphen"),
        ("zero\u200bwidth\u200djoined\ufeff", "zerowidthjoined"),
        ("right\u200fleft\u202eturned\u2069", "rightleftturned"),
        ("e\u0301", "é"),
        # What stood between a letter and its accent is gone before they are composed.
        ("e\u200b\u0301", "é"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("", ""),
        ("\u200b \u00ad", ""),
    ],
)
def test_normalise(text: str, normalised: str) -> None:
    assert normalize(text) == normalised


@given(any_text)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once


@given(any_text)
def test_normalised_text_is_nfc_trimmed_and_encodable(text: str) -> None:
    normalised = normalize(text)
    assert unicodedata.is_normalized("NFC", normalised)
    assert normalised == " ".join(normalised.split())
    normalised.encode("utf-8")


def test_plain_words_are_those_of_wcxb() -> None:
    # By hand from re.findall(r"\w+", text.lower()).
    assert plain_words("It's 3.5 KM—re_use Ärger!") == ["it", "s", "3", "5", "km", "re_use", "ärger"]


def test_cased_words_keep_case() -> None:
    assert cased_words("It's 3 KM") == ["It", "s", "3", "KM"]


@given(st.text(st.characters() | st.sampled_from("a_é’—\u2028\x1c\ud800 "), max_size=200))
def test_cased_words_are_what_the_pattern_finds(text: str) -> None:
    assert cased_words(text) == re.findall(r"\w+", text)


def test_every_character_parts_words_or_not_as_in_the_pattern() -> None:
    for start in range(0, 0x110000, 16):
        text = " a".join(f"{chr(code)}b" for code in range(start, start + 16))
        assert cased_words(text) == re.findall(r"\w+", text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The cat's 3.5 kg — 12,000 grams!", ["the", "cat's", "3.5", "kg", "12,000", "grams"]),
        # Thai: "hello" and a particle, by the dictionary that ICU carries.
        ("สวัสดีครับ", ["สวัสดี", "ครับ"]),
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("ＡＢＣ re\u00ad-used", ["ａｂｃ", "re", "used"]),
        ("«…» — !", []),
        ("", []),
    ],
)
def test_icu_words(text: str, words: list[str]) -> None:
    assert icu_words(text) == words


def test_icu_cuts_text_without_white_space() -> None:
    words = icu_words("東京の図書館で本を読んだ。")
    assert "".join(words) == "東京の図書館で本を読んだ"
    assert len(words) > 5
    assert "図書館" in words


def test_spans_are_where_the_words_stand() -> None:
    text = "One 👍 two-three"
    assert [text[start:end] for start, end in plain_word_spans(text)] == ["One", "two", "three"]
    assert [text[start:end] for start, end in icu_word_spans(text)] == ["One", "two", "three"]


@given(any_text)
def test_any_text_can_be_cut(text: str) -> None:
    for start, end in icu_word_spans(text):
        assert 0 <= start < end <= len(text)
    assert all(icu_words(text))


def test_the_version_of_icu_is_known() -> None:
    assert int(icu_version().split(".")[0]) >= 70

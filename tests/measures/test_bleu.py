"""``bleu``, worked by hand and against NLTK called as WCEB-extended calls it."""

from __future__ import annotations

import math
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.translate.bleu_score import SmoothingFunction, sentence_bleu

from boilerbench.errors import InputError
from boilerbench.measures import make_measure
from boilerbench.records import Counts, Gold

words = st.lists(st.sampled_from(["the", "ferry", "leaves", "at", "nine"]), max_size=12)


def similarity(gold: str, text: str) -> float:
    return make_measure("bleu", "icu").measure(Gold(gold), text).counts.f1


@pytest.mark.parametrize(
    ("gold", "text", "expected"),
    [
        # All single words and pairs of the output are gold's; it has two words of three: e^(1 − 3/2).
        ("the ferry leaves", "the ferry", math.exp(1 - 3 / 2)),
        # Five of six words, four of five pairs, three of four runs of three, two of three of four.
        (
            "the ferry leaves at nine",
            "the ferry leaves at nine today",
            (5 / 6) ** 0.4 * (4 / 5) ** 0.3 * (3 / 4) ** 0.2 * (2 / 3) ** 0.1,
        ),
        ("the ferry", "a menu", 0),
        ("", "a menu", 0),
        ("the ferry", "", 0),
        ("ferry", "ferry", 1),
        ("the\nferry", "the ferry", 1),
    ],
)
def test_bleu_is_as_worked_by_hand(gold: str, text: str, expected: float) -> None:
    assert similarity(gold, text) == pytest.approx(expected, abs=1e-12)


@given(gold=words, text=words)
def test_bleu_is_nltks(gold: list[str], text: list[str]) -> None:
    if gold and text and gold != text:
        short = len(gold) < 4 or len(text) < 4
        expected = sentence_bleu(
            [gold],
            text,
            smoothing_function=SmoothingFunction().method1,
            weights=(0.6, 0.4, 0, 0) if short else (0.4, 0.3, 0.2, 0.1),
        )
        assert similarity(" ".join(gold), " ".join(text)) == pytest.approx(expected, abs=1e-12)


def test_both_empty_is_perfect() -> None:
    assert make_measure("bleu", "icu").measure(Gold(""), " \n").counts == Counts(0, 0, 0)


def test_without_nltk_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nltk", None)
    with pytest.raises(
        InputError, match=r"bleu: NLTK, .* is not installed; pip install 'boilerbench\[bleu\]'"
    ):
        make_measure("bleu", "icu")

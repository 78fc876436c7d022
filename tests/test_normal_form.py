"""NFC, held against Python's own function."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boilerbench.normal_form import nfc
from tests.conftest import THOROUGH

MARKS = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.combining(chr(code))]
# Marks that are composed or fall apart into several, letters that take marks, parts of syllables.
PIECES = [
    *("\u0301", "\u0316", "\u0327", "\u0344", "\u0f73", "\u0345", "\u3099", "\u302a", "\ud800"),
    *("a", "é", "e", "か", "が", "α", "가", "\u1100", "\u1161", "\u11a8", " ", "☃", "\U0001d15e"),
]
RUNS = st.tuples(st.sampled_from(PIECES) | st.sampled_from(MARKS), st.sampled_from((1, 1, 2, 70)))


@settings(deadline=None)
@given(st.lists(RUNS, max_size=12))
def test_texts_are_composed_as_python_composes_them(runs: list[tuple[str, int]]) -> None:
    text = "".join(piece * number for piece, number in runs)
    assert nfc(text) == unicodedata.normalize("NFC", text)


@settings(deadline=None)
@given(st.lists(st.sampled_from(MARKS), min_size=64, max_size=200), st.sampled_from(PIECES))
def test_long_runs_of_combining_marks_are_put_in_order(marks: list[str], before: str) -> None:
    text = f"{before}{''.join(marks)}é"
    assert nfc(text) == unicodedata.normalize("NFC", text)


def test_a_run_of_marks_as_long_as_an_output_is_composed() -> None:
    # By hand: the dots below, of class 220, come before the acute accents, of class 230; a takes the first
    # dot, which makes ạ, and nothing composes ạ with an acute accent.
    number = 5_000_000 if THOROUGH else 100_000
    assert nfc("a" + "\u0301\u0323" * number) == "ạ" + "\u0323" * (number - 1) + "\u0301" * number


@pytest.mark.parametrize("text", ["", "plain", "é", "…" * 100, "═" * 100, "\ud800"])
def test_texts_that_are_composed_stay_as_they_are(text: str) -> None:
    assert nfc(text) == text

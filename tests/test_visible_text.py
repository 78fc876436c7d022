"""Control characters as marks."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerbench.visible_text import visible, visible_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("a\x1b[2J\x07b", "a␛[2J␇b"),
        ("a\r\nb\tc\x7f", "a␍\nb\tc␡"),
        ("\x9b2J \u202egnp.exe\u2066", "�2J �gnp.exe�"),
        ("a\u2028b\ud800", "a�b�"),
        # Marks of direction, joiners and soft hyphens act on nothing but the text around them.
        ("שלום\u200f! क\u200dष \u00ad", "שלום\u200f! क\u200dष \u00ad"),
    ],
)
def test_what_acts_on_a_terminal_becomes_a_mark(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_line_stays_a_line() -> None:
    assert visible_line("a\nb\tc") == "a␊b␉c"


@given(st.text(st.characters(codec=None)))
def test_marks_keep_the_number_of_characters_and_leave_no_control(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert visible(shown) == shown
    assert not [char for char in shown if unicodedata.category(char) in ("Cc", "Cs") and char not in "\t\n"]

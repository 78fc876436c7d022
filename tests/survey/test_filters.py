"""The usual filters: each rule at its published bound, worked by hand."""

from __future__ import annotations

import pytest

from boilerbench.survey.filters import FIGURES, usual_rules
from boilerbench.survey.filters import removed_by as removed
from boilerbench.tokenizers import icu_words
from tests.survey.observing import PROSE


def removed_by(text: str, language: str = "en") -> tuple[str, ...]:
    return removed(usual_rules(), text, icu_words(text), language)


def test_prose_survives_all() -> None:
    assert removed_by(PROSE) == ()


def test_every_rule_names_a_figure_a_source_and_a_bound() -> None:
    for rule in usual_rules():
        assert rule.figure in FIGURES
        assert "arXiv" in rule.source
        assert any(
            bound is not None for bound in (rule.below, rule.above, rule.at_or_below, rule.at_or_above)
        )


LINE = "The ferry leaves at nine and we have to be there with it."
"""Thirteen words, 57 characters, at the end a full stop."""


@pytest.mark.parametrize(
    ("text", "rule", "kept"),
    [
        # 49 words and 50.
        ("the of " + "ferry " * 47, "gopher-words", "the of " + "ferry " * 48),
        ("the of " + "a " * 60, "gopher-word-length", "the of " + "ferry " * 60),
        # One sign for ten words may be; 60 words, 7 and 6 signs.
        ("the of " + "ferry " * 58 + "#" * 7, "gopher-hashes", "the of " + "ferry " * 58 + "#" * 6),
        ("the of " + "ferry " * 58 + "… " * 7, "gopher-ellipses", "the of " + "ferry " * 58 + "… " * 6),
        # Of 20 lines 19 and 18 with a sign before them.
        (f"• {LINE}\n" * 19 + LINE, "gopher-bullets", f"• {LINE}\n" * 18 + f"{LINE}\n" * 2),
        # Of 10 lines four and three are cut.
        (f"{LINE}..\n" * 4 + f"{LINE}\n" * 6, "gopher-cut-lines", f"{LINE}..\n" * 3 + f"{LINE}\n" * 7),
        # Of 100 words 21 and 20 are numbers.
        ("the of " + "ferry " * 77 + "7 " * 21, "gopher-letters", "the of " + "ferry " * 78 + "7 " * 20),
        ("the " + "ferry " * 60, "gopher-stop-words", "the of " + "ferry " * 60),
        # Of 10 lines four and three were there before.
        (
            "\n".join([LINE] * 5 + [f"{LINE} {n}" for n in range(5)]),
            "gopher-repeated-lines",
            "\n".join([LINE] * 4 + [f"{LINE} {n}" for n in range(6)]),
        ),
        # Of 100 lines 12 and 13 end in a sentence's end.
        (
            f"{LINE}\n" * 12 + f"{LINE[:-1]}\n" * 88,
            "fineweb-line-ends",
            f"{LINE}\n" * 13 + f"{LINE[:-1]}\n" * 87,
        ),
        # Of 100 lines 67 and 66 have 30 characters.
        (
            "a" * 30 + "\n" + f"{'a' * 30}\n" * 66 + f"{LINE}\n" * 33,
            "fineweb-short-lines",
            f"{'a' * 30}\n" * 66 + f"{LINE}\n" * 34,
        ),
        # 57 of 5,700 characters are there again, and then 57 of 5,757.
        (f"{LINE}\n{LINE}\n{'x' * 5586}", "fineweb-repeated-lines", f"{LINE}\n{LINE}\n{'x' * 5643}"),
        # 32 line breaks on 103 words, and 31.
        ("word\n" * 32 + "ferry " * 71, "fineweb-lists", "word\n" * 30 + "ferry " * 73),
    ],
)
def test_a_rule_at_its_bound(text: str, rule: str, kept: str) -> None:
    assert rule in removed_by(text)
    assert rule not in removed_by(kept)


def test_rules_for_english_hold_for_english_alone() -> None:
    text = "的" * 60
    assert "gopher-stop-words" in removed_by(text)
    assert not {"gopher-stop-words", "gopher-word-length"} & {*removed_by(text, "zh")}


def test_nothing_is_removed_as_too_short() -> None:
    assert "gopher-words" in removed_by("")

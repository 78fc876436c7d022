"""Reference rows: bounds and ensembles, worked by hand."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import boilerbench
from boilerbench.errors import InputError
from boilerbench.measures import make_measure
from boilerbench.records import Gold
from boilerbench.reference_rows import (
    ROWS,
    Tally,
    best_pick,
    block_search,
    has_majority,
    is_within,
    kept_text,
    page_votes,
    page_words,
    train_vote,
)
from boilerbench.results import Run
from tests.conftest import write_aeb

BODY = "The ferry leaves the old harbour at nine."
MORE = "Bring a coat, since it is cold on deck."
MENU = "Home News Weather Sport Culture Letters Subscribe"


def f1_in_words(gold: str) -> Callable[[str], float]:
    measure = make_measure("words", "plain")
    prepared = measure.prepare(Gold(gold))
    return lambda text: measure.count(prepared, text).counts.f1


def test_the_best_pick_is_the_first_of_the_best() -> None:
    outputs = {"first": f"{MENU} {BODY}", "second": f"{BODY} ", "third": BODY}
    assert best_pick(outputs, f1_in_words(BODY)) == outputs["second"]


def test_the_search_finds_the_body_among_blocks() -> None:
    assert (
        block_search([MENU, BODY, "Advert", MORE, MENU], f1_in_words(f"{BODY} {MORE}")) == f"{BODY}\n\n{MORE}"
    )
    assert block_search([], f1_in_words(BODY)) == ""


@given(
    st.lists(st.lists(st.sampled_from("abcdef"), max_size=4).map(" ".join), max_size=6),
    st.lists(st.sampled_from("abcdef"), max_size=8).map(" ".join),
)
def test_the_search_is_a_bound_from_below(blocks: list[str], gold: str) -> None:
    """Against all choices of blocks: never more than the best, never less than all of them or none."""
    f1 = f1_in_words(gold)
    choices = [
        "\n\n".join(itertools.compress(blocks, kept))
        for kept in itertools.product([0, 1], repeat=len(blocks))
    ]
    found = f1(block_search(blocks, f1))
    assert max(f1(""), f1("\n\n".join(blocks))) <= found <= max(map(f1, choices))


def test_a_word_is_found_with_four_before_it_or_after_it() -> None:
    # By hand: each of the first eight words begins or ends a run of five that both have; three in a row, as
    # in the rest of the text, are no run.
    words = page_words([MENU, f"{BODY} {MORE}"]).words
    found = is_within(words, f"x {BODY} y bring a coat")
    assert list(itertools.compress(words, found)) == [
        "the",
        "ferry",
        "leaves",
        "the",
        "old",
        "harbour",
        "at",
        "nine",
    ]


def test_pieces_of_blocks_are_put_together_again() -> None:
    blocks = ["— The ferry, at 9.", "…", "Bring  a «coat»!"]
    page = page_words(blocks)
    assert kept_text(page, [True] * len(page.words)) == "— The ferry, at 9.\n\nBring  a «coat»!"
    # the ferry at 9 | bring a coat
    assert kept_text(page, [False, True, True, False, False, False, True]) == "ferry, at\n\ncoat»!"


@pytest.mark.parametrize(
    ("page", "outputs", "kept"),
    [
        # Of WCEB's own function (extract_majority_vote, run on these texts), with two thirds of the outputs.
        ("a b c d e f g h i j", ("c d e f g", "a b c d", "g h i j", "b c d e f g h"), "b c d g h"),
        ("a b c d e f g h i j", ("b c d e f g h", "a b c d e f", "f g h i j"), "a b c d e f g h i j"),
        ("a b c", ("a b c", "b c", "c a"), "a b c"),
    ],
)
def test_the_vote_is_that_of_wceb(page: str, outputs: tuple[str, ...], kept: str) -> None:
    words = page_words([page])
    assert kept_text(words, [has_majority(votes) for votes in page_votes(words, outputs)]) == kept


def test_two_thirds_are_a_majority() -> None:
    # int(3 × 0.66) is 1, int(4 × 0.66) 2, int(9 × 0.66) 5, as WCEB's extractors.py has it.
    assert [has_majority((True,) * yes + (False,) * no) for yes, no in ((1, 2), (0, 3), (2, 2), (1, 3))] == [
        *(True, False, True, False)
    ]
    assert has_majority((True,) * 5 + (False,) * 4)
    assert not has_majority((True,) * 4 + (False,) * 5)
    assert not has_majority((False,))


def test_votes_are_counted_word_by_word() -> None:
    page = page_words([MENU, BODY])
    votes = page_votes(page, [f"{MENU} {BODY}", BODY, ""])
    assert votes == [(True, False, False)] * 7 + [(True, True, False)] * 8
    assert page_votes(page, []) == []


def test_weights_are_log_likelihood_ratios() -> None:
    # By hand, one word added to every count: the first voter returns 8 of 10 words of body and 1 of 5 others,
    # the second all of both.
    tally: Tally = Counter(
        {
            ((True, True), True): 8,
            ((False, True), True): 2,
            ((True, True), False): 1,
            ((False, True), False): 4,
        }
    )
    vote = train_vote(tally)
    assert vote.for_vote == pytest.approx((math.log((9 / 12) / (2 / 7)), math.log((11 / 12) / (6 / 7))))
    assert vote.for_abstention == pytest.approx((math.log((3 / 12) / (5 / 7)), math.log((1 / 12) / (1 / 7))))
    # F1 over these words: of the first voter's 9, 8 are body, 16 / 19; of all 15, 10 are, 20 / 25.
    assert vote.keeps((True, True))
    assert not vote.keeps((False, True))
    with pytest.raises(ValueError, match="no words"):
        train_vote(Counter())


@pytest.fixture
def run(tmp_path: Path) -> Run:
    page = f"<ul><li>{MENU}</li></ul><p>{BODY}</p><p>{MORE}</p>"
    corpus = write_aeb(tmp_path / "aeb", {f"d{number}": (page, f"{BODY}\n\n{MORE}") for number in range(3)})
    return boilerbench.run(
        f"aeb:{corpus}",
        ["html-text", "inscriptis", "resiliparse", "baseline:all"],
        ["words"],
        out=tmp_path / "runs",
    )


def test_rows_are_made_when_scoring_and_do_not_compete(run: Run) -> None:
    before = dict(zip(run.leaderboard["extractor"], run.leaderboard["f1"], strict=True))
    scored = boilerbench.score(run.folder, references=[*ROWS])
    assert scored.info.references == tuple(ROWS)
    board = scored.leaderboard
    f1 = dict(zip(board["extractor"], board["f1"], strict=True))
    assert {name: f1[name] for name in before} == before
    assert set(board[board["extractor"].isin([*ROWS])]["among_best"]) == {""}
    assert f1["block-search"] == 1
    assert f1["best-pick"] == max(before.values())
    # One of two thirds of three extractors is enough, so the vote is the whole page.
    assert f1["vote"] == before["baseline:all"]
    texts = {stored.extractor: stored.text for stored in scored.texts() if stored.document == "d1"}
    assert texts["block-search"] == f"{BODY}\n\n{MORE}"
    # They stay when the run is scored again, and go when others are asked for.
    assert boilerbench.score(run.folder).info.references == tuple(ROWS)
    assert boilerbench.score(run.folder, references=["vote"]).info.references == ("vote",)
    assert boilerbench.score(run.folder, references=[]).info.references == ()


def test_a_row_that_there_is_not(run: Run) -> None:
    with pytest.raises(InputError, match="no reference row 'oracle'; there are best-pick, "):
        boilerbench.score(run.folder, references=["oracle"])

"""Baselines, worked by hand."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerbench.baselines import (
    _best_stretch,
    body_text_extraction,
    long_blocks,
    middle_of_page,
    whole_page,
)

PAGE = """<html><head><title>Ferry</title><style>p { color: red }</style></head><body>
<ul><li><a href="/">Home</a></li><li><a href="/all">All ferries</a></li></ul>
<p>The ferry leaves at nine,
and <b>not</b> at ten.</p><p hidden>Never seen.</p><p>Bring a coat.</p>
<div><a href="/legal">Legal</a></div><script>var p = "<p>script</p>";</script></body></html>"""


def test_the_whole_page_is_its_visible_blocks() -> None:
    assert whole_page(PAGE) == (
        "Home\n\nAll ferries\n\nThe ferry leaves at nine, and not at ten.\n\nBring a coat.\n\nLegal"
    )


def test_the_middle_leaves_out_as_many_words_at_either_end() -> None:
    # 16 words: home, all, ferries, nine of a sentence, three of another, legal; a quarter is 4 of them.
    assert middle_of_page(PAGE, 0.5) == "ferry leaves at nine, and not at ten."
    assert middle_of_page(PAGE, 1) == whole_page(PAGE)
    assert middle_of_page(PAGE, 0) == ""
    assert middle_of_page("", 0.6) == ""


def test_a_text_without_spaces_is_cut_between_characters() -> None:
    text = "渡轮九点离开请带外套" * 4
    assert middle_of_page(f"<p>{text}</p>", 0.5) == text[10:30]


def test_a_share_beyond_the_whole_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        middle_of_page(PAGE, 1.5)


def test_long_blocks_are_counted_in_characters() -> None:
    assert long_blocks(PAGE, 13) == "The ferry leaves at nine, and not at ten.\n\nBring a coat."
    assert long_blocks(PAGE, 14) == "The ferry leaves at nine, and not at ten."


def test_body_text_extraction_takes_the_stretch_with_most_words_and_fewest_tags() -> None:
    # Words against tags, by hand: after the menu's many tags and three words come six words, a tag, one word,
    # a tag, two words, two tags and three words; nothing before or after outweighs its tags.
    assert body_text_extraction(PAGE) == "The ferry leaves at nine, and not at ten.\n\nBring a coat."


def test_body_text_extraction_counts_words_where_no_spaces_are() -> None:
    page = (
        "<ul><li>首页</li><li>新闻</li></ul><p>渡轮九点离开，请带外套和雨伞，因为明天会下雨。</p><i>法律</i>"
    )
    assert body_text_extraction(page) == "渡轮九点离开，请带外套和雨伞，因为明天会下雨。"


def test_nothing_is_the_body_of_a_page_without_words() -> None:
    assert body_text_extraction("<p></p><div><br></div>") == ""


@given(st.lists(st.integers(-3, 3), max_size=12))
def test_the_best_stretch_is_the_best_of_all(weights: list[int]) -> None:
    start, end = _best_stretch(weights)
    stretches = itertools.combinations(range(len(weights) + 1), 2)
    assert sum(weights[start:end]) == max([0, *(sum(weights[first:last]) for first, last in stretches)])

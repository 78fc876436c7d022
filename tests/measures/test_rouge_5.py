"""``rouge-5``, worked by hand and against WebMainBench's way of computing it."""

from __future__ import annotations

import sys

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rouge_score.rouge_scorer import _create_ngrams, _score_ngrams

from boilerbench.errors import InputError
from boilerbench.measures import make_measure, make_measures
from boilerbench.measures.jieba_tokens import JiebaTokens
from boilerbench.records import Counts, Gold

jieba.initialize()
texts = st.text(st.sampled_from("我们在北京大学生活动中心 abc1.-+#%_，。\n\tЖé가"), max_size=60)


def count(gold: str, text: str) -> Counts:
    measure = make_measure("rouge-5", "plain")
    return measure.measure(Gold(gold), text).counts


@pytest.mark.parametrize(
    ("gold", "text", "counts"),
    [
        # Tokens a, space, b, space, c, space, d: three runs of five, two of which end before d.
        ("a b c d", "a b c e", Counts(2, 1, 1)),
        # jieba cuts 我 来到 北京 清华大学 and 。: one run; the other text has 上海 in its place.
        ("我来到北京清华大学。", "我来到北京清华大学。", Counts(1, 0, 0)),
        ("我来到北京清华大学。", "我来到上海清华大学。", Counts(0, 1, 1)),
        ("a b", "a b", Counts(1, 0, 0)),
        ("", "", Counts(0, 0, 0)),
        ("", " \n", Counts(0, 0, 0)),
        ("a", "", Counts(0, 0, 1)),
    ],
)
def test_runs_of_five_tokens_count(gold: str, text: str, counts: Counts) -> None:
    assert count(gold, text) == counts


@given(gold=texts, text=texts)
def test_figures_are_webmainbenchs(gold: str, text: str) -> None:
    cut_gold, cut_text = jieba.lcut(gold), jieba.lcut(text)
    if min(len(cut_gold), len(cut_text)) >= 5 and gold.strip() and text.strip():
        published = _score_ngrams(_create_ngrams(cut_gold, 5), _create_ngrams(cut_text, 5))
        counts = count(gold, text)
        ours = (counts.precision, counts.recall, counts.f1)
        assert ours == pytest.approx((published.precision, published.recall, published.fmeasure), abs=1e-12)


def test_without_jieba_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jieba", None)
    with pytest.raises(
        InputError, match=r"rouge-5: jieba, .* is not installed; pip install 'boilerbench\[jieba\]'"
    ):
        make_measure("rouge-5", "plain")
    remarks: list[str] = []
    names = [measure.name for measure in make_measures(["words", "all"], "plain", remarks.append)]
    assert "rouge-5" not in names
    assert names.count("words") == 1
    assert len(remarks) == 1
    assert "jieba" in remarks[0]


WORDS = st.sampled_from(sorted(jieba.dt.FREQ)[::97])
PIECES = st.one_of(
    WORDS,
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FD5),
    st.sampled_from(["abc", "1.5%", "3.14", " ", "\r\n", "\n", "，", "㐀", "T恤", "é", "_"]),
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_tokens_are_jiebas(text: str) -> None:
    tokens = list(JiebaTokens(jieba).tokens(text))
    assert tokens == (jieba.lcut(text) if text.strip() else [])


def test_a_long_run_of_ideographs_that_are_no_words_is_cut() -> None:
    # jieba's own function takes time that grows with the square of such a run; these are short enough for it.
    text = "".join(map(chr, range(0x9E00, 0x9FD6))) * 3
    assert list(JiebaTokens(jieba).tokens(text)) == jieba.lcut(text)

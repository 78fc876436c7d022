"""``rouge-5``: the multiset of runs of five tokens, as jieba cuts them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from boilerbench.errors import InputError
from boilerbench.measures.base import Example, Measure, Measurement
from boilerbench.measures.jieba_tokens import JiebaTokens
from boilerbench.measures.ngrams import NgramCounts
from boilerbench.records import Counts, Gold

SIZE = 5


def measure(tokenizer: str) -> Measure[NgramCounts]:
    """``rouge-5`` as WebMainBench computes it, whatever the corpus.

    Raises:
        InputError: jieba is not installed.
    """
    tokenize, version = _jieba_tokenizer()

    def prepare(gold: Gold) -> NgramCounts:
        return NgramCounts(list(tokenize(gold.body)), SIZE)

    def count(expected: NgramCounts, text: str) -> Measurement:
        return Measurement(expected.overlap(tokenize(text)))

    return Measure(
        name="rouge-5",
        signature=f"rouge-5|n:{SIZE}|seg:jieba-{version}|case:keep|v1",
        summary="multiset of 5-grams of jieba's tokens, white space included",
        source="WebMainBench, text_metrics.py (TextRougeNgramMetric); Dripper, arXiv:2511.23119",
        explanation=(
            "Every run of five tokens of the gold body is expected as often as it occurs there. Tokens are "
            "those of jieba, which knows Chinese words and takes every space, line break and punctuation "
            "mark as a token of its own, so layout counts. A text of fewer than five tokens is one run, "
            "where the published scorer gives 0 even to the right answer."
        ),
        example=Example(
            Gold("a b c d"),
            "a b c e",
            Counts(tp=2, fp=1, fn=1),
            "'a b c' and the space after it make the runs 'a b c' and ' b c ', which are found; gold's "
            "'b c d' and the output's 'b c e' are not",
        ),
        unseen=Example(
            Gold("a b c d e f g h i j k l\nm n o p q r s t u v w x"),
            "m n o p q r s t u v w x\na b c d e f g h i j k l",
            Counts(tp=38, fp=5, fn=5),
            "either line has 23 tokens and 19 runs, all of which are found; only the five runs across the "
            "line break differ, so that the order of lines is hardly seen",
        ),
        prepare=prepare,
        count=count,
    )


def _jieba_tokenizer() -> tuple[Callable[[str], Iterator[str]], str]:
    """The tokenizer and the version of jieba."""
    try:
        import jieba
    except ImportError:
        raise InputError(
            "measure rouge-5: jieba, which cuts its tokens, is not installed; "
            "pip install 'boilerbench[jieba]'"
        ) from None
    jieba.setLogLevel("WARNING")
    # Now, so that processes forked later have the dictionary already.
    jieba.initialize()
    return JiebaTokens(jieba).tokens, str(jieba.__version__)

"""``rouge-lsum``: the longest common subsequences of each line of gold with all lines of an output."""

from __future__ import annotations

from collections.abc import Iterator

from boilerbench.measures.base import Example, Measure, Measurement
from boilerbench.measures.union_lcs import UnionLcs
from boilerbench.records import Counts, Gold


def measure(tokenizer: str) -> Measure[UnionLcs]:
    """``rouge-lsum`` over lines and tokens between white space, whatever the corpus.

    WCEB's own script cuts texts into sentences with NLTK, whose model has to be fetched; lines are what
    rouge-score takes by itself.
    """

    def prepare(gold: Gold) -> UnionLcs:
        return UnionLcs(list(_lines(gold.body)))

    def count(expected: UnionLcs, text: str) -> Measurement:
        (counts,) = expected.counts(_lines(text))
        return Measurement(counts)

    return Measure(
        name="rouge-lsum",
        signature="rouge-lsum|lines:newline|seg:white-space|case:keep|v1",
        summary="union of longest common subsequences over lines",
        source="rouge-score, rouge_scorer.py (_summary_level_lcs); WCEB, eval.py (rouge_eval), SIGIR 2023",
        explanation=(
            "Each line of gold is compared with every line of the output; a word of it counts as found when "
            "it lies on a longest common subsequence with any of them, but no word counts more often than "
            "the output has it. So lines may move, while words within a line keep their order. Words are "
            "whatever stands between white space, punctuation and case included. The figures are those of "
            "the rouge-score package's rougeLsum with that tokenizer."
        ),
        example=Example(
            Gold("the ferry leaves at nine\nbring a coat"),
            "a coat\nat nine the ferry leaves",
            Counts(tp=5, fp=2, fn=3),
            "'a coat' is found on the first line; of gold's first line 'the ferry leaves' is on the longest "
            "common subsequence with the output's second, 'at nine' is not",
        ),
        unseen=Example(
            Gold("the ferry leaves at nine"),
            "at\nferry\nleaves\nnine\nthe",
            Counts(tp=5, fp=0, fn=0),
            "each line of the output has a word of gold's line, so that one word a line is all of it, in "
            "whatever order",
        ),
        prepare=prepare,
        count=count,
    )


def _lines(text: str) -> Iterator[list[str]]:
    return (tokens for line in text.split("\n") if (tokens := line.split()))

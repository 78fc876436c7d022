"""``shingles``: the multiset of runs of four words, so that order counts a little."""

from __future__ import annotations

from boilerbench.measures.base import Example, Measure, Measurement
from boilerbench.measures.ngrams import NgramCounts
from boilerbench.records import Counts, Gold
from boilerbench.tokenizers import cased_words

SIZE = 4


def measure(tokenizer: str) -> Measure[NgramCounts]:
    """``shingles`` exactly as Zyte counts them, whatever the corpus: case kept, words by ``\\w+``.

    Zyte divides a document's counts by their sum, which changes neither precision nor recall; the counts here
    are whole.
    """

    def prepare(gold: Gold) -> NgramCounts:
        return NgramCounts(cased_words(gold.body), SIZE)

    def count(expected: NgramCounts, text: str) -> Measurement:
        return Measurement(expected.overlap(cased_words(text)))

    return Measure(
        name="shingles",
        signature=rf"shingles|n:{SIZE}|seg:\w+|case:keep|v1",
        summary="multiset of 4-word shingles",
        source="article-extraction-benchmark, evaluate.py (string_shingle_matching, _ngrams); Zyte 2019",
        explanation=(
            "Every run of four words of the gold body is expected as often as it occurs there. A run holds "
            "only where its words follow one another, so word order counts within a sentence but the order "
            "of paragraphs hardly does. A text of fewer than four words is one run."
        ),
        example=Example(
            Gold("the ferry leaves at nine sharp"),
            "the ferry leaves at ten sharp",
            Counts(tp=1, fp=2, fn=2),
            "'the ferry leaves at' is found; the two other runs of either text hold nine or ten",
        ),
        unseen=Example(
            Gold("It leaves at nine and is there at ten. Bring a coat since it gets cold on deck."),
            "Bring a coat since it gets cold on deck: It leaves at nine and is there at ten?",
            Counts(tp=12, fp=3, fn=3),
            "either sentence has nine words and six runs, all of which are found; only the three runs across "
            "the full stop differ, so that the order of sentences is hardly seen, and punctuation not at all",
        ),
        prepare=prepare,
        count=count,
        averages=("mean", "zyte"),
    )

"""``exact``: whether the output is the gold body, word for word."""

from __future__ import annotations

from boilerbench.measures.base import Example, Measure, Measurement
from boilerbench.records import Counts, Gold
from boilerbench.tokenizers import cased_words


def measure(tokenizer: str) -> Measure[list[str]]:
    """``exact`` is Zyte's "accuracy", whatever the corpus: the sequences of ``\\w+`` are equal, case kept."""

    def prepare(gold: Gold) -> list[str]:
        return cased_words(gold.body)

    def count(expected: list[str], text: str) -> Measurement:
        words = cased_words(text)
        if words == expected:
            return Measurement(Counts(1, 0, 0))
        return Measurement(Counts(0, int(bool(words)), int(bool(expected))))

    return Measure(
        name="exact",
        signature=r"exact|seg:\w+|case:keep|v1",
        summary="the sequences of words are equal",
        source="article-extraction-benchmark, evaluate.py (get_accuracy); Zyte 2019",
        explanation=(
            "One text is expected and one is returned: a document counts 1 if all its words are there in "
            "their order and nothing besides, else 0. Punctuation and white space do not count. The mean of "
            "F1 is the share of perfect documents."
        ),
        example=Example(
            Gold("The ferry leaves at nine."),
            "The ferry leaves at nine. Share",
            Counts(tp=0, fp=1, fn=1),
            "one word too many, so the one text expected is not the one returned",
        ),
        unseen=Example(
            Gold("The ferry leaves at nine.\n\nBring a coat."),
            "The ferry leaves... at nine; Bring\n\na coat!",
            Counts(tp=1, fp=0, fn=0),
            "punctuation and paragraphs do not count",
        ),
        prepare=prepare,
        count=count,
    )

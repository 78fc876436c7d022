"""``rouge-lsum-fundus``: ROUGE-Lsum over sentences, optional paragraphs free."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from boilerbench.measures.base import Example, Measure, Measurement
from boilerbench.measures.optional_paragraphs import (
    MOST,
    SEPARATOR,
    allowed_bodies,
    gold_paragraphs,
    text_paragraphs,
)
from boilerbench.measures.sentences import sentence_splitter
from boilerbench.measures.union_lcs import UnionLcs
from boilerbench.records import Counts, Gold

_TOKEN = re.compile("[a-z0-9]+")


def measure(tokenizer: str) -> Measure[UnionLcs]:
    """``rouge-lsum-fundus``: Fundus's ROUGE-Lsum, whatever the corpus.

    Raises:
        InputError: the sentence splitter is not installed.
    """
    sentences = sentence_splitter()

    def tokens(paragraphs: Sequence[str]) -> Iterator[list[str]]:
        split = sentences(SEPARATOR.join(paragraphs))
        return (found for sentence in split if (found := _TOKEN.findall(sentence.lower())))

    def prepare(gold: Gold) -> UnionLcs:
        return UnionLcs(*(list(tokens(body)) for body in allowed_bodies(gold_paragraphs(gold))))

    def count(bodies: UnionLcs, text: str) -> Measurement:
        returned = bodies.counts(tokens(text_paragraphs(text)))
        return Measurement(max(returned, key=lambda counts: counts.f1))

    return Measure(
        name="rouge-lsum-fundus",
        signature=f"rouge-lsum-fundus|lines:punkt-english|seg:[a-z0-9]+|case:lower|optional:{MOST}|v1",
        summary="union of longest common subsequences over English sentences, optional paragraphs free",
        source=(
            "Fundus evaluation, scorers.py (score_rouge_lsum), by rouge-score and NLTK's Punkt; Dallabetta "
            "et al., ACL 2024 demos"
        ),
        explanation=(
            "As rouge-lsum, with sentences for lines and runs of the letters a to z and digits, in lower "
            "case, for words: other scripts have no words. Each sentence of gold is compared with every "
            "sentence of the output, and a word counts as found when it lies on a longest common subsequence "
            "with any of them. Of all choices of optional paragraphs (of more than "
            f"{MOST}, all or none) the one with the best F1 counts. Sentences are those of Punkt's English "
            "model, for which a line break alone ends none."
        ),
        example=Example(
            Gold("The ferry leaves at nine. Bring a coat."),
            "Bring a COAT! At nine the ferry leaves.",
            Counts(tp=6, fp=2, fn=2),
            "'bring a coat' is found in the first sentence; of gold's first sentence 'the ferry leaves' is "
            "on the longest common subsequence with the output's second, 'at nine' is not",
        ),
        unseen=Example(
            Gold("The ferry leaves at nine. Bring a coat."),
            "BRING A COAT! The ferry, leaves, at nine.",
            Counts(tp=8, fp=0, fn=0),
            "sentences may stand in whatever order; case and punctuation do not count",
        ),
        knows_paragraphs=True,
        prepare=prepare,
        count=count,
    )

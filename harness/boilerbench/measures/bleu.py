"""``bleu``: the share of an output's runs of one to four words that gold has, as in machine translation."""

from __future__ import annotations

from collections.abc import Callable

from boilerbench.errors import InputError
from boilerbench.measures.base import Example, Measure, Measurement
from boilerbench.measures.similarity import similarity_counts
from boilerbench.records import Counts, Gold
from boilerbench.tokenizers import white_space_tokens

_WEIGHTS = (0.4, 0.3, 0.2, 0.1)
_SHORT_WEIGHTS = (0.6, 0.4, 0.0, 0.0)
_SHORT = 4
Score = Callable[[list[str], list[str]], float]


def measure(tokenizer: str) -> Measure[list[str]]:
    """``bleu`` as WCEB-extended computes it, whatever the corpus.

    Raises:
        InputError: NLTK is not installed.
    """
    score, version = _nltk_score()

    def prepare(gold: Gold) -> list[str]:
        return white_space_tokens(gold.body)

    def count(expected: list[str], text: str) -> Measurement:
        returned = white_space_tokens(text)
        distance = 0.0
        if expected and returned and expected != returned:
            distance = 1 - score(expected, returned)
        return Measurement(similarity_counts(distance, expected=bool(expected), returned=bool(returned)))

    return Measure(
        name="bleu",
        signature=f"bleu|n:1-4|weights:0.4,0.3,0.2,0.1|smooth:method1|seg:white-space|nltk-{version}|v1",
        summary="weighted precision of runs of one to four words, with a penalty for brevity",
        source="WCEB-extended, eval.py (bleu_eval), by NLTK's sentence_bleu; Papineni et al., ACL 2002",
        explanation=(
            "The share of the output's runs of one, two, three and four words that gold has, no more often "
            "than gold has them, as a geometric mean with weights of 0.4, 0.3, 0.2 and 0.1; with fewer than "
            "four words on either side, of single words and pairs with 0.6 and 0.4. A share of 0 counts as "
            "if a tenth of a run were found. An output shorter than gold is multiplied by e to the power of "
            "1 − the length of gold by its own; one that is longer is punished by its runs alone. Words are "
            "whatever stands between white space. It is precision, recall and F1 at once. Equal texts are 1 "
            "here, also a single word, to which the published scorer gives 0.4."
        ),
        example=Example(
            Gold("at nine"),
            "at ten",
            _alike(0.5**0.6 * 0.1**0.4),
            "one of two words is right and no pair, which counts as a tenth: the geometric mean with weights "
            "of 0.6 and 0.4",
        ),
        unseen=Example(
            Gold("the ferry leaves the old harbour at nine, bring a coat since it is cold"),
            "bring a coat since it is cold the ferry leaves the old harbour at nine,",
            _alike((13 / 14) ** 0.3 * (11 / 13) ** 0.2 * (9 / 12) ** 0.1),
            "the halves have changed places: all 15 words, 13 of 14 pairs, 11 of 13 runs of three and 9 of "
            "12 of four are gold's",
        ),
        prepare=prepare,
        count=count,
    )


def _alike(similarity: float) -> Counts:
    return similarity_counts(1 - similarity, expected=True, returned=True)


def _nltk_score() -> tuple[Score, str]:
    """Return NLTK's score of an output against gold, and NLTK's version."""
    try:
        import nltk
        from nltk.translate.bleu_score import SmoothingFunction, sentence_bleu
    except ImportError:
        raise InputError(
            "measure bleu: NLTK, which computes it, is not installed; pip install 'boilerbench[bleu]'"
        ) from None
    smooth = SmoothingFunction().method1

    def score(expected: list[str], returned: list[str]) -> float:
        weights = _SHORT_WEIGHTS if min(len(expected), len(returned)) < _SHORT else _WEIGHTS
        return float(sentence_bleu([expected], returned, weights=weights, smoothing_function=smooth))

    return score, str(nltk.__version__)

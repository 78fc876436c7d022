"""``lcs``: the longest common subsequence of words, so that order counts throughout."""

from __future__ import annotations

from dataclasses import dataclass

from boilerbench.measures.base import Example, Measure, Measurement
from boilerbench.measures.bit_vectors import as_characters, lcs_length
from boilerbench.measures.marks import Marker
from boilerbench.measures.optional_text import OptionalText
from boilerbench.measures.spanned_text import WHITE_SPACE
from boilerbench.measures.word_marks import word_marker
from boilerbench.records import Counts, Gold
from boilerbench.tokenizers import white_space_tokens


@dataclass(frozen=True, slots=True)
class EncodedTokens:
    """Gold's tokens as one character each, the first that stands in it the lowest."""

    characters: dict[str, str]
    text: str


def measure(tokenizer: str) -> Measure[EncodedTokens]:
    """``lcs`` over tokens between white space, as WCEB cuts them, whatever the corpus."""

    def prepare(gold: Gold) -> EncodedTokens:
        tokens = white_space_tokens(gold.body)
        characters = {token: chr(number) for number, token in enumerate(dict.fromkeys(tokens), 1)}
        return EncodedTokens(characters, as_characters(tokens, characters))

    def count(expected: EncodedTokens, text: str) -> Measurement:
        returned = as_characters(white_space_tokens(text), expected.characters)
        common = lcs_length(expected.text, returned)
        return Measurement(Counts(common, len(returned) - common, len(expected.text) - common))

    def marker(gold: Gold, optional: OptionalText | None) -> Marker:
        return word_marker(gold, optional, WHITE_SPACE, ordered=True)

    return Measure(
        name="lcs",
        signature="lcs|seg:white-space|case:keep|v1",
        summary="longest common subsequence of words; F1 is the Levenshtein ratio",
        source="WCEB, eval.py (levenshtein_eval: Levenshtein.ratio); Bevendorff et al., SIGIR 2023",
        explanation=(
            "The longest sequence of words that gold and output share in the same order is found; what gold "
            "has beyond it is lost, what the output has beyond it is leaked. Words are whatever stands "
            "between white space, punctuation and case included. F1 is twice the shared length over the sum "
            "of both lengths, which is the normalised Indel similarity that WCEB reports as Levenshtein "
            "ratio."
        ),
        example=Example(
            Gold("at nine the ferry leaves"),
            "the ferry leaves at nine",
            Counts(tp=3, fp=2, fn=2),
            "'the ferry leaves' is common in this order; 'at nine' stands elsewhere and is both lost and "
            "leaked",
        ),
        unseen=Example(
            Gold("The ferry leaves at nine.\n\nBring a coat."),
            "The ferry leaves at\nnine. Bring a coat.",
            Counts(tp=8, fp=0, fn=0),
            "paragraphs are white space like any other",
        ),
        prepare=prepare,
        count=count,
        marker=marker,
    )

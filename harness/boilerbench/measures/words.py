"""``words``: the multiset of words of the gold body against that of the output."""

from __future__ import annotations

from boilerbench.measures.base import Example, Measure, Measurement
from boilerbench.measures.marks import Marker
from boilerbench.measures.ngrams import TokenCounts
from boilerbench.measures.optional_text import OptionalText
from boilerbench.measures.spanned_text import ICU, PLAIN
from boilerbench.measures.word_marks import word_marker
from boilerbench.records import Counts, Gold
from boilerbench.tokenizers import icu_version, icu_words, plain_words


def measure(tokenizer: str) -> Measure[TokenCounts]:
    """``words`` by lower-cased ``\\w+`` (``plain``, exactly WCXB's ``word_f1``) or by ICU (``icu``)."""
    icu = tokenizer == "icu"
    tokenize = icu_words if icu else plain_words

    def prepare(gold: Gold) -> TokenCounts:
        return TokenCounts(tokenize(gold.body))

    def count(expected: TokenCounts, text: str) -> Measurement:
        return Measurement(expected.overlap(tokenize(text)))

    def marker(gold: Gold, optional: OptionalText | None) -> Marker:
        return word_marker(gold, optional, ICU if icu else PLAIN)

    cut = f"seg:icu-{icu_version().split('.')[0]}|case:fold|norm:nfc" if icu else r"seg:\w+|case:lower"
    return Measure(
        name="words",
        signature=f"words|{cut}|v1",
        summary="multiset of words, cut by ICU" if icu else "multiset of words, runs of letters and digits",
        source="WCXB, evaluate.py (word_f1); Foley 2026, arXiv:2605.21097",
        explanation=(
            "Every word of the gold body is expected as often as it occurs there, wherever it stands in the "
            "output. Order does not count, so a moved paragraph costs nothing and a repeated one costs "
            "precision. "
            + (
                "Words are those of Unicode's rules and ICU's dictionaries, so that Chinese, Japanese and "
                "Thai have words, too; case, composition and invisible characters do not count."
                if icu
                else "Words are runs of letters, digits and underscores in lower case, as on the published "
                "corpora; Chinese, Japanese and Thai then have one word per clause."
            )
        ),
        example=Example(
            Gold("The ferry leaves at nine."),
            "Menu: the ferry leaves",
            Counts(tp=3, fp=1, fn=2),
            "the, ferry and leaves are found; Menu is leaked; at and nine are lost",
        ),
        unseen=Example(
            Gold("The ferry leaves at nine."),
            "nine: at leaves ferry the",
            Counts(tp=5, fp=0, fn=0),
            "all words are found, in whatever order",
        ),
        prepare=prepare,
        count=count,
        marker=marker,
    )

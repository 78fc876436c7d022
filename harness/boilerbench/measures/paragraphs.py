"""``paragraphs``: the multiset of paragraphs of the gold body against that of the output."""

from __future__ import annotations

from collections import Counter

from boilerbench.measures.base import Example, Measure, Measurement
from boilerbench.measures.optional_paragraphs import MOST, allowed_bodies, gold_paragraphs, text_paragraphs
from boilerbench.records import Counts, Gold, Paragraph

Bodies = list[Counter[str]]


def measure(tokenizer: str) -> Measure[Bodies]:
    """``paragraphs``: Fundus's paragraph match, whatever the corpus."""
    return Measure(
        name="paragraphs",
        signature=f"paragraphs|lines:newline|space:fold|case:keep|optional:{MOST}|v1",
        summary="multiset of whole paragraphs, optional ones free",
        source="Fundus evaluation, scorers.py (score_paragraph_match); Dallabetta et al., ACL 2024 demos",
        explanation=(
            "Every paragraph of the gold body is expected as it stands, white space folded, as often as it "
            "occurs there; a line of the output is a paragraph. One word more or less makes another "
            "paragraph, and order does not count. An optional paragraph may be there or not: of all choices "
            f"of optional paragraphs (of more than {MOST}, all or none) the one with the best F1 counts. The "
            "published scorer gives an output without any common paragraph no F1 and leaves it out of the "
            "mean; here its F1 is 0."
        ),
        example=Example(
            Gold(
                "The ferry leaves at nine.\n\nBring a coat.",
                paragraphs=(
                    Paragraph("The ferry leaves at nine."),
                    Paragraph("Bring a coat."),
                    Paragraph("Updated on Monday.", optional=True),
                ),
            ),
            "The ferry  leaves at nine.\nBring a coat. Subscribe",
            Counts(tp=1, fp=1, fn=1),
            "the first paragraph is found, white space folded; 'Bring a coat. Subscribe' is another "
            "paragraph than 'Bring a coat.'; the optional one is not asked for",
        ),
        unseen=Example(
            Gold("The ferry leaves at nine.\n\nBring a coat."),
            "Bring a coat.\nThe ferry leaves at nine.",
            Counts(tp=2, fp=0, fn=0),
            "both paragraphs are found, in whatever order",
        ),
        knows_paragraphs=True,
        prepare=_prepare,
        count=_count,
    )


def _prepare(gold: Gold) -> Bodies:
    return [Counter(body) for body in allowed_bodies(gold_paragraphs(gold))]


def _count(bodies: Bodies, text: str) -> Measurement:
    returned = Counter(text_paragraphs(text))
    total = returned.total()
    return Measurement(
        max((_overlap(body, returned, total) for body in bodies), key=lambda counts: counts.f1)
    )


def _overlap(expected: Counter[str], returned: Counter[str], total: int) -> Counts:
    shared = (expected & returned).total()
    return Counts(shared, total - shared, expected.total() - shared)

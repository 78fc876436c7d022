"""``snippets`` and ``snippets-wcxb``: segments that must be in the output, and segments that must not."""

from __future__ import annotations

from collections.abc import Callable

from boilerbench.measures.base import Example, Measure, Measurement, has_segments, may_have_segments
from boilerbench.measures.marks import Marker
from boilerbench.measures.optional_text import OptionalText
from boilerbench.measures.segment_marks import segment_marker
from boilerbench.records import Counts, Gold

Segments = tuple[list[str], list[str]]

_EXAMPLE = Example(
    Gold("", ("The ferry leaves", "at nine"), ("Subscribe", "Related")),
    "The ferry leaves.\nRelated",
    Counts(tp=1, fp=1, fn=1, tn=1),
    "'The ferry leaves' is found and 'at nine' is not; 'Related' is leaked and 'Subscribe' is kept out (tn)",
)

_UNSEEN = Example(
    Gold("", ("The ferry leaves", "at nine"), ("Subscribe",)),
    "The ferry leaves, so to speak, at nine. Accept all cookies! More from this author",
    Counts(tp=2, fp=0, fn=0, tn=1),
    "both segments are found and the unwanted one is not; what else is there or is lost does not count",
)


def trafilatura(tokenizer: str) -> Measure[Segments]:
    """Segments found up to white space, averaged over all segments of all documents, with accuracy."""
    return _measure(
        "snippets",
        "snippets|match:substring|case:keep|space:fold|v1",
        "must-have and must-not-have segments, as trafilatura counts them",
        "trafilatura, tests/eval_common.py (count_item, ConfusionMatrix); Barbaresi, ACL 2021 demos",
        "Gold names some segments that an output must contain and some that it must not; each is looked for "
        "as it stands, white space folded. A document without such segments is unscored. All segments of all "
        "documents are counted together (micro), so precision is the share of wanted ones among those "
        "found, recall the share of wanted ones found, and accuracy the share of all that are as they should "
        "be.",
        _folded,
        ("micro",),
        has_segments,
    )


def wcxb(tokenizer: str) -> Measure[Segments]:
    """Segments found in lower case, white space as it stands, averaged over documents."""
    return _measure(
        "snippets-wcxb",
        "snippets-wcxb|match:substring|case:lower|space:keep|v2",
        "must-have and must-not-have segments, as WCXB counts them",
        "WCXB, evaluate.py (snippet_check, with_rate, without_rate); Foley 2026, arXiv:2605.21097",
        "Gold names some segments that an output must contain and some that it must not; each is looked for "
        "in lower case, white space as it stands. Both of WCXB's rates are means of the share found over all "
        "documents, also over those without segments, where the share is 1. Recall is its with_rate. Its "
        "without_rate, the share of unwanted segments found, is the figure for which lower is better; a "
        "document that names no unwanted segment raises it.",
        str.lower,
        ("wcxb",),
        may_have_segments,
    )


def _folded(text: str) -> str:
    return " ".join(text.split())


def _measure(
    name: str,
    signature: str,
    summary: str,
    source: str,
    explanation: str,
    fold: Callable[[str], str],
    averages: tuple[str, ...],
    applies: Callable[[Gold], bool],
) -> Measure[Segments]:
    def prepare(gold: Gold) -> Segments:
        return [fold(segment) for segment in gold.must_have], [
            fold(segment) for segment in gold.must_not_have
        ]

    def count(expected: Segments, text: str) -> Measurement:
        wanted, unwanted = expected
        folded = fold(text)
        tp = sum(segment in folded for segment in wanted)
        fp = sum(segment in folded for segment in unwanted)
        return Measurement(Counts(tp, fp, len(wanted) - tp, len(unwanted) - fp))

    def marker(gold: Gold, optional: OptionalText | None) -> Marker:
        return segment_marker(gold.must_have, gold.must_not_have, optional, fold)

    return Measure(
        name=name,
        signature=signature,
        summary=summary,
        source=source,
        explanation=explanation,
        example=_EXAMPLE,
        unseen=_UNSEEN,
        prepare=prepare,
        count=count,
        averages=averages,
        applies=applies,
        marker=marker,
    )

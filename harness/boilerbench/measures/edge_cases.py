"""Edge cases: the figures of every measure of texts where a scorer has to decide something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from boilerbench.errors import InputError
from boilerbench.measures import MEASURES, Measure, make_measure
from boilerbench.measures.similarity import WHERE_PRESENT
from boilerbench.records import Gold

CASE = "precision / recall"
"""The heading of the column of cases, which says what a cell holds."""

_FERRY = "The ferry leaves at nine."
CASES = {
    "gold empty, output not": ("", _FERRY),
    "output empty, gold not": (_FERRY, ""),
    "both empty": ("", " \n"),
    "identical": (_FERRY, _FERRY),
    "nothing in common": (_FERRY, "A menu, some links, more."),
    "the text twice": (_FERRY, f"{_FERRY}\n{_FERRY}"),
    "only punctuation, the same": ("…!", "…!"),
    "only punctuation, another": ("…!", "—?"),
    "one word, the same": ("Ferry", "Ferry"),
    "one word more": ("Ferry", "Ferry leaves"),
    "Chinese, half of it": ("渡轮九点离开，请带外套。", "渡轮九点离开，"),
    "Thai, half of it": ("เรือออกเก้าโมงกรุณานำเสื้อมาด้วย", "เรือออกเก้าโมง"),
    "accents composed, then apart": ("café à neuf heures", "cafe\u0301 a\u0300 neuf heures"),
    "Hebrew, half of it, with marks": ("המעבורת יוצאת בתשע", "\u200fהמעבורת יוצאת\u200f"),
}
"""Gold body and output by the name of the case."""


def judges_whole_texts(measure: Measure[Any]) -> bool:
    """Tell whether a measure judges all of a text, and not parts that a text may not have."""
    return measure.applies(Gold(_FERRY)) and measure.averages != WHERE_PRESENT


def edge_case_table(names: Sequence[str] | None = None) -> list[dict[str, str]]:
    """Compute the table of edge cases: a row per case, with a cell ``precision / recall`` per measure.

    A measure whose words depend on the corpus has two columns, ``name`` and ``name (ICU)``. Measures that do
    not judge a whole body, as those of segments, of labels and of code, have none.

    Args:
        names: the measures to show; without, every registered one that can be made here.
    """
    columns: dict[str, Measure[Any]] = {}
    for name in names or MEASURES:
        try:
            plain, icu = (make_measure(name, tokenizer) for tokenizer in ("plain", "icu"))
        except InputError:
            if names:
                raise
            continue
        if names or judges_whole_texts(plain):
            columns[name] = plain
            if icu.signature != plain.signature:
                columns[f"{name} (ICU)"] = icu
    return [
        {CASE: case, **{column: _cell(measure, *texts) for column, measure in columns.items()}}
        for case, texts in CASES.items()
    ]


def _cell(measure: Measure[Any], body: str, output: str) -> str:
    counts = measure.measure(Gold(body), output).counts
    return " / ".join(f"{100 * share:.1f}".removesuffix(".0") for share in (counts.precision, counts.recall))

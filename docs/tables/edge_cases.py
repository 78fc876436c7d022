"""Precision and recall of every measure of texts in the cases that must be decided."""

from __future__ import annotations

from boilerbench.measures import make_measure
from boilerbench.records import Gold
from boilerbench.reports.formatting import points
from tables.markdown import table

# Name as in the README, gold, output.
CASES = {
    "gold empty, output not": ("", "The ferry leaves at nine."),
    "output empty, gold not": ("The ferry leaves at nine.", ""),
    "both empty": ("", " \n"),
    "identical": ("The ferry leaves at nine.", "The ferry leaves at nine."),
    "nothing in common": ("The ferry leaves at nine.", "A menu, some links, more."),
    "the text twice": ("The ferry leaves at nine.", "The ferry leaves at nine.\nThe ferry leaves at nine."),
    "only punctuation, the same": ("…!", "…!"),
    "only punctuation, another": ("…!", "—?"),
    "one word, the same": ("Ferry", "Ferry"),
    "one word more": ("Ferry", "Ferry leaves"),
    "Chinese, half of it": ("渡轮九点离开，请带外套。", "渡轮九点离开，"),
    "Thai, half of it": ("เรือออกเก้าโมงกรุณานำเสื้อมาด้วย", "เรือออกเก้าโมง"),
    "accents composed, then apart": ("café à neuf heures", "cafe\u0301 a\u0300 neuf heures"),
    "Hebrew, half of it, with marks": ("המעבורת יוצאת בתשע", "\u200fהמעבורת יוצאת\u200f"),
}
COLUMNS = {
    "words": ("words", "plain"),
    "words (ICU)": ("words", "icu"),
    **{name: (name, "plain") for name in ("shingles", "lcs", "rouge-lsum", "rouge-5", "exact")},
}


def cell(name: str, cut: str, gold: str, output: str) -> str:
    measure = make_measure(name, cut)
    counts = measure.count(measure.prepare(Gold(gold)), output)
    precision, recall = (points(share).removesuffix(".0") for share in (counts.precision, counts.recall))
    return f"{precision} / {recall}"


def edge_case_table() -> str:
    """One row per case, one column per measure."""
    rows = [
        (case, *(cell(name, cut, *texts) for name, cut in COLUMNS.values())) for case, texts in CASES.items()
    ]
    return table(("precision / recall", *(f"`{name}`" for name in COLUMNS)), rows)

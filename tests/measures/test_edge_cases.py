"""The edge cases that README.md decides, one table for all measures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from boilerbench.measures import MEASURES, make_measure
from boilerbench.records import Gold
from boilerbench.reports.formatting import points

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")

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


def shown() -> dict[str, list[str]]:
    table = README[README.index("| precision / recall |") :].partition("\n\n")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    assert [name.replace("`", "") for name in rows[0][1:]] == list(COLUMNS)
    return {name: cells for name, *cells in rows[2:]}


def test_the_table_names_every_case_and_every_measure_of_texts() -> None:
    assert list(shown()) == list(CASES)
    assert {name for name, _ in COLUMNS.values()} == {
        m for m in MEASURES if not m.startswith(("snippets", "blocks"))
    }


@pytest.mark.parametrize("case", CASES)
def test_the_table_shows_what_comes_out(case: str) -> None:
    assert shown()[case] == [cell(name, cut, *CASES[case]) for name, cut in COLUMNS.values()]


def test_empty_texts_are_decided_alike_for_all_measures() -> None:
    for name, cut in COLUMNS.values():
        assert cell(name, cut, *CASES["both empty"]) == "100 / 100"
        assert cell(name, cut, *CASES["gold empty, output not"]) == "0 / 0"
        assert cell(name, cut, *CASES["output empty, gold not"]) == "0 / 0"
        assert cell(name, cut, *CASES["identical"]) == "100 / 100"


def test_icu_words_do_not_mind_composition_and_invisible_marks() -> None:
    assert cell("words", "icu", *CASES["accents composed, then apart"]) == "100 / 100"
    assert re.match("100 / 66", cell("words", "icu", *CASES["Hebrew, half of it, with marks"]))

"""From observations to tables, worked by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from scipy.stats import binomtest

from boilerbench.records import Status
from boilerbench.survey import sums as summing
from boilerbench.survey.changes import MOST, Changes
from boilerbench.survey.filters import usual_rules
from boilerbench.survey.observation import Observation
from boilerbench.survey.sums import SurveySums
from boilerbench.survey.tables import survey_tables
from tests.survey.observing import PROSE, observed

NAMES = ["tool-0", "tool-1"]
LENGTH = len(PROSE.split())


def tables(*seen: Observation, price: float = 0.0) -> dict[str, pd.DataFrame]:
    sums = SurveySums(len(seen[0].outcomes))
    for each in seen:
        sums.add(each)
    return survey_tables(sums, [f"tool-{n}" for n in range(len(seen[0].outcomes))], usual_rules(), price)


def test_what_came_back() -> None:
    made = tables(
        observed(["a b c d", "c b a"]), observed(["", Status.TIMEOUT]), observed(["x", Status.ERROR])
    )
    first, second = made["extractors"].to_dict("records")
    assert [first[name] for name in ("pages", "ok", "empty", "error", "words", "bytes")] == [3, 2, 1, 0, 5, 8]
    assert [second[name] for name in ("ok", "empty", "error", "timeout", "words")] == [1, 0, 1, 1, 3]
    assert second["failed_per_million"] == pytest.approx(2e6 / 3)
    interval = binomtest(2, 3).proportion_ci(method="wilson")
    assert second["failed_low"] == pytest.approx(1e6 * interval.low)
    assert second["failed_high"] == pytest.approx(1e6 * interval.high)
    assert first["agreement"] == pytest.approx((6 / 7 + 1 + 0) / 3)
    # The union has 4 and 1 words, the second 3.
    assert second["union_words_gain"] == pytest.approx(2 / 3)
    assert made["pairs"].to_dict("records")[0]["f1"] == pytest.approx((6 / 7 + 1) / 3)


def test_costs() -> None:
    # 10 and 20 ms a page, at 3.60 an hour: a million pages are 10,000 s, which is 10.00.
    made = tables(observed([PROSE, PROSE]), observed([PROSE, PROSE]), price=3.6)["costs"].to_dict("records")
    assert made[0]["pages_per_second"] == pytest.approx(100)
    assert made[0]["cost_per_million"] == pytest.approx(10)
    assert made[1]["ms_p95"] == pytest.approx(20, rel=0.01)
    assert made[1]["peak_mb"] == 20


def test_survival_and_what_the_union_adds() -> None:
    made = tables(
        observed([PROSE, PROSE]),
        observed([PROSE, "short"]),
        observed(["short", PROSE + " " + PROSE]),
        observed(["short", ""]),
    )
    first, second = made["extractors"].to_dict("records")
    assert (first["surviving"], first["surviving_words"]) == (2, 2 * LENGTH)
    # The page that it loses comes from the other, with twice the words.
    assert first["union_pages_gain"] == pytest.approx(1.0)
    assert second["union_pages_gain"] == pytest.approx(1 / 3)
    survival = made["survival"].to_dict("records")
    assert [row["pages"] for row in survival] == [1, 2, 1]
    assert [row["share_of_survivors"] for row in survival[1:]] == pytest.approx([2 / 3, 1 / 3])
    assert made["pairs"].to_dict("records")[0]["survival_overlap"] == pytest.approx(1 / 3)
    removed = made["filters"].set_index(["rule", "extractor"])["removed"]
    assert removed["gopher-words", "tool-0"] == 2


def test_kinds_of_pages() -> None:
    made = tables(observed([PROSE, PROSE], language="en"), observed([PROSE, ""], language="de"))["groups"]
    mine = made[(made["by"] == "language") & (made["extractor"] == "tool-1")].to_dict("records")
    rows = {row["value"]: row for row in mine}
    assert rows["de"]["empty"] == 1
    assert rows["de"]["agreement"] == 0
    assert rows["en"]["survival"] == 1
    assert math.isnan(rows["de"]["union_words_gain"])
    assert set(made["by"]) == {"language", "size", "shape", "domain", "site"}


def test_there_may_be_any_number_of_sites(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summing, "MOST_GROUPS", 3)
    sums = SurveySums(1)
    for number in range(50):
        sums.add(observed(["x"], site="large.example" if number % 2 else f"s{number}.example"))
    groups = sums.groups["site"]
    assert groups.pages["large.example"] == 25
    assert len(groups.pages) <= 6
    assert groups.let_go == 50 - groups.pages.total()


def test_pages_that_changed_most_between_versions() -> None:
    tools = ["a", "a", "b"]
    changes = Changes(["a@1", "a@2", "b"], tools)
    for number in range(MOST + 10):
        after = " ".join(f"w{n}" for n in range(number)) + " x"
        changes.add(observed(["x", after, "y"], tools=tools, index=number))
    table = changes.table()
    assert len(table) == MOST
    assert table.iloc[0]["document"] == f"d{MOST + 9}"
    assert table["f1"].is_monotonic_increasing
    assert (table.iloc[0]["first_words"], table.iloc[0]["second_words"]) == (1, MOST + 10)
    # On the first page both return the same.
    assert changes.versions(MOST + 10).to_dict("records") == [
        {"first": "a@1", "second": "a@2", "changed": MOST + 9, "share": (MOST + 9) / (MOST + 10)}
    ]

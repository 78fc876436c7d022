"""The tables of a survey as a person reads them: cells of text, for the terminal and for the report."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from boilerbench.records import Status
from boilerbench.reports.formatting import points, points_interval
from boilerbench.survey.files import SurveyInfo
from boilerbench.survey.page_facts import GROUPINGS
from boilerbench.survey.sums import FAILED

_KINDS = 10
"""Rows of a table by kind."""
_FEWEST = 5
"""Pages of a kind that has a row."""
_PAGES = 10
_ID = 32


@dataclass(frozen=True, slots=True)
class View:
    """A table: the first ``left`` columns are texts, the others figures."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    left: int
    raw: str
    """The file that its figures are from."""
    note: str = ""


def views(info: SurveyInfo, tables: Mapping[str, pd.DataFrame]) -> Iterator[View]:
    """Yield the tables of a survey in the order in which they are shown."""
    yield _costs(info, tables["costs"])
    yield _returned(tables["extractors"])
    if len(tables["extractors"]) > 1:
        yield _agreement(tables)
        yield _survival(tables)
    yield _filters(tables["filters"])
    yield from _kinds(tables["groups"])
    yield from _versions(tables)
    if "estimates" in tables:
        yield _estimates(tables["estimates"])
    if "next" in tables:
        yield _next(tables["next"])


def headline(info: SurveyInfo) -> str:
    """Return corpus, number of pages and digest in one line."""
    drawn = f", a sample (seed {info.seed})" if info.sample is not None else ""
    return f"{info.corpus}: {info.pages:,} pages{drawn}, {info.digest[:19]}"


def skipped_line(info: SurveyInfo) -> str:
    """Say what was there besides pages; empty where nothing was."""
    reasons = sorted(info.skipped.items(), key=lambda item: (-item[1], item[0]))
    said = ", ".join(f"{reason} {number:,}" for reason, number in reasons)
    return f"Passed over: {said}." if said else ""


def _costs(info: SurveyInfo, table: pd.DataFrame) -> View:
    versions = {each.name: each.version for each in info.extractors}
    rows = [
        [
            *(row["extractor"], versions[row["extractor"]]),
            _number(row["pages_per_second"], 1),
            *(_number(row[name], 1) for name in ("ms_p50", "ms_p95", "ms_p99")),
            _number(row["peak_mb"], 0),
            _number(row["cost_per_million"], 2),
        ]
        for row in table.to_dict("records")
    ]
    return View(
        "What it costs",
        ("Extractor", "Version", "Pages/s", "p50 ms", "p95", "p99", "MB", "Per million"),
        *(rows, 2, "costs.csv"),
        f"Pages/s: of one core, by the time within the tool. Per million pages: at {info.price:g} an hour of "
        "a core.",
    )


def _returned(table: pd.DataFrame) -> View:
    rows = []
    for row in table.to_dict("records"):
        failed = sum(row[str(status)] for status in FAILED)
        interval = f"{row['failed_low']:,.0f}–{row['failed_high']:,.0f}"
        rows.append(
            [
                *(row["extractor"], f"{failed:,}", interval, _percent(row[Status.EMPTY] / row["pages"])),
                *(_number(row["words_per_page"], 0), _number(row["bytes_per_page"], 0)),
                *(points(row["agreement"]), _percent(row["outlier"]), _gain(row["union_words_gain"])),
            ]
        )
    return View(
        "What comes back",
        ("Extractor", "Failed", "Per million", "Empty", "Words", "Bytes", "Agree", "Outlier", "Union"),
        *(rows, 1, "extractors.csv"),
        "Per million: failures, 95 % interval (Wilson). Words and bytes are per page. Agree: mean F1 with "
        "other tools. Outlier: pages on which it alone stands apart. Union: how many more words any tool "
        "returned.",
    )


def _agreement(tables: Mapping[str, pd.DataFrame]) -> View:
    names = list(tables["extractors"]["extractor"])
    pairs = tables["pairs"].set_index(["first", "second"])["f1"].to_dict()
    rows = []
    for place, name in enumerate(names):
        cells = [points(pairs[other, name]) for other in names[:place]]
        rows.append([f"{place + 1} {name}", *cells, *[""] * (len(names) - 1 - place)])
    columns = ("F1 of words", *(str(place + 1) for place in range(len(names) - 1)))
    return View(
        "How far they agree", columns, rows, 1, "pairs.csv", "Two empty texts agree; a failure is empty."
    )


def _survival(tables: Mapping[str, pd.DataFrame]) -> View:
    rows = [
        [
            *(row["extractor"], f"{row['surviving']:,}", _percent(row["survival"])),
            *(f"{row['surviving_words']:,}", _gain(row["union_pages_gain"])),
        ]
        for row in tables["extractors"].to_dict("records")
    ]
    survival = tables["survival"].set_index("extractors")["share_of_survivors"]
    one, all_of_them = survival[1], survival[len(rows)]
    return View(
        "What the usual filters keep",
        ("Extractor", "Pages", "Share", "Words", "Union"),
        *(rows, 1, "extractors.csv"),
        f"Of the pages that survive at all, {_percent(one)} do under one extractor only, "
        f"{_percent(all_of_them)} under each. Union: how many more words are kept where pages that it loses "
        "come from the first other extractor that keeps them.",
    )


def _filters(table: pd.DataFrame) -> View:
    by_rule = table.pivot_table(index="rule", columns="extractor", values="share", sort=False)
    rows = [
        [str(rule), _percent(shares.min()), _percent(shares.median()), _percent(shares.max())]
        for rule, shares in by_rule.iterrows()
    ]
    columns = ("Filter", "Least", "Median", "Most")
    note = "Share of pages that it removes, over the extractors; a page may be removed by several."
    return View("What each filter removes", columns, rows, 1, "filters.csv", note)


def _kinds(table: pd.DataFrame) -> Iterator[View]:
    for by in GROUPINGS:
        mine = table[table["by"] == by]
        rows = []
        for value, of in list(mine[mine["pages"] >= _FEWEST].groupby("value", sort=False))[:_KINDS]:
            pages = int(of["pages"].iloc[0])
            survival, agreement = of["survival"], of["agreement"]
            lowest = of["extractor"].iloc[int(agreement.argmin())] if agreement.notna().any() else "-"
            empty = (of["empty"] + of["failed"]).sum() / (pages * len(of))
            rows.append(
                [
                    *(str(value), f"{pages:,}", _percent(empty), points(float(agreement.mean()))),
                    *(_gain(of["union_words_gain"].median()),),
                    points_interval(float(survival.min()), float(survival.max())),
                    str(lowest),
                ]
            )
        columns = (by.capitalize(), "Pages", "Nothing", "Agree", "Union", "Survive", "Least like others")
        if len(rows) > 1:
            yield View(f"By {by}", columns, rows, 1, "groups.csv")


def _versions(tables: Mapping[str, pd.DataFrame]) -> Iterator[View]:
    for row in tables["versions"].to_dict("records"):
        changes = tables["changes"]
        mine = changes[(changes["first"] == row["first"]) & (changes["second"] == row["second"])]
        rows = [
            [
                *(_cut(each["url"] or each["document"]), points(each["f1"])),
                *(f"{each['first_words']:,}", f"{each['second_words']:,}"),
            ]
            for each in mine.head(_PAGES).to_dict("records")
        ]
        changed = f"{row['changed']:,} pages changed, {_percent(row['share'])}"
        yield View(
            f"From {row['first']} to {row['second']}: {changed}",
            ("Changed most", "F1", "Words before", "after"),
            *(rows, 1, "changes.csv"),
        )


def _estimates(table: pd.DataFrame) -> View:
    rows = [
        [
            *(row["extractor"], points(row["f1"]), points_interval(row["f1_low"], row["f1_high"])),
            *(points(row["powered"]), points_interval(row["powered_low"], row["powered_high"])),
            *(_number(row["weight"], 2), _number(row["correlation"], 2)),
        ]
        for row in table.to_dict("records")
    ]
    return View(
        "F1 over all of these pages",
        ("Extractor", "By gold", "95 %", "With all", "95 %", "λ", "r"),
        *(rows, 1, "estimates.csv"),
        f"By gold: {table['labelled'].iloc[0]:,} documents alone. With all: prediction-powered, by agreement "
        f"on {table['pages'].iloc[0]:,} pages.",
    )


def _next(table: pd.DataFrame) -> View:
    rows = [
        [
            row["folder"],
            row["language"],
            row["shape"],
            points(1 - row["disagreement"]),
            f"{row['second_words']:,}",
        ]
        for row in table.head(_PAGES).to_dict("records")
    ]
    columns = ("To label next", "Language", "Shape", "Agree", "Words")
    return View(f"Pages to label: {len(table):,}", columns, rows, 3, "next.csv")


def _cut(text: str) -> str:
    return text if len(text) <= _ID else text[: _ID - 1] + "…"


def _number(value: float, digits: int) -> str:
    return "-" if math.isnan(value) else f"{value:,.{digits}f}"


def _percent(share: float) -> str:
    return "-" if math.isnan(share) else f"{100 * share:.1f} %"


def _gain(share: float) -> str:
    return "-" if math.isnan(share) else f"+{100 * share:.0f} %"

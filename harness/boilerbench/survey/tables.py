"""From the sums of a survey to its tables."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from boilerbench.records import Status
from boilerbench.survey.filters import Rule
from boilerbench.survey.proportions import wilson_interval
from boilerbench.survey.sums import FAILED, GROUP_FIGURES, SurveySums

MILLION = 1_000_000
_HOUR = 3600.0
TABLE_COLUMNS = {
    "extractors": (
        *("extractor", "pages", *map(str, Status), "failed_per_million", "failed_low", "failed_high"),
        *("words", "bytes", "words_per_page", "bytes_per_page", "agreement", "outlier", "union_words_gain"),
        *("surviving", "survival", "surviving_words", "union_pages_gain"),
    ),
    "costs": (
        *("extractor", "timed", "pages_per_second", "ms_p50", "ms_p95", "ms_p99", "peak_mb"),
        *("core_hours_per_million", "cost_per_million"),
    ),
}
"""The columns of the tables by extractor."""
LARGEST_GROUPS = 50
"""Groups of each kind in the table, those with the most pages."""


def survey_tables(
    sums: SurveySums, names: Sequence[str], rules: Sequence[Rule], price: float
) -> dict[str, pd.DataFrame]:
    """Return the tables of a survey by the names of their files, without ``.csv``.

    Args:
        sums: of its pages.
        names: of the extractors.
        rules: the filters.
        price: of an hour of one core, in whatever currency.
    """
    return {
        "extractors": _extractors(sums, names),
        "costs": _costs(sums, names, price),
        "pairs": _pairs(sums, names),
        "groups": _groups(sums, names),
        "filters": _filters(sums, names, rules),
        "survival": _survival(sums),
    }


def _extractors(sums: SurveySums, names: Sequence[str]) -> pd.DataFrame:
    rows = []
    for name, mine in zip(names, sums.by_extractor, strict=True):
        failed = sum(mine.statuses[status] for status in FAILED)
        low, high = wilson_interval(failed, sums.pages)
        rows.append(
            {
                "extractor": name,
                "pages": sums.pages,
                **{str(status): mine.statuses[status] for status in Status},
                "failed_per_million": MILLION * _ratio(failed, sums.pages),
                "failed_low": MILLION * low,
                "failed_high": MILLION * high,
                "words": mine.words,
                "bytes": mine.content_bytes,
                "words_per_page": _ratio(mine.words, sums.pages),
                "bytes_per_page": _ratio(mine.content_bytes, sums.pages),
                "agreement": _ratio(mine.agreement, sums.pages) if len(names) > 1 else math.nan,
                "outlier": _ratio(mine.outliers, sums.pages),
                "union_words_gain": _ratio(sums.union_words - mine.words, mine.words),
                "surviving": mine.surviving,
                "survival": _ratio(mine.surviving, sums.pages),
                "surviving_words": mine.surviving_words,
                "union_pages_gain": _ratio(mine.rescued_words, mine.surviving_words),
            }
        )
    return pd.DataFrame(rows, columns=list(TABLE_COLUMNS["extractors"]))


def _costs(sums: SurveySums, names: Sequence[str], price: float) -> pd.DataFrame:
    rows = []
    for name, mine in zip(names, sums.by_extractor, strict=True):
        mean = _ratio(mine.seconds, mine.timed)
        rows.append(
            {
                "extractor": name,
                "timed": mine.timed,
                "pages_per_second": _ratio(mine.timed, mine.seconds),
                "ms_p50": 1000 * mine.times.quantile(0.5),
                "ms_p95": 1000 * mine.times.quantile(0.95),
                "ms_p99": 1000 * mine.times.quantile(0.99),
                "peak_mb": math.nan if mine.peak_mb is None else mine.peak_mb,
                "core_hours_per_million": MILLION * mean / _HOUR,
                "cost_per_million": MILLION * mean / _HOUR * price,
            }
        )
    return pd.DataFrame(rows, columns=list(TABLE_COLUMNS["costs"]))


def _pairs(sums: SurveySums, names: Sequence[str]) -> pd.DataFrame:
    rows = []
    for one, first in enumerate(names):
        for other, second in enumerate(names):
            if one < other:
                both = int(sums.both_survive[one, other])
                either = sums.by_extractor[one].surviving + sums.by_extractor[other].surviving - both
                rows.append(
                    {
                        "first": first,
                        "second": second,
                        "f1": _ratio(float(sums.f1[one, other]), sums.pages),
                        "both_survive": both,
                        "either_survives": either,
                        "survival_overlap": _ratio(both, either),
                    }
                )
    columns = ("first", "second", "f1", "both_survive", "either_survives", "survival_overlap")
    return pd.DataFrame(rows, columns=list(columns))


def _groups(sums: SurveySums, names: Sequence[str]) -> pd.DataFrame:
    rows = []
    for by, groups in sums.groups.items():
        largest = sorted(groups.pages.items(), key=lambda item: (-item[1], item[0]))[:LARGEST_GROUPS]
        for value, pages in largest:
            for name, figures in zip(names, groups.sums[value], strict=True):
                of: Mapping[str, float] = dict(zip(GROUP_FIGURES, figures.tolist(), strict=True))
                rows.append(
                    {
                        "by": by,
                        "value": value,
                        "pages": pages,
                        "extractor": name,
                        "failed": int(of["failed"]),
                        "empty": int(of["empty"]),
                        "words_per_page": of["words"] / pages,
                        "union_words_gain": _ratio(of["union_words"] - of["words"], of["words"]),
                        "agreement": of["agreement"] / pages if len(names) > 1 else math.nan,
                        "survival": of["survives"] / pages,
                    }
                )
    return pd.DataFrame(rows)


def _filters(sums: SurveySums, names: Sequence[str], rules: Sequence[Rule]) -> pd.DataFrame:
    rows = [
        {
            "rule": rule.name,
            "extractor": name,
            "removed": mine.removed[rule.name],
            "share": _ratio(mine.removed[rule.name], sums.pages),
        }
        for rule in rules
        for name, mine in zip(names, sums.by_extractor, strict=True)
    ]
    return pd.DataFrame(rows, columns=["rule", "extractor", "removed", "share"])


def _survival(sums: SurveySums) -> pd.DataFrame:
    survived = sums.pages - sums.survivors[0]
    rows = [
        {
            "extractors": number,
            "pages": sums.survivors[number],
            "share": _ratio(sums.survivors[number], sums.pages),
            "share_of_survivors": _ratio(sums.survivors[number], survived) if number else math.nan,
        }
        for number in range(len(sums.by_extractor) + 1)
    ]
    return pd.DataFrame(rows)


def _ratio(number: float, of: float) -> float:
    return number / of if of else math.nan

"""The files of a survey, their columns, and the filters, as the code has them."""

from __future__ import annotations

import csv
from pathlib import Path

from boilerbench.records import Status
from boilerbench.survey import files
from boilerbench.survey.filters import usual_rules
from boilerbench.survey.tables import TABLE_COLUMNS
from tables.markdown import code, described, table

_FILES = {
    "survey.json": "what decides the figures, times aside: corpus, digest, what was passed over, extractors",
    "provenance.json": "how it came about: command line, date, machine, seconds",
    "extractors.csv": "one row per extractor: outcomes, words, agreement, what the union adds, survival",
    "costs.csv": "one row per extractor: times, memory, cost",
    "pairs.csv": "one row per two extractors: F1 between them, and the pages that survive under both",
    "groups.csv": "one row per kind of page and extractor, for the 50 largest of each grouping",
    "filters.csv": "one row per filter and extractor: pages removed",
    "survival.csv": "pages by the number of extractors under which they survive",
    "versions.csv": "one row per two extractors of one tool: pages that changed",
    "changes.csv": "the 50 pages that changed most between these",
    "estimates.csv": "one row per extractor: F1 from labelled pages alone and with all; with `--gold`",
    "next.csv": "the pages to label; with `--next`",
    "pages.csv.gz": "one row per page: site, language, size, shape, disagreement",
    "extractions.csv.gz": "one row per page and extractor: outcome, words, agreement, filters",
    "next/": "a folder of gold documents without labels; with `--next`",
    "report/": "the report, one page that opens from disk",
}
_COLUMNS = {
    "extractors": {
        "extractor": "the extractor's spec",
        "pages": "how many pages there are",
        **{str(status): f"pages that ended in `{status}`" for status in Status},
        "failed_per_million": "pages in a million that end in error, timeout, crash or memory",
        "failed_low": "low end of its 95 % interval (Wilson)",
        "failed_high": "high end of the same",
        "words": "ICU words of all texts",
        "bytes": "bytes of all texts in UTF-8",
        "words_per_page": "mean over all pages, empty ones included",
        "bytes_per_page": "the same in bytes",
        "agreement": "mean over pages of the mean F1 with extractors of other tools",
        "outlier": "share of pages on which it alone stands apart: the least agreement, 0.2 below the median",
        "union_words_gain": "by what share the words grow where each page has every word that any extractor "
        "returned, as often as the one that has it most often",
        "surviving": "pages whose text no filter removes",
        "survival": "their share of all pages",
        "surviving_words": "the words of these",
        "union_pages_gain": "by what share these words grow where a page that does not survive has the text "
        "of the first extractor, in their order, under which it does",
    },
    "costs": {
        "extractor": "the extractor's spec",
        "timed": "pages whose time is known",
        "pages_per_second": "pages / seconds within the tool: of one core, for a tool that uses one",
        "ms_p50": "median milliseconds of the tool's call, within 1 %",
        "ms_p95": "95th percentile of the same",
        "ms_p99": "99th percentile of the same",
        "peak_mb": "the largest resident memory of its worker, in megabytes",
        "core_hours_per_million": "hours of a core for a million pages",
        "cost_per_million": "the same at `--price`",
    },
}


def survey_files() -> str:
    """The files of a survey's folder."""
    assert files.SURVEY_FILE in _FILES
    return table(("file", "holds"), [(code(name), what) for name, what in _FILES.items()])


def survey_columns(name: str) -> str:
    """The columns of a table of a survey."""
    rows = described(TABLE_COLUMNS[name], _COLUMNS[name], f"{name}.csv")
    return table(("column", "holds"), [(code(column), what) for column, what in rows])


def agreement() -> str:
    """F1 against agreement by extractor, as ``perf/surveying.py`` measured them."""
    rows = [
        (
            row["gold"],
            code(row["extractor"]),
            *(f"{100 * float(row[name]):.1f}" for name in ("f1", "agreement")),
            *(f"{float(row[name]):.2f}" for name in ("pearson", "spearman")),
        )
        for row in _measured("agreement.csv")
    ]
    return table(("gold", "extractor", "mean F1", "agreement", "Pearson", "Spearman"), rows)


def agreement_figures() -> str:
    """The other figures of the same measurement."""
    found: dict[str, dict[str, str]] = {}
    for row in _measured("figures.csv"):
        found.setdefault(row["figure"], {})[row["gold"]] = f"{float(row['value']):.3f}".rstrip("0").rstrip(
            "."
        )
    pages = {row["gold"]: f"{int(row['pages']):,}" for row in _measured("figures.csv")}
    columns = ("", *(f"gold is {gold}, {number} pages" for gold, number in pages.items()))
    return table(columns, [(name, *(values[gold] for gold in pages)) for name, values in found.items()])


def _measured(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parents[2] / "results" / "surveys" / name).open(
        encoding="utf-8", newline=""
    ) as file:
        return list(csv.DictReader(file))


def filters() -> str:
    """The rules that a text must pass to survive."""
    rows = []
    for rule in usual_rules():
        bounds = {
            "below": rule.below,
            "above": rule.above,
            "at or below": rule.at_or_below,
            "at or above": rule.at_or_above,
        }
        said = " or ".join(f"{how} {bound:g}" for how, bound in bounds.items() if bound is not None)
        where = {None: "", "en": "English"}[rule.language]
        rows.append((code(rule.name), rule.figure.replace("_", " "), said, where))
    return table(("filter", "figure", "removes a text", "only in"), rows)

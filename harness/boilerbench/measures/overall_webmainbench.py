"""``overall-webmainbench``: the mean of WebMainBench's five similarities that a page has."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean

from boilerbench.measures.base import Example, Measure
from boilerbench.measures.bounded_gold import with_bounded_gold
from boilerbench.measures.edit_similarities import code, formulas, tables
from boilerbench.measures.similarity import WHERE_PRESENT, edit_counts, similarity_counts
from boilerbench.measures.table_teds import TableLabel, table_label, teds_counts
from boilerbench.records import Counts, Gold


@dataclass(frozen=True, slots=True)
class Parts:
    """A text in the parts that WebMainBench compares; each is empty where the text has none."""

    texts: tuple[str, ...]
    """The whole text, its code, its formulas, its tables."""
    table: TableLabel


def measure(tokenizer: str) -> Measure[Parts | None]:
    """``overall-webmainbench``, whatever the corpus."""

    def prepare(gold: Gold) -> Parts:
        return parts(gold.body)

    def count(expected: Parts, text: str) -> Counts:
        return overall_counts(expected, parts(text))

    prepared, counted = with_bounded_gold(prepare, count)

    return Measure(
        name="overall-webmainbench",
        signature="overall-webmainbench|text+code+formula+table+teds|v1",
        summary="mean of text-edit, code-edit, formula-edit, table-edit and table-teds, where they apply",
        source="WebMainBench, calculator.py (calculate_all: overall), as of 2026",
        explanation=(
            "The mean of those of text-edit, code-edit, formula-edit, table-edit and table-teds of which "
            "gold or the output has anything. So a page without tables is judged by one or two of them, and "
            "an output that invents a formula from two prices halves its score. WebMainBench gives it for "
            "each page; its leaderboard prints the mean of the five means instead."
        ),
        example=Example(
            Gold("Run:\n\n```\nmake\n```"),
            "Run:",
            Counts(0.5 * 4 / 18, 1 - 0.5 * 4 / 18, 1 - 0.5 * 4 / 18),
            "of the 18 characters of gold four are there, and none of its code: the mean of 4/18 and 0; "
            "neither side has formulas or tables",
        ),
        unseen=Example(
            Gold("The ferry leaves at nine."),
            "The ferry leaves at five.",
            Counts(1 - 2 / 25, 1 - (1 - 2 / 25), 1 - (1 - 2 / 25)),
            "two of 25 characters differ, and with them the time of departure",
        ),
        prepare=prepared,
        count=counted,
        averages=WHERE_PRESENT,
        reads_markdown=True,
    )


def parts(text: str) -> Parts:
    """Take a text apart."""
    html = tables(text)
    return Parts((text, code(text), formulas(text), html), table_label(html))


def overall_counts(expected: Parts, returned: Parts) -> Counts:
    """Count two texts as one expected and one returned, by the mean of the similarities of their parts.

    Raises:
        UnscorableError: one of the parts is too large to be compared.
    """
    pairs = zip(expected.texts, returned.texts, strict=True)
    compared = [edit_counts(*pair) for pair in pairs] + [teds_counts(expected.table, returned.table)]
    similarities = [counts.f1 for counts in compared if counts.tp + counts.fp + counts.fn]
    distance = 1 - fmean(similarities) if similarities else 0.0
    return similarity_counts(distance, expected=bool(expected.texts[0]), returned=bool(returned.texts[0]))

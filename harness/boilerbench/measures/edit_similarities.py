"""``text-edit``, ``code-edit``, ``formula-edit`` and ``table-edit``: edit similarity of parts of Markdown."""

from __future__ import annotations

import functools
from collections.abc import Callable

from boilerbench.measures.base import Example, Measure
from boilerbench.measures.bounded_gold import with_bounded_gold
from boilerbench.measures.markdown_parts import code_parts, formula_parts, table_parts, tables_as_html
from boilerbench.measures.markdown_prose import prose
from boilerbench.measures.similarity import WHERE_PRESENT, edit_counts
from boilerbench.records import Counts, Gold

_SOURCE = "WebMainBench, text_metrics.py ({}), as of 2026"
_HOW = (
    " The edit similarity of both is 1 minus their Levenshtein distance by the length of the longer, in "
    "characters. It is precision, recall and F1 at once: one thing is expected and one returned. A page on "
    "which neither side has any is left out of the mean."
)


def text_edit(tokenizer: str) -> Measure[str | None]:
    """``text-edit`` as WebMainBench computes it, whatever the corpus."""
    return _measure(
        "text-edit",
        whole_text,
        summary="edit similarity of the whole texts",
        source=_SOURCE.format("TextEditMetric"),
        explanation=(
            "The gold body and the output, character by character. WebMainBench calls it the text without "
            "code, tables and formulas, yet compares all of both texts; prose-edit leaves them out." + _HOW
        ),
        example=Example(
            Gold("the ferry"),
            "a ferry",
            Counts(1 - 3 / 9, 3 / 9, 3 / 9),
            "'the' becomes 'a' by one substitution and two deletions; the longer text has nine characters",
        ),
        unseen=Example(
            Gold("The ferry leaves at nine."),
            "The ferry leaves at five.",
            Counts(1 - 2 / 25, 2 / 25, 2 / 25),
            "two of 25 characters differ, and with them the time of departure",
        ),
    )


def prose_edit(tokenizer: str) -> Measure[str | None]:
    """``prose-edit``: the edit similarity of texts without what the other parts hold."""
    return _measure(
        "prose-edit",
        prose,
        summary="edit similarity of the texts without code, formulas and tables",
        source="ours, beside WebMainBench's text_edit",
        explanation=(
            "The gold body and the output without their code blocks, formulas and tables, which code-edit, "
            "formula-edit and table-edit compare, white space folded." + _HOW
        ),
        example=Example(
            Gold("the ferry\n\n```\nx = 1\n```"),
            "a ferry\n\n```\ny = 2\n```",
            Counts(1 - 3 / 9, 3 / 9, 3 / 9),
            "'the' becomes 'a' by three edits of nine characters; the code is left out",
        ),
        unseen=Example(
            Gold("the ferry\n\n```\nx = 1\n```"),
            "the ferry",
            Counts(1, 0, 0),
            "the code is missing, which code-edit sees",
        ),
    )


def code_edit(tokenizer: str) -> Measure[str | None]:
    """``code-edit`` as WebMainBench computes it, whatever the corpus."""
    return _measure(
        "code-edit",
        code,
        summary="edit similarity of the code in Markdown",
        source=_SOURCE.format("CodeEditMetric, CodeSplitter"),
        explanation=(
            "All code of the gold body and of the output: what stands between fences, without their first "
            "and last line, and two lines or more behind four spaces or a tab after a blank line, unless one "
            "of them looks like a list, a price or a large number. Code between single back-ticks is none."
            + _HOW
        ),
        example=Example(
            Gold("Run:\n\n```sh\nmake all\n```"),
            "Run:\n\n```\nmake\n```",
            Counts(1 - 4 / 8, 4 / 8, 4 / 8),
            "four of the eight characters of 'make all' are missing; the language of the fence is left out",
        ),
        unseen=Example(
            Gold("Run:\n\n```sh\nmake all\n```"),
            "```\nmake all\n```\n\nRun:",
            Counts(1, 0, 0),
            "where the code stands does not count",
        ),
    )


def formula_edit(tokenizer: str) -> Measure[str | None]:
    """``formula-edit`` as WebMainBench computes it without a language model, whatever the corpus."""
    return _measure(
        "formula-edit",
        formulas,
        summary="edit similarity of the formulas in Markdown",
        source="WebMainBench, formula_metrics.py (FormulaEditMetric, FormulaSplitter), as of 2026",
        explanation=(
            r"All formulas of the gold body and of the output outside code, one a line: first those between "
            r"$$, then between \[ and \], between $, and between \( and \). Where a language model is "
            r"configured, WebMainBench has it strike prices out of an output's formulas; here, as without "
            r"one, two dollar signs make a formula of the text between them." + _HOW
        ),
        example=Example(
            Gold("By $a = b$ we have $$c$$"),
            "By $a = d$ we have $$c$$",
            Counts(1 - 1 / 7, 1 / 7, 1 / 7),
            "either has two lines, first 'c', then 'a = b' or 'a = d', which are seven characters with the "
            "line break; one differs",
        ),
        unseen=Example(
            Gold("By $a = b$ we know."),
            r"By \(a = b\) we do not know.",
            Counts(1, 0, 0),
            "only the formula counts, whatever signs stand around it",
        ),
    )


def table_edit(tokenizer: str) -> Measure[str | None]:
    """``table-edit`` as WebMainBench computes it, whatever the corpus."""
    return _measure(
        "table-edit",
        tables,
        summary="edit similarity of the tables, as HTML",
        source="WebMainBench, table_metrics.py (TableEditMetric), as of 2026",
        explanation=(
            "All tables of the gold body and of the output, pipe tables and HTML tables, brought to HTML. "
            "Where all are pipe tables they become one, whose first row are headers, without empty cells; "
            "where one is HTML, all stay as they are, so that the same table as HTML with another attribute "
            "or as Markdown beside HTML differs." + _HOW
        ),
        example=Example(
            Gold("|a|b|\n|---|---|\n|1|2|"),
            "|a|\n|---|\n|1|",
            # <table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>
            Counts(1 - 20 / 73, 20 / 73, 20 / 73),
            "as HTML gold has 73 characters, of which '<th>b</th>' and '<td>2</td>' are missing",
        ),
        unseen=Example(
            Gold("|a|b|\n|---|---|\n||2|"),
            "|a|b|\n|---|---|\n|2||",
            Counts(1, 0, 0),
            "empty cells are left out, and with them the column that a cell stands in",
        ),
    )


def whole_text(text: str) -> str:
    """Return a text as it stands."""
    return text


def code(text: str) -> str:
    """Return the code of a text, block after block."""
    return "\n".join(code_parts(text))


def formulas(text: str) -> str:
    """Return the formulas of a text, one after another."""
    return "\n".join(formula_parts(text))


# Of the same text for several measures in a row.
@functools.lru_cache(maxsize=2)
def tables(text: str) -> str:
    """Return the tables of a text as HTML."""
    return tables_as_html(table_parts(text))


def _measure(
    name: str,
    part: Callable[[str], str],
    *,
    summary: str,
    source: str,
    explanation: str,
    example: Example,
    unseen: Example,
) -> Measure[str | None]:
    """Make the measure that compares one part of gold with the same part of an output."""

    def prepare(gold: Gold) -> str:
        return part(gold.body)

    def count(expected: str, text: str) -> Counts:
        return edit_counts(expected, part(text))

    prepared, counted = with_bounded_gold(prepare, count)

    return Measure(
        name=name,
        signature=f"{name}|levenshtein:characters|v1",
        summary=summary,
        source=source,
        explanation=explanation,
        example=example,
        unseen=unseen,
        prepare=prepared,
        count=counted,
        averages=WHERE_PRESENT,
        reads_markdown=True,
    )

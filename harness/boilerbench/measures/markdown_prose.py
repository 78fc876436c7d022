"""Prose: Markdown without its code blocks, formulas and tables, as ``markdown_parts`` finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from boilerbench.measures.markdown_parts import (
    FENCED,
    FORMULA_SIGNS,
    indented_code,
    pipe_tables,
    signed_spans,
)
from boilerbench.measures.spanned_text import without_spans

_TABLE_TAG = re.compile(r"<(?P<closing>/?)table\b[^>]*>?", re.IGNORECASE)


def prose(text: str) -> str:
    """Return a text without code blocks, formulas and tables, white space folded.

    Code between single back-ticks is prose and hides no formula. An HTML table that is not closed ends with
    the text.
    """
    rest = _without_html_tables(FENCED.sub("", text))
    lines = rest.split("\n")
    cut = {
        index for start, end in (*indented_code(lines), *pipe_tables(lines)) for index in range(start, end)
    }
    rest = "\n".join(line for index, line in enumerate(lines) if index not in cut)
    for begin, end in FORMULA_SIGNS:
        rest = without_spans(
            rest, ((first.start(), last.end()) for first, last in signed_spans(rest, begin, end))
        )
    return " ".join(rest.split())


def _without_html_tables(text: str) -> str:
    return without_spans(text, _html_tables(text))


def _html_tables(text: str) -> Iterator[tuple[int, int]]:
    depth = start = 0
    for tag in _TABLE_TAG.finditer(text):
        if not tag["closing"]:
            start = start if depth else tag.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield start, tag.end()
    if depth:
        yield start, len(text)

"""``table-teds``: WebMainBench's tree edit similarity of the first table of gold and of an output."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from bs4 import Tag

from boilerbench.measures.base import Example, Measure
from boilerbench.measures.bounded_gold import with_bounded_gold
from boilerbench.measures.bounds import MOST_TABLE_CELLS, UnscorableError
from boilerbench.measures.edit_similarities import tables
from boilerbench.measures.markdown_parts import parse_html
from boilerbench.measures.similarity import WHERE_PRESENT, edit_distance, similarity_counts
from boilerbench.records import Counts, Gold

_ROW_GROUPS = ("tbody", "thead", "tfoot")
_CELLS = ("td", "th")
_ESCAPED = str.maketrans("(),", "[];")
_DELETE_AND_INSERT = 2


_LONGEST_LABEL = 1_000_000
_DEEPEST = 200


@dataclass(frozen=True, slots=True)
class TableLabel:
    """The first table of a text as WebMainBench compares it: as one label."""

    html: str
    """All tables of the text as HTML; empty without any."""
    tag: str = ""
    """The label before its first colon."""
    text: str = ""
    """The label behind it."""
    nodes: int = 0
    """The number of nodes of the table; 0 where the HTML has no table after all."""


def measure(tokenizer: str) -> Measure[TableLabel | None]:
    """``table-teds`` as WebMainBench computes it, whatever the corpus."""

    def prepare(gold: Gold) -> TableLabel:
        return table_label(tables(gold.body))

    def count(expected: TableLabel, text: str) -> Counts:
        return teds_counts(expected, table_label(tables(text)))

    prepared, counted = with_bounded_gold(prepare, count)

    return Measure(
        name="table-teds",
        signature="table-teds|first-table|labels|v1",
        summary="tree edit similarity of the first table, with the tree as one label",
        source="WebMainBench, teds_metrics.py (TEDSMetric), as of 2026; Zhong et al., ECCV 2020",
        explanation=(
            "The first table of the gold body and of the output, of those that table-edit compares. TEDS is "
            "1 minus the edit distance of the two trees of elements by the number of nodes of the larger. "
            "WebMainBench hands its library each tree written out as a text, which the library takes for a "
            "single node: the distance is then one renaming, which costs the edit distance of the two texts "
            "by the length of the longer, and at most 2. So the score is never below 1 − 2 by the number of "
            "nodes, however wrong the table. In a tree, what stands in a row group loses its rows, and a "
            "text stands in its cell, its row and its table. teds compares the trees, and all tables. A "
            "page on which neither side has a table is left out of the mean."
        ),
        example=Example(
            Gold("|a|\n|---|\n|b|"),
            "|a|\n|---|\n|c|",
            Counts(1 - 3 / 25 / 5, 3 / 25 / 5, 3 / 25 / 5),
            "written out, the tables are 'table:ab(tr:a(th:a),tr:b(td:b))' and the same with c for b, which "
            "differ in three of the 25 characters behind the first colon; either has five nodes",
        ),
        unseen=Example(
            Gold("|a|b|\n|---|---|\n|1|2|"),
            "|y|z|\n|---|---|\n|8|9|",
            # table:ab12(tr:ab(th:a,th:b),tr:12(td:1,td:2)): 12 of the 39 characters behind the colon differ.
            Counts(1 - 12 / 39 / 7, 12 / 39 / 7, 12 / 39 / 7),
            "no cell is right, and yet the score is above 0.95",
        ),
        prepare=prepared,
        count=counted,
        averages=WHERE_PRESENT,
        reads_markdown=True,
    )


def teds_counts(expected: TableLabel, returned: TableLabel) -> Counts:
    """Count two first tables as one expected and one returned.

    Raises:
        UnscorableError: they are too long to be compared.
    """
    distance = 1.0
    if expected.nodes and returned.nodes:
        distance = min(1.0, _renaming(expected, returned) / max(expected.nodes, returned.nodes))
    elif not expected.nodes and not returned.nodes:
        distance = 0.0
    return similarity_counts(distance, expected=bool(expected.html), returned=bool(returned.html))


def _renaming(first: TableLabel, second: TableLabel) -> float:
    """Return what it costs to turn one label into another."""
    if first.tag != second.tag:
        return 1
    if first.text and second.text:
        return edit_distance(first.text, second.text)
    return min(len(first.text) + len(second.text), _DELETE_AND_INSERT)


# Of the same tables for two measures in a row.
@functools.lru_cache(maxsize=2)
def table_label(html: str) -> TableLabel:
    """Write the first table in HTML as one label.

    An element is ``tag:text(child,child)``, its text being all text in it, with brackets and semicolons for
    parentheses and commas; without text it has no colon. A row group holds what its rows hold.

    Raises:
        UnscorableError: the table has more than ``MOST_TABLE_CELLS``, is nested too deep, or too long.
    """
    table = parse_html(html).find("table") if html else None
    if not isinstance(table, Tag):
        return TableLabel(html)
    nodes = cells = length = 0
    pieces: list[str] = []
    waiting: list[tuple[Tag | str, int]] = [(table, 1)]
    while waiting:
        element, depth = waiting.pop()
        if isinstance(element, str):
            pieces.append(element)
            continue
        nodes += 1
        cells += element.name in _CELLS
        text = element.get_text(strip=True).translate(_ESCAPED)
        pieces.append(f"{element.name}:{text}" if text else element.name)
        length += len(pieces[-1])
        if cells > MOST_TABLE_CELLS or length > _LONGEST_LABEL or depth > _DEEPEST:
            raise UnscorableError("a table of too many cells, nested too deep or too long")
        if children := _children(element):
            pieces.append("(")
            waiting.append((")", depth))
            for number, child in enumerate(reversed(children)):
                waiting += [(",", depth), (child, depth + 1)] if number else [(child, depth + 1)]
    tag, _, text = "".join(pieces).partition(":")
    return TableLabel(html, tag, text, nodes)


def _children(element: Tag) -> list[Tag]:
    """Return the elements in an element; of a row group, those in its rows."""
    inner = [child for child in element.children if isinstance(child, Tag)]
    if element.name not in _ROW_GROUPS:
        return inner
    return [grandchild for child in inner for grandchild in _children(child)]

"""``teds``: the tree edit similarity of all tables of gold and of an output, matched as well as can be."""

from __future__ import annotations

from boilerbench.measures.assignment import best_assignment
from boilerbench.measures.base import Example, Measure
from boilerbench.measures.bounded_gold import with_bounded_gold
from boilerbench.measures.bounds import MOST_STEPS, MOST_TABLE_CELLS, UnscorableError
from boilerbench.measures.similarity import WHERE_PRESENT
from boilerbench.measures.table_cells import tables_of
from boilerbench.measures.table_distance import TableTrees, table_distances, table_trees
from boilerbench.records import Counts, Gold

MOST_TABLES = 200


def measure(tokenizer: str) -> Measure[TableTrees | None]:
    """``teds``, whatever the corpus."""

    def prepare(gold: Gold) -> TableTrees:
        return table_trees(tables_of(gold.body))

    def count(expected: TableTrees, text: str) -> Counts:
        return teds_counts(expected, table_trees(tables_of(text)))

    prepared, counted = with_bounded_gold(prepare, count)

    return Measure(
        name="teds",
        signature="teds|all-tables|trees|v1",
        summary="tree edit similarity of all tables, matched as well as can be",
        source="TEDS: Zhong et al., Image-based table recognition, ECCV 2020; ours: over all tables",
        explanation=(
            "Every table of the gold body, as pipe table or HTML, is matched with a table of the output, "
            "one to one, so that the sum of their TEDS is as large as it can be. TEDS is 1 minus the edit "
            "distance of two tables as trees of rows and cells by the number of nodes of the larger: "
            "inserting or deleting a cell, a row or a table costs 1, and so does renaming one kind into "
            "another or a cell into one that spans another number of columns or rows; else renaming a cell "
            "costs the edit distance of the texts by the length of the longer. Headers are cells like "
            "others, since Markdown has no table without them, and row groups do not count. Found is the "
            "sum of TEDS, expected is the number of gold's tables, returned that of the output's. A page on "
            "which neither side has a table is left out of the mean."
        ),
        example=Example(
            Gold("|a|b|\n|---|---|\n|1|2|"),
            "|a|b|\n|---|---|\n|1|9|",
            Counts(1 - 1 / 7, 1 / 7, 1 / 7),
            "seven nodes, a table, two rows and four cells, of which one cell is renamed at a cost of 1",
        ),
        unseen=Example(
            Gold("Fares, single:\n\n|a|b|\n|---|---|\n|1|2|"),
            "Fares, return:\n\n|a|b|\n|---|---|\n|1|2|",
            Counts(1, 0, 0),
            "only tables count",
        ),
        prepare=prepared,
        count=counted,
        averages=WHERE_PRESENT,
        reads_markdown=True,
    )


def teds_counts(expected: TableTrees, returned: TableTrees) -> Counts:
    """Count tables by the similarity of the best matching.

    Raises:
        UnscorableError: there are too many tables or cells, or too much in them, to be compared.
    """
    found = 0.0
    if expected.tables and returned.tables:
        _check_bounds(expected, returned)
        distances = table_distances(expected, returned)
        sizes = [[max(own, other) for other in returned.sizes] for own in expected.sizes]
        similarities = 1 - distances / sizes
        found = float(sum(similarities[pair] for pair in best_assignment(similarities)))
    return Counts(found, len(returned.tables) - found, len(expected.tables) - found)


def _check_bounds(first: TableTrees, second: TableTrees) -> None:
    cells, tables = (max(len(first.cells), len(second.cells)), max(len(first.tables), len(second.tables)))
    lengths = [sum(len(cell.text) for cell in trees.cells) for trees in (first, second)]
    if cells > MOST_TABLE_CELLS or tables > MOST_TABLES or lengths[0] * lengths[1] > MOST_STEPS:
        number = "a table" if tables == 1 else f"{tables:,} tables"
        raise UnscorableError(f"{number} of {cells:,} cells with {max(lengths):,} characters")

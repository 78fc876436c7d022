"""The examples of docs/structure.md: what the measure gives, against numbers counted by hand."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parents[1] / "docs"
BY_HAND = {
    # Kept, lost, invented, not judged.
    "heading": (1, 1, 0, 0),
    # Two have run together, and the paragraph that they make is right for neither.
    "paragraph": (1, 2, 2, 0),
    "list": (1, 1, 0, 0),
    "quote": (1, 1, 0, 0),
    "code": (1, 0, 0, 0),
    "table": (1, 1, 0, 0),
    "formula": (1, 1, 0, 0),
    # From 2 to 3 and back to 2; in the output from 1 to 3 and on to 3.
    "level": (1, 1, 0, 0),
    # In and out; in the output in, and neither.
    "nesting": (1, 1, 0, 0),
    "numbering": (1, 1, 0, 0),
    "white space": (1, 1, 0, 0),
    # Two pairs in rows, two in columns.
    "neighbours": (2, 2, 0, 0),
    "link": (1, 1, 1, 0),
    "image": (0, 1, 1, 0),
    "order": (2, 1, 0, 0),
    "whole": (1, 1, 0, 0),
    "boundary": (1, 1, 0, 0),
}


@pytest.fixture
def structure(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(DOCS))
    return importlib.import_module("tables.structure")


def test_every_example_is_as_counted_by_hand(structure: ModuleType) -> None:
    found = {}
    for example in structure.EXAMPLES:
        count = structure.counts_of(example)[example.aspect]
        found[example.aspect] = (count.kept, count.lost, count.invented, count.unjudged)
    assert found == BY_HAND


def test_sizes_are_as_counted_by_hand(structure: ModuleType) -> None:
    """The page has 46 characters and 11 words: nav, Home, nav, p, The, b, café, b, is, open, p."""
    rows = [line.split(" | ")[2:] for line in structure.size_example().splitlines()[2:]]
    page, gold, text, markdown = ([cell.split()[0] for cell in row] for row in rows)
    assert (page, gold, text) == (["46", "47", "11"], ["17", "18", "4"], ["17", "18", "4"])
    assert markdown == ["21", "22", "4"]
    assert rows[3][0] == f"21 ({100 * 21 / 46:.1f} / {100 * 21 / 17:.1f})"

"""How outputs are judged: one file per measure, pure functions from gold and text to counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from harness.measures.base import Measure
from harness.registry import Registry

MEASURES = Registry("measure", "boilerbench.measures")
MEASURES.add("words", "harness.measures.words:measure")
MEASURES.add("shingles", "harness.measures.shingles:measure")

__all__ = ["MEASURES", "Measure", "make_measure"]


def make_measure(name: str, segmentation: str) -> Measure[Any]:
    """The measure of that name, for a corpus whose words are cut in that way (``plain`` or ``icu``).

    Raises:
        InputError: there is no such measure.
    """
    make = cast("Callable[[str], Measure[Any]]", MEASURES.load(name))
    return make(segmentation)

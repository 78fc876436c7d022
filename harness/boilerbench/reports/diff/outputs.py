"""Two outputs of one page against each other, and which of the differing words gold wants."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from boilerbench.measures.marks import Mark
from boilerbench.measures.span_table import MARKS, SpanTable, overlapping
from boilerbench.measures.spanned_text import ICU
from boilerbench.measures.word_marks import differing_words
from boilerbench.reports.diff.document import DocumentMarker, mark_within_bounds
from boilerbench.reports.diff.stretches import Stretch, stretches


class Want(StrEnum):
    """The gold's word on a piece of an output."""

    WANTED = "wanted"
    UNWANTED = "unwanted"
    OPTIONAL = "optional"
    UNKNOWN = "unknown"
    """Gold says nothing of it, as where it names some segments only."""


@dataclass(frozen=True, slots=True)
class OutputDiff:
    """The stretches of two outputs; a label is what gold says of one, a ``Want``.

    Words of the first alone are marked as lost, words of the second alone as leaked.
    """

    in_first: list[Stretch]
    in_second: list[Stretch]

    def words(self) -> dict[tuple[Mark, Want], int]:
        """Count the words of either output alone, by what gold says of them."""
        counts: dict[tuple[Mark, Want], int] = {}
        for stretch in (*self.in_first, *self.in_second):
            if stretch.mark in (Mark.LOST, Mark.LEAKED):
                key = (stretch.mark, Want(stretch.label))
                counts[key] = counts.get(key, 0) + stretch.units
        return counts


def diff_outputs(marker: DocumentMarker, first: str, second: str) -> OutputDiff:
    """Compare two outputs word by word, by ICU's words.

    Args:
        marker: says what gold wants of an output.
        first: the text of the one.
        second: the text of the other.
    """
    marked = [mark_within_bounds(marker.marker, text) for text in (first, second)]
    shown = [ICU.cut(output.text) for output in marked]
    spans = differing_words(*shown)
    names = [
        _wants(words, SpanTable.of(output.in_output), says_all=marker.marker.unit == "word")
        for words, output in zip(spans, marked, strict=True)
    ]
    in_first, in_second = (
        stretches(output.text, words, labels)
        for output, words, labels in zip(marked, spans, names, strict=True)
    )
    return OutputDiff(in_first, in_second)


def _wants(words: SpanTable, output: SpanTable, *, says_all: bool) -> list[str]:
    """The gold's word on some words of an output; where gold says all, what is not marked is wanted."""
    unmarked = str(Want.WANTED if says_all else Want.UNKNOWN)
    says = [
        str({Mark.LEAKED: Want.UNWANTED, Mark.OPTIONAL: Want.OPTIONAL}.get(mark, unmarked)) for mark in MARKS
    ]
    labels = [unmarked] * len(words)
    inside, marked = overlapping(words.starts, words.ends, output.starts, output.ends)
    for word, mark in zip(inside.tolist(), output.marks[marked].tolist(), strict=True):
        labels[word] = says[mark]
    return labels

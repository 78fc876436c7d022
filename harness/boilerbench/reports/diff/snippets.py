"""Marks where gold has no body but segments: those that must be in an output, and those that must not."""

from __future__ import annotations

from dataclasses import dataclass

from boilerbench.records import Gold
from boilerbench.reports.diff.words import Mark, Marked, Stretch
from boilerbench.reports.word_spans import shown_lines


@dataclass(frozen=True)
class SegmentMarker:
    """Marks wanted segments that an output lacks, and unwanted ones in it, as ``snippets`` looks for them."""

    wanted: list[str]
    unwanted: list[str]

    @property
    def text(self) -> str:
        """What stands for the gold: the wanted segments, one a line."""
        return "\n".join(self.wanted)

    def marked(self, text: str) -> Marked:
        """An output against the segments."""
        shown = shown_lines(text)
        folded = shown.replace("\n", " ")
        in_gold: list[Stretch] = []
        for segment in self.wanted:
            mark = Mark.KEPT if segment in folded else Mark.LOST
            in_gold += [Stretch("\n", Mark.KEPT)] if in_gold else []
            in_gold.append(Stretch(segment, mark, len(segment.split()) if mark == Mark.LOST else 0))
        leaked = [False] * len(shown)
        for segment in self.unwanted:
            start = folded.find(segment)
            while start >= 0:
                leaked[start : start + len(segment)] = [True] * len(segment)
                start = folded.find(segment, start + len(segment))
        return Marked(shown, in_gold, _stretches(shown, leaked))


def make_segment_marker(gold: Gold) -> SegmentMarker:
    """The marker of a gold that gives segments."""
    wanted, unwanted = (
        [folded for each in segments if (folded := " ".join(each.split()))]
        for segments in (gold.must_have, gold.must_not_have)
    )
    return SegmentMarker(wanted, unwanted)


def _stretches(text: str, leaked: list[bool]) -> list[Stretch]:
    """The text in pieces; a piece that leaked ends with its line."""
    pieces: list[Stretch] = []
    start = 0
    for end in range(1, len(text) + 1):
        bad = leaked[start] and text[start] != "\n"
        if end < len(text) and (leaked[end] and text[end] != "\n") == bad:
            continue
        piece = text[start:end]
        pieces.append(Stretch(piece, Mark.LEAKED, len(piece.split())) if bad else Stretch(piece, Mark.KEPT))
        start = end
    return pieces

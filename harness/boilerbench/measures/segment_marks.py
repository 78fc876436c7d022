"""Marks of segments: those that must be in an output and are not, and those that must not and are."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence

from boilerbench.measures.marks import Mark, Marked, Marker, Span
from boilerbench.measures.optional_text import OptionalText
from boilerbench.measures.spanned_text import shown_lines


def segment_marker(
    wanted: Sequence[str], unwanted: Sequence[str], optional: OptionalText | None, fold: Callable[[str], str]
) -> Marker:
    """A marker of segments; what stands for gold are the wanted ones, one a line.

    Args:
        wanted: segments that an output must contain.
        unwanted: segments that it must not contain.
        optional: what an output is looked through without.
        fold: what a segment and an output go through before the one is looked for in the other.
    """
    shown_wanted = [(shown, fold(segment)) for segment in wanted if (shown := _one_line(segment))]
    shown_unwanted = [(shown, fold(segment)) for segment in unwanted if (shown := _one_line(segment))]

    def mark(text: str) -> Marked:
        folded = fold(optional.taken_out(text) if optional else text)
        leaked = [shown for shown, segment in shown_unwanted if segment in folded]
        output = _shown(text, fold)
        return Marked(output, list(_lost(shown_wanted, folded)), list(_leaked(output, leaked, fold)))

    return Marker("\n".join(shown for shown, _ in shown_wanted), mark, unit="segment")


def _lost(wanted: Iterable[tuple[str, str]], folded: str) -> Iterator[Span]:
    start = 0
    for shown, segment in wanted:
        if segment not in folded:
            yield Span(start, start + len(shown), Mark.LOST)
        start += len(shown) + 1


def _leaked(text: str, segments: Iterable[str], fold: Callable[[str], str]) -> Iterator[Span]:
    """Every occurrence of some segments, each counted where it first begins; spans end with lines."""
    folded = fold(text.replace("\n", " "))
    firsts: list[int] = []
    occurrences: list[tuple[int, int]] = []
    for segment in map(fold, segments):
        start = folded.find(segment)
        if start >= 0:
            firsts.append(start)
        while start >= 0:
            occurrences.append((start, start + len(segment)))
            start = folded.find(segment, start + len(segment))
    firsts.sort()
    for start, end in _merged(occurrences):
        for line_start, line_end in _lines(text, start, end):
            units = bisect.bisect_left(firsts, line_end) - bisect.bisect_left(firsts, line_start)
            yield Span(line_start, line_end, Mark.LEAKED, units)


def _merged(intervals: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Intervals in order, those that overlap or touch as one."""
    current: tuple[int, int] | None = None
    for start, end in sorted(intervals):
        if current and start <= current[1]:
            current = (current[0], max(current[1], end))
            continue
        if current:
            yield current
        current = (start, end)
    if current:
        yield current


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch of a text, cut at its line breaks."""
    while start < end:
        line_end = text.find("\n", start, end)
        line_end = end if line_end < 0 else line_end
        if start < line_end:
            yield start, line_end
        start = line_end + 1


def _shown(text: str, fold: Callable[[str], str]) -> str:
    """An output as it is shown, of the same length when it is folded."""
    shown = shown_lines(text)
    # The one letter that lower case makes longer.
    return shown if len(fold(shown.replace("\n", " "))) == len(shown) else shown.replace("İ", "I\u0307")


def _one_line(segment: str) -> str:
    return shown_lines(segment).replace("\n", " ")

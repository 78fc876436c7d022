"""Optional text, taken out of an output before a measure sees it: what nobody asks for, nobody punishes.

The words that go are those that the optional blocks of the page took, as ``block_matching`` says, and no
others: a word of the title that stands in a paragraph of the output stays. Where gold is paragraphs, some of
them optional, paragraphs are what is matched.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from boilerbench.measures.block_matching import PreparedBlocks, prepare_blocks, taken_words
from boilerbench.measures.spanned_text import icu_spans_as_measured
from boilerbench.records import Block, Gold, Role
from boilerbench.tokenizers import icu_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

Characters = tuple[int, int]
"""A piece of a text: the index of its first character, and the index after its last."""

# As str.splitlines() has them.
_BREAK = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_ENDS = ("", *_BREAK)
_ONE_BREAK = re.compile(f"[{_BREAK}]")
_LINE_BREAK = re.compile(f"(?:\r\n|[{_BREAK}])?")
_LINE_BREAKS = re.compile(f"[{_BREAK}]*")
_BLANK_LINE = re.compile(f"(?:^|(?:\r\n|[{_BREAK}])(?:\r\n|[{_BREAK}]))$")


@dataclass(frozen=True, slots=True)
class OptionalText:
    """The optional text of a page, to be taken out of outputs."""

    blocks: tuple[Block, ...]
    roles: tuple[Role, ...]

    def taken_out(self, text: str) -> str:
        """Return an output without its optional text.

        A line that nothing but punctuation would be left of goes as a whole, with its bullet or number sign;
        within a line, punctuation between words that go goes with them. All else stands as it stood.
        """
        return _taken_out(self.blocks, self.roles, text)

    def pieces(self, text: str) -> list[Characters]:
        """Find the optional text in an output: the pieces that go, none of which holds a line break."""
        return list(_pieces(self.blocks, self.roles, text))


def optional_text(gold: Gold) -> OptionalText | None:
    """Return the optional text of a page; None where gold names none, or labels only stand beside it."""
    if Role.OPTIONAL in gold.roles and not gold.labels_beside:
        return OptionalText(gold.blocks, gold.roles)
    if any(paragraph.optional for paragraph in gold.paragraphs):
        roles = (Role.OPTIONAL if paragraph.optional else Role.BODY for paragraph in gold.paragraphs)
        return OptionalText(tuple(Block(paragraph.text, "") for paragraph in gold.paragraphs), tuple(roles))
    return None


# One output is measured by several measures in a row.
@functools.lru_cache(maxsize=2)
def _taken_out(blocks: tuple[Block, ...], roles: tuple[Role, ...], text: str) -> str:
    kept: list[str] = []
    done = 0
    for start, end in _pieces(blocks, roles, text):
        kept.append(text[done:start])
        done = end
        if text[start - 1 : start] in _ENDS and text[end : end + 1] in _ENDS:
            # The line break goes with its line, and blank lines after it where one stands before it.
            blank_before = _BLANK_LINE.search("".join(kept[-2:]))
            breaks = (_LINE_BREAKS if blank_before else _LINE_BREAK).match(text, end)
            done = breaks.end() if breaks else end
            if end == len(text):
                kept = ["".join(kept).rstrip(_BREAK)]
        elif not _is_space(text[start - 1 : start]) and not _is_space(text[end : end + 1]):
            kept.append(" ")
    kept.append(text[done:])
    return "".join(kept)


def _pieces(blocks: tuple[Block, ...], roles: tuple[Role, ...], text: str) -> tuple[Characters, ...]:
    prepared = prepare_blocks(blocks, roles)
    words: Sequence[str] = icu_words(text)
    goes = _taken_by_optional(prepared, roles, words)
    if not goes:
        return ()
    starts, ends = icu_spans_as_measured(text)
    if len(starts) != len(words):
        # Folding case can move the border of a word, in theory.
        cut = [text[start:end].casefold() for start, end in zip(starts, ends, strict=True)]
        goes = _taken_by_optional(prepared, roles, cut)
    return tuple(_widened(text, starts, ends, np.array(goes, np.int64)))


def _taken_by_optional(prepared: PreparedBlocks, roles: Sequence[Role], words: Sequence[str]) -> list[int]:
    """The indexes of the words of an output that optional blocks took, in order."""
    taken = zip(roles, taken_words(prepared, words), strict=True)
    return sorted(index for role, indexes in taken if role == Role.OPTIONAL for index in indexes)


def _widened(text: str, starts: Integers, ends: Integers, goes: Integers) -> Iterator[Characters]:
    """Runs of words that go, cut at line breaks, each with the punctuation that goes with it.

    ``goes`` has the indexes of the words that go, in order.
    """
    breaks = np.fromiter((match.start() for match in _ONE_BREAK.finditer(text)), np.int64)
    lines = np.searchsorted(breaks, starts[goes])
    cuts = np.flatnonzero((np.diff(goes) != 1) | (np.diff(lines) != 0)) + 1
    for run, line in zip(np.split(goes, cuts), lines[[0, *cuts]], strict=True):
        first, last = int(run[0]), int(run[-1])
        start = int(breaks[line - 1]) + 1 if line else 0
        end = int(breaks[line]) if line < len(breaks) else len(text)
        if first and ends[first - 1] > start:
            start = _first_gap(text, int(ends[first - 1]), int(starts[first]))
        if last + 1 < len(starts) and starts[last + 1] < end:
            end = _last_gap(text, int(ends[last]), int(starts[last + 1]))
        yield start, end


def _first_gap(text: str, start: int, end: int) -> int:
    """Where white space first ends what belongs to the word before; the word that goes, if nothing does."""
    return next((at + 1 for at in range(start, end) if text[at].isspace()), end)


def _last_gap(text: str, start: int, end: int) -> int:
    """Where what belongs to the word after begins, after the last white space; else that word."""
    return next((at + 1 for at in range(end - 1, start - 1, -1) if text[at].isspace()), end)


def _is_space(character: str) -> bool:
    return not character or character.isspace()

"""The table of longest common subsequences, column by column, in memory that does not grow with the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_CHUNK_BYTES = 1 << 24
_FEWEST = 64
"""Columns of a chunk."""


class LcsColumns:
    """The columns of the table of the longest common subsequence of a text and, in one number, of golds.

    A column is a bit vector, one bit a token of gold, after Hyyrö (2004), "Bit-parallel LCS-length
    computation revisited". Of a long text not all are kept: each chunk is computed again from its first when
    it is asked for, the last one first, as a walk back through the table needs them.

    Args:
        masks: by token, the bits at which gold has it.
        everything: all bits of tokens; a bit without a token stops carries.
        text: a character a token.
    """

    def __init__(self, masks: Mapping[str, int], everything: int, text: str) -> None:
        self._masks, self._all, self._text = masks, everything, text
        # A number takes somewhat more bytes than its bits.
        self._length = max(_FEWEST, _CHUNK_BYTES // (everything.bit_length() // 7 + 64))
        self._before: list[int] = []
        """By chunk, the state before its first token: all bits at which the column does not step up."""
        self._loaded = -1
        self._columns: list[int] = []
        rest = everything
        for start in range(0, len(text), self._length):
            self._before.append(rest)
            if start + self._length < len(text):
                rest = self._after(rest, text[start : start + self._length])
        self._chunk = len(self._before) - 1

    def chunks(self) -> Iterator[int]:
        """Go from the last chunk to the first; yield the index of the first token of each."""
        for chunk in range(len(self._before) - 1, -1, -1):
            self._chunk = chunk
            yield chunk * self._length

    def steps(self) -> list[int]:
        """For each token of this chunk, the bits at which the column after it steps up.

        There the longest common subsequence is longer by one token than with a token less of gold.
        """
        if self._loaded != self._chunk:
            start = self._chunk * self._length
            self._columns = self._steps(self._before[self._chunk], self._text[start : start + self._length])
            self._loaded = self._chunk
        return self._columns

    def _after(self, rest: int, text: str) -> int:
        masks, everything = self._masks, self._all
        for token in text:
            if shared := rest & masks[token]:
                rest = ((rest + shared) | (rest ^ shared)) & everything
        return rest

    def _steps(self, rest: int, text: str) -> list[int]:
        masks, everything = self._masks, self._all
        step = everything ^ rest
        steps = []
        for token in text:
            if shared := rest & masks[token]:
                rest = ((rest + shared) | (rest ^ shared)) & everything
                step = everything ^ rest
            steps.append(step)
        return steps


@dataclass(slots=True)
class LineWalk:
    """A walk back through the table of one gold, from the end, as rouge-score's ``_backtrack_norec`` goes."""

    gold: str
    start: int
    """The bit of its first token."""
    index: int
    """Of the text's token that is next; −1 at the end of the walk."""
    height: int = field(init=False)
    """The number of gold's tokens that are left."""

    def __post_init__(self) -> None:
        self.height = len(self.gold)

    def on(
        self, columns: LcsColumns, masks: Mapping[str, int], text: str, first: int
    ) -> Iterator[tuple[int, int]]:
        """Walk to the token before ``first``, or to the end; yield matches, as indexes of gold and text."""
        steps = columns.steps()
        while self.index >= first:
            token = text[self.index]
            below = (masks[token] | steps[self.index - first]) >> self.start & ((1 << self.height) - 1)
            self.height = below.bit_length() - 1
            if self.height < 0:
                self.index = -1
                return
            if self.gold[self.height] != token:
                self.index = text.rindex(self.gold[self.height], 0, self.index)
            yield self.height, self.index
            self.index -= 1

"""``rouge-lsum``: the longest common subsequences of each line of gold with all lines of an output."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence

import numpy as np

from boilerbench.measures.base import Example, Measure, Measurement
from boilerbench.records import Counts, Gold

Lines = list[list[str]]


def measure(tokenizer: str) -> Measure[UnionLcs]:
    """``rouge-lsum`` over lines and tokens between white space, whatever the corpus.

    WCEB's own script cuts texts into sentences with NLTK, whose model has to be fetched; lines are what
    rouge-score takes by itself.
    """

    def prepare(gold: Gold) -> UnionLcs:
        return UnionLcs(_lines(gold.body))

    def count(expected: UnionLcs, text: str) -> Measurement:
        return Measurement(expected.counts(_lines(text)))

    return Measure(
        name="rouge-lsum",
        signature="rouge-lsum|lines:newline|seg:white-space|case:keep|v1",
        summary="union of longest common subsequences over lines",
        source="rouge-score, rouge_scorer.py (_summary_level_lcs); WCEB, eval.py (rouge_eval), SIGIR 2023",
        explanation=(
            "Each line of gold is compared with every line of the output; a word of it counts as found when "
            "it lies on a longest common subsequence with any of them, but no word counts more often than "
            "the output has it. So lines may move, while words within a line keep their order. Words are "
            "whatever stands between white space, punctuation and case included. The figures are those of "
            "the rouge-score package's rougeLsum with that tokenizer."
        ),
        example=Example(
            Gold("the ferry leaves at nine\nbring a coat"),
            "a coat\nat nine the ferry leaves",
            Counts(tp=5, fp=2, fn=3),
            "'a coat' is found on the first line; of gold's first line 'the ferry leaves' is on the longest "
            "common subsequence with the output's second, 'at nine' is not",
        ),
        unseen=Example(
            Gold("the ferry leaves at nine"),
            "at\nferry\nleaves\nnine\nthe",
            Counts(tp=5, fp=0, fn=0),
            "each line of the output has a word of gold's line, so that one word a line is all of it, in "
            "whatever order",
        ),
        prepare=prepare,
        count=count,
    )


class UnionLcs:
    """Gold's lines, side by side in one large number, one bit a token, to be compared with many outputs.

    The longest common subsequences of an output's line with all lines of gold are found at once: the table's
    columns as bit vectors after Hyyrö (2004), "Bit-parallel LCS-length computation revisited", kept for each
    token of the line, then walked back. Where several longest common subsequences exist, the walk takes the
    one that rouge-score's ``_backtrack_norec`` takes: a match wherever there is one, else up (to the token of
    gold before) unless only left keeps the length. Up is taken exactly where the column's vertical step is 0.

    Bit 0 of each line's stretch is its first token; the bit above its last is a guard that stops carries.
    For the walk, which needs the highest set bit in every stretch, vectors are mirrored, since the lowest is
    what a subtraction finds in all stretches at once.
    """

    def __init__(self, lines: Lines) -> None:
        self._total = sum(map(len, lines))
        positions: dict[str, list[int]] = {}
        mirrored: dict[str, list[int]] = {}
        firsts, guards = [], []
        self._width = self._total + len(lines)
        start = 0
        for line in lines:
            for offset, token in enumerate(line):
                positions.setdefault(token, []).append(start + offset)
                mirrored.setdefault(token, []).append(self._width - 1 - start - offset)
            # Mirrored, a stretch begins with its last token, and the guard is the bit above its first.
            firsts.append(self._width - start - len(line))
            guards.append(self._width - start)
            start += len(line) + 1
        self._bytes = self._width // 8 + 1
        self._masks = {token: _bits(bits) for token, bits in positions.items()}
        self._mirrored = {token: _bits(bits) for token, bits in mirrored.items()}
        self._all = sum(self._masks.values())
        self._all_mirrored = sum(self._mirrored.values())
        self._lowest, self._guards = _bits(firsts), _bits(guards)

    def counts(self, lines: Lines) -> Counts:
        """Count the tokens that an output shares with gold, and those that either has beyond them."""
        total = sum(map(len, lines))
        found = 0
        for line in dict.fromkeys(tuple(line) for line in map(self._without_foreign, lines) if line):
            found |= self._common(line)
        returned = Counter(token for line in lines for token in line)
        hits = 0
        if found:
            for token, bits in self._mirrored.items():
                if (common := bits & found) and token in returned:
                    hits += min(common.bit_count(), returned[token])
        return Counts(hits, total - hits, self._total - hits)

    def _without_foreign(self, line: Sequence[str]) -> list[str | None]:
        """Put one ``None`` in a line for each run of tokens that gold lacks, but none at its beginning.

        A second one in a row changes nothing in the walk, nor does one at the beginning.
        """
        kept: list[str | None] = []
        for token in line:
            if token in self._masks:
                kept.append(token)
            elif kept and kept[-1] is not None:
                kept.append(None)
        return kept

    def _common(self, line: Sequence[str | None]) -> int:
        """Gold's tokens, mirrored, that lie on the longest common subsequences with this line."""
        masks, everything = self._masks, self._all
        rest = everything
        steps = []
        for token in line:
            if token is not None:
                shared = rest & masks[token]
                rest = ((rest + shared) | (rest ^ shared)) & everything
            steps.append(everything ^ rest)
        lowest, guards, everything = self._lowest, self._guards, self._all_mirrored
        found = 0
        open_ = everything
        for token, step in zip(reversed(line), self._mirror(steps), strict=True):
            matches = self._mirrored[token] if token is not None else 0
            ahead = ((matches | step) & open_) | guards
            passed = ahead ^ (ahead - lowest)
            reached = ahead & passed
            found |= reached & matches
            open_ = everything & (~passed | reached & ~matches)
            if not open_:
                break
        return found

    def _mirror(self, vectors: list[int]) -> list[int]:
        """The vectors from the last to the first, each with its bits in opposite order."""
        size = self._bytes
        # A vector fills the lowest ``width`` bits; mirrored as whole bytes it has the spare bits below.
        spare = 8 * size - self._width
        rows = np.frombuffer(b"".join(vector.to_bytes(size, "little") for vector in vectors), np.uint8)
        turned = _MIRRORED_BYTES[rows[::-1]].tobytes()
        return [
            int.from_bytes(turned[start : start + size], "little") >> spare
            for start in range(0, len(turned), size)
        ]


_MIRRORED_BYTES = np.array([int(f"{byte:08b}"[::-1], 2) for byte in range(256)], np.uint8)


def _lines(text: str) -> Lines:
    return [tokens for line in text.split("\n") if (tokens := line.split())]


def _bits(positions: list[int]) -> int:
    """The number that has just these bits."""
    return functools.reduce(lambda bits, position: bits | 1 << position, positions, 0)

"""Tokens as jieba cuts them, in linear time and without a table for the whole of a text.

jieba itself keeps every path through its hidden Markov model, which takes time that grows with the square of
the text, and objects for each character. Its dictionary and its model are used here as they are; the words
are those of ``jieba.lcut``.
"""

from __future__ import annotations

import functools
import math
import re
from array import array
from collections.abc import Iterator
from types import ModuleType

# jieba's ``re_han_default``: such a block is cut by itself, what is between two of them into characters.
_BLOCK = re.compile("[\u4e00-\u9fd5a-zA-Z0-9+#&\\._%\\-]+")
_WHITE_SPACE = re.compile(r"(\r\n|\s)")
# The same of its model for words that the dictionary lacks.
_IDEOGRAPHS = re.compile("([\u4e00-\u9fd5]+)")
_LETTERS = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
_LOWEST = -3.14e100
"""The logarithm of a probability that the model does not have."""
_CACHED = 32
"""Characters of a block up to which its tokens are kept, since many stand often."""


class JiebaTokens:
    """Cuts texts into jieba's tokens.

    Args:
        jieba: the module, initialized.
    """

    def __init__(self, jieba: ModuleType) -> None:
        self._frequencies: dict[str, int] = jieba.dt.FREQ
        self._log_total = math.log(jieba.dt.total)
        self._model = jieba.finalseg
        self._cached = functools.lru_cache(maxsize=1 << 16)(lambda block: tuple(self._cut(block)))

    def tokens(self, text: str) -> Iterator[str]:
        """Yield the tokens of a text; white space alone has none."""
        if not text or text.isspace():
            return
        end = 0
        for block in _BLOCK.finditer(text):
            if end < block.start():
                yield from _characters(text[end : block.start()])
            end = block.end()
            yield from (self._cached if end - block.start() <= _CACHED else self._cut)(block[0])
        yield from _characters(text[end:])

    def _cut(self, block: str) -> Iterator[str]:
        """Cut a block into the most probable words; single characters in a row go to the model."""
        ends = self._ends(block)
        start = single = 0
        while start < len(block):
            end = ends[start]
            if end - start > 1:
                yield from self._single(block[single:start])
                yield block[start:end]
                single = end
            start = end
        yield from self._single(block[single:])

    def _ends(self, block: str) -> array[int]:
        """For each character, the end of the most probable word from there."""
        frequencies, log_total = self._frequencies, self._log_total
        ends = array("i", bytes(4 * len(block)))
        scores = array("d", bytes(8 * (len(block) + 1)))
        for start in range(len(block) - 1, -1, -1):
            best = _LOWEST
            end = start + 1
            while (frequency := frequencies.get(block[start:end])) is not None:
                if frequency:
                    score = math.log(frequency) - log_total + scores[end]
                    # Of equally probable words the longer one.
                    if score >= best or ends[start] == 0:
                        best, ends[start] = score, end
                end += 1
                if end > len(block):
                    break
            if ends[start] == 0:
                best, ends[start] = scores[start + 1] - log_total, start + 1
            scores[start] = best
        return ends

    def _single(self, characters: str) -> Iterator[str]:
        """Cut characters none of which begins a word with the next."""
        if len(characters) == 1 or self._frequencies.get(characters):
            yield from characters
            return
        for number, piece in enumerate(_IDEOGRAPHS.split(characters)):
            if not number % 2:
                yield from filter(None, _LETTERS.split(piece))
                continue
            for word in self._unknown_words(piece):
                yield from word if word in self._model.Force_Split_Words else (word,)

    def _unknown_words(self, text: str) -> Iterator[str]:
        """Cut ideographs where the hidden Markov model most probably has words begin and end."""
        begin = following = 0
        for index, place in enumerate(self._places(text)):
            if place == "B":
                begin = index
            elif place == "E":
                yield text[begin : index + 1]
                following = index + 1
            elif place == "S":
                yield text[index]
                following = index + 1
        if following < len(text):
            yield text[following:]

    def _places(self, text: str) -> str:
        """The most probable place of each character: begin, middle or end of a word, or single (Viterbi)."""
        emit, step = self._model.emit_P, self._model.trans_P
        begins, middles, ends, singles = (emit[place] for place in "BMES")
        eb, sb, mm, bm = step["E"]["B"], step["S"]["B"], step["M"]["M"], step["B"]["M"]
        be, me, ss, es = step["B"]["E"], step["M"]["E"], step["S"]["S"], step["E"]["S"]
        b, m, e, s = (self._model.start_P[place] + emit[place].get(text[0], _LOWEST) for place in "BMES")
        # By character, whether the place before a begin or a single is a single, and before a middle or an
        # end a middle. Of equally probable ones it is that, whose letter is the later one.
        before_begin, before_middle, before_end, before_single = (bytearray(len(text)) for _ in range(4))
        for index in range(1, len(text)):
            character = text[index]
            begun, middle = begins.get(character, _LOWEST), middles.get(character, _LOWEST)
            ended, single = ends.get(character, _LOWEST), singles.get(character, _LOWEST)
            by_e, by_s, by_m, by_b = e + eb + begun, s + sb + begun, m + mm + middle, b + bm + middle
            to_end_b, to_end_m = b + be + ended, m + me + ended
            to_single_s, to_single_e = s + ss + single, e + es + single
            before_begin[index] = by_s >= by_e
            before_middle[index] = by_m >= by_b
            before_end[index] = to_end_m >= to_end_b
            before_single[index] = to_single_s >= to_single_e
            b, m = (by_s if by_s >= by_e else by_e), (by_m if by_m >= by_b else by_b)
            e = to_end_m if to_end_m >= to_end_b else to_end_b
            s = to_single_s if to_single_s >= to_single_e else to_single_e
        before = {
            "B": (before_begin, "ES"),
            "M": (before_middle, "BM"),
            "E": (before_end, "BM"),
            "S": (before_single, "ES"),
        }
        place = "S" if s >= e else "E"
        places = [place]
        for index in range(len(text) - 1, 0, -1):
            choices, letters = before[place]
            place = letters[choices[index]]
            places.append(place)
        return "".join(reversed(places))


def _characters(text: str) -> Iterator[str]:
    """What stands between blocks: white space as it is, a line break of two characters as one."""
    for number, piece in enumerate(_WHITE_SPACE.split(text)):
        if number % 2:
            yield piece
        else:
            yield from piece

"""Texts that make judging expensive: golds of about 10,000 words, and outputs of any size for each.

Every kind aims at something that a measure has to do: find repetitions, align, cut words, compose characters.
All of them are drawn with a fixed seed.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from boilerbench.records import Block, Gold, Paragraph

GOLD_WORDS = 10_000
_LINE = 50
_LABELS = {4: "byline", 9: "navigation"}
"""Labels of every tenth line: optional text and boilerplate."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A gold and outputs that are hard to judge against it."""

    gold: Callable[[], Gold]
    output: Callable[[int], str]
    """Of about so many bytes in UTF-8."""


def gold_of(words: list[str], separator: str = " ", line: int = _LINE) -> Gold:
    """Gold of these words, in lines, with blocks, segments and optional paragraphs."""
    lines = [separator.join(words[start : start + line]) for start in range(0, len(words), line)]
    step = max(1, len(lines) // 5)
    return Gold(
        "\n\n".join(lines),
        must_have=tuple(lines[::step]),
        must_not_have=("never to be seen", "Subscribe"),
        blocks=tuple(Block(text, _LABELS.get(number % 10, "paragraph")) for number, text in enumerate(lines)),
        paragraphs=tuple(
            Paragraph(text, optional=number < 5 * step and number % step == 1)
            for number, text in enumerate(lines)
        ),
    )


def repeated(piece: str, size: int) -> str:
    """A piece over and over, of about so many bytes."""
    return piece * (size // len(piece.encode()))


def _draws(vocabulary: list[str], seed: int) -> Callable[[int], list[str]]:
    def draw(number: int) -> list[str]:
        return random.Random(seed).choices(vocabulary, k=number)

    return draw


def _joined(vocabulary: list[str], separator: str = " ", line: int = 0) -> Callable[[int], str]:
    """Words drawn from a vocabulary; with ``line``, so many a line."""
    average = sum(len(word.encode()) for word in vocabulary) / len(vocabulary) + len(separator)

    def output(size: int) -> str:
        words = _draws(vocabulary, 2)(int(size / average))
        if not line:
            return separator.join(words)
        return "\n".join(separator.join(words[at : at + line]) for at in range(0, len(words), line))

    return output


def _zipf(number: int) -> list[str]:
    """A vocabulary in which frequent words stand often."""
    return [f"w{rank}" for rank in range(1, 3000) for _ in range(max(1, number // (3000 * rank)))]


_PROSE = [f"{word}{end}" for word in _zipf(60_000) for end in ("", "", "", "s", "ed", ".")]
_HUNDRED = [f"v{number}" for number in range(100)]
_MARKS = [chr(code) for code in (*range(0x300, 0x315), *range(0x316, 0x340))]
_CHINESE = [
    *"的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就",
    *"分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经",
]
_RARE = [chr(code) for code in range(0x3400, 0x3500)] + [chr(code) for code in range(0x9F00, 0x9F80)]
_THAI = list("กขคงจชซดตถทนบปพฟมยรลวสหอะาิีุูเแโไ")


def _prose_gold() -> Gold:
    return gold_of(_draws(_PROSE, 1)(GOLD_WORDS))


def _gold_at_the_end(size: int) -> str:
    body = _prose_gold().body
    return repeated("x1 y2 z3 ", size - len(body)) + body


def _gold_repeated(size: int) -> str:
    return repeated(_prose_gold().body + "\n", size)


def _different(size: int) -> str:
    return " ".join(f"q{number}" for number in range(size // 8))


def _combining(size: int) -> str:
    return "a" + "".join(_draws(_MARKS, 3)(size // 2))


def _combining_words(size: int) -> str:
    marks = _draws(_MARKS, 3)(size // 2)
    return " ".join("e" + "".join(marks[at : at + 1000]) for at in range(0, len(marks), 1000))


def _skewed_lines(size: int) -> str:
    """Lines that all hold gold's two frequent words, and rare ones that make each another line."""
    rare = _draws(_HUNDRED, 4)(3 * (size // 16))
    return "\n".join(f"a b {' '.join(rare[at : at + 3])}" for at in range(0, len(rare), 3))


KINDS: dict[str, Kind] = {
    "prose": Kind(_prose_gold, _joined(_PROSE, line=12)),
    "gold at the end": Kind(_prose_gold, _gold_at_the_end),
    "gold again and again": Kind(_prose_gold, _gold_repeated),
    "all different": Kind(lambda: gold_of([f"q{n}" for n in range(GOLD_WORDS)]), _different),
    "one word": Kind(lambda: gold_of(["a"] * GOLD_WORDS), lambda size: repeated("a ", size)),
    "one word, one block": Kind(
        lambda: gold_of(["a"] * GOLD_WORDS, line=GOLD_WORDS), lambda size: repeated("a ", size)
    ),
    "a a a b / a a a c": Kind(
        lambda: gold_of(["a", "a", "a", "b"] * (GOLD_WORDS // 4), line=GOLD_WORDS),
        lambda size: repeated("a a a c ", size),
    ),
    "two words, one line": Kind(
        lambda: gold_of(_draws(["a", "b"], 1)(GOLD_WORDS), line=GOLD_WORDS), _joined(["a", "b"])
    ),
    "hundred words, one line": Kind(
        lambda: gold_of(_draws(_HUNDRED, 1)(GOLD_WORDS), line=GOLD_WORDS), _joined(_HUNDRED)
    ),
    "letters, five a line": Kind(
        lambda: gold_of(_draws(list("abcdefghijklmnopqrstuvwxyz"), 1)(GOLD_WORDS), line=5),
        _joined(list("abcdefghijklmnopqrstuvwxyz"), line=5),
    ),
    "a b and rare, by line": Kind(
        lambda: gold_of(["a", "b"] * (GOLD_WORDS // 2 - 50) + _HUNDRED, line=GOLD_WORDS), _skewed_lines
    ),
    "lines never all found": Kind(
        lambda: gold_of(
            [word for rare in range(GOLD_WORDS // 10) for word in (*["a", "b"] * 4, "a", f"v{rare % 100}")],
            line=10,
        ),
        _skewed_lines,
    ),
    "one word a line": Kind(
        lambda: gold_of(_draws(_HUNDRED, 1)(GOLD_WORDS), line=3), lambda size: repeated("v1\nv2\nv3\n", size)
    ),
    "equal blocks": Kind(
        lambda: gold_of(["read", "on", "here"] * (GOLD_WORDS // 3), line=3),
        lambda size: repeated("read on here ", size),
    ),
    "combining marks": Kind(lambda: gold_of(["a\u0301\u0316"] * GOLD_WORDS), _combining),
    "runs of marks": Kind(lambda: gold_of(["a\u0301\u0316"] * GOLD_WORDS), _combining_words),
    "no white space": Kind(lambda: gold_of(["abc"] * GOLD_WORDS), lambda size: repeated("abc", size)),
    "Chinese": Kind(lambda: gold_of(_draws(_CHINESE, 1)(GOLD_WORDS), ""), _joined(_CHINESE, "")),
    "rare ideographs": Kind(lambda: gold_of(_draws(_RARE, 1)(GOLD_WORDS), ""), _joined(_RARE, "")),
    "Thai": Kind(lambda: gold_of(_draws(_THAI, 1)(GOLD_WORDS), ""), _joined(_THAI, "")),
    "punctuation": Kind(lambda: gold_of(["a."] * GOLD_WORDS), lambda size: repeated(".!? ", size)),
    "full stops": Kind(lambda: gold_of(["a."] * GOLD_WORDS), lambda size: repeated(".", size)),
    "short sentences": Kind(
        lambda: gold_of([*("A", "b.") * (GOLD_WORDS // 2)]), lambda size: repeated("A b. C a! ", size)
    ),
    "lone surrogates": Kind(lambda: gold_of(["a\ud800"] * GOLD_WORDS), lambda size: "a\ud800 " * (size // 5)),
}

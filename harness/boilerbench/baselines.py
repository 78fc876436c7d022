"""Trivial extraction: what any content extractor must beat."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from boilerbench.page_blocks import BLOCK_ELEMENTS, is_hidden, page_blocks
from boilerbench.tokenizers import icu_words

SEPARATOR = "\n\n"
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_LONGEST_WORD = 30
"""Characters between two spaces beyond which they are not one word."""


def whole_page(html: str) -> str:
    """Return all visible text, block by block."""
    return SEPARATOR.join(block.text for block in page_blocks(html))


def middle_of_page(html: str, share: float) -> str:
    """Return the middle of a page's visible words, blind to what they are.

    Args:
        html: the page.
        share: how much of all words to return, from 0 to 1; as many are left out before as after.

    Raises:
        ValueError: the share is not between 0 and 1.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"a share lies between 0 and 1, not at {share}")
    words = [(index, word) for index, block in enumerate(page_blocks(html)) for word in _pieces(block.text)]
    left_out = round(len(words) * (1 - share) / 2)
    kept = words[left_out : len(words) - left_out]
    lines = ("".join(word for _, word in group) for _, group in itertools.groupby(kept, key=lambda at: at[0]))
    return SEPARATOR.join(line.strip() for line in lines)


def long_blocks(html: str, characters: int) -> str:
    """Return the blocks that have at least so many characters."""
    return SEPARATOR.join(block.text for block in page_blocks(html) if len(block.text) >= characters)


def body_text_extraction(html: str) -> str:
    """Return the text of the stretch of a page with the most words and the fewest tags.

    A page is a sequence of words and tags. The body is the stretch that maximizes the number of words within
    plus the number of tags outside; of several the one that ends first. Source: Finn, Kushmerick and Smyth
    (2001), Fact or Fiction: Content Classification for Digital Libraries, DELOS workshop, section 3.1. Here
    tags are those of the tree that a browser makes of the page, both of an element, without what browsers do
    not display; words are those of ICU, so that Chinese, Japanese and Thai have words, too.
    """
    sequence = list(_words_and_tags(html))
    start, end = _best_stretch([weight for weight, _ in sequence])
    text = "".join(piece for _, piece in sequence[start:end])
    return SEPARATOR.join(folded for line in text.split("\n") if (folded := " ".join(line.split())))


def _pieces(text: str) -> list[str]:
    """Cut a text into what can be left out: words with the space after them, or characters without spaces.

    A text without a space that is longer than a word may be, as in Chinese, is cut between characters.
    """
    pieces: list[str] = []
    for word in text.split(" "):
        longer = len(word) > _LONGEST_WORD
        pieces += [*word[:-1], f"{word[-1:]} "] if longer else [f"{word} "]
    return pieces


def _words_and_tags(html: str) -> Iterator[tuple[int, str]]:
    """Yield the pieces of a page in order: its weight, which is the number of words or −1 of a tag, and text.

    The text of a tag is a line break where it begins or ends a block.
    """
    from justhtml import JustHTML

    waiting: list[Any] = [JustHTML(html, sanitize=False).root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield -1, _space_of(node)
        elif node.name == "#text":
            # Line breaks of the source are none of the page, but a space at either end is one.
            text = " ".join(f"\0{node.data}\0".split()).strip("\0")
            yield len(icu_words(node.data)), text
        elif node.name.startswith("#doc") or not (node.name[:1] in "#!" or is_hidden(node)):
            if not node.name.startswith("#"):
                yield -1, _space_of(node.name)
                waiting += [] if node.name in _VOID else [node.name]
            waiting += reversed(node.children or ())


def _space_of(name: str) -> str:
    return "\n" if name in BLOCK_ELEMENTS or name == "br" else ""


def _best_stretch(weights: Sequence[int]) -> tuple[int, int]:
    """Return start and end of the stretch with the largest sum, which is 0 of an empty one.

    Words within plus tags outside is all tags plus words within minus tags within; the first term is given,
    so one pass suffices (Kadane; Bentley 1984, Programming Pearls).
    """
    best = (0, 0, 0)
    total = start = 0
    for end, weight in enumerate(weights, 1):
        if total <= 0:
            total, start = 0, end - 1
        total += weight
        if total > best[0]:
            best = (total, start, end)
    return best[1:]

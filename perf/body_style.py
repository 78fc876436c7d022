"""How English bodies are written: gold beside published corpora, as the table in gold/README.md has it.

    pip install pyspellchecker
    python perf/body_style.py aeb:PATH wcxb:PATH/dev

Of each figure there are the median and, in brackets, the tenth and the ninetieth percentile over the bodies
of 50 words and more. A body is English where one word in eight is one of ten small English words. A number
has a digit in it; a word in capitals has two letters at least and no other ones; a typo is a word of three
small letters or more that the dictionary of pyspellchecker lacks, unless the body has it ten times, as a word
of the trade. Ships and harbours are named by the words in SHIPS, of which "port" is none: it may be that of a
computer.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from spellchecker import SpellChecker

from boilerbench.corpora import Corpus, open_corpus
from boilerbench.errors import InputError

LARGE = 100_000
SHORTEST = 50
SMALL_WORDS = frozenset(("the", "and", "of", "to", "a", "in", "is", "for", "that", "it"))
SHIPS = re.compile(
    r"\b(ships?|boats?|ferry|ferries|vessels?|trawlers?|harbou?rs?|quays?|piers?|wharf|wharves|marinas?|"
    r"lighthouses?|lifeboats?|skippers?|shipyards?|boatyards?)\b",
    re.IGNORECASE,
)
FIGURES = ("numbers per 100 words", "words in capitals per 100", "exclamation marks per 100", "typos per 100")
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_SPELLED = re.compile(r"[a-z]{3,}")
_DICTIONARY = SpellChecker()
Style = tuple[float, ...]


def english(words: Sequence[str]) -> bool:
    """Tell whether a text is English."""
    return len(words) >= SHORTEST and sum(word.lower() in SMALL_WORDS for word in words) * 8 >= len(words)


def style(body: str, words: Sequence[str]) -> Style:
    """Count, per 100 words, numbers, words in capitals, exclamation marks and typos."""
    spelled = Counter(word for word in words if _SPELLED.fullmatch(word))
    unknown = _DICTIONARY.unknown(spelled)
    counts = (
        sum(any(sign.isdigit() for sign in word) for word in words),
        sum(len(word) > 1 and word.isalpha() and word.isupper() for word in words),
        body.count("!"),
        sum(spelled[word] for word in unknown if spelled[word] < 10),
    )
    return tuple(100 * number / len(words) for number in counts)


def bodies(corpus: Corpus) -> Iterator[tuple[int, str]]:
    """Yield the bytes of each page and its published body."""
    for document in corpus.ids():
        try:
            yield len(corpus.page(document).content), corpus.gold(document).body
        except InputError:
            continue


def row(name: str, texts: Iterable[str]) -> str:
    """Write one row of the table."""
    found, ships = [], 0
    for body in texts:
        words = _WORD.findall(body)
        if english(words):
            found.append(style(body, words))
            ships += SHIPS.search(body) is not None
    cells = []
    for values in zip(*found, strict=True):
        low, middle, high = np.percentile(values, (10, 50, 90))
        cells.append(f"{middle:.1f} ({low:.1f}–{high:.1f})")
    return f"| {name} ({len(found):,}) | {' | '.join(cells)} | {100 * ships / len(found):.0f} % |"


def main() -> None:
    gold = list(bodies(open_corpus("gold")))
    print(f"| English bodies | {' | '.join(FIGURES)} | name ships or harbours |")
    print(f"|---|{'---|' * (len(FIGURES) + 1)}")
    print(row("gold, pages under 100 kB", (body for size, body in gold if size < LARGE)))
    print(row("gold, pages of 100 kB and more", (body for size, body in gold if size >= LARGE)))
    print(row("gold", (body for _, body in gold)))
    for spec in sys.argv[1:]:
        print(row(spec.partition(":")[0], (body for _, body in bodies(open_corpus(spec)))))


if __name__ == "__main__":
    main()

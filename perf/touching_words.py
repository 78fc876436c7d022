"""What a tool loses or gains by how it returns words that touch where two inline elements meet.

    boilerbench run -c gold -e … && python perf/touching_words.py runs/gold

A style sheet parts such words or does not ("HomeCase studies"), and tools return either. Counted are the
places where that changes words, by how a text has them; and how the mean F1 of `words` on labelled gold would
differ if all texts, gold included, had them parted, or joined.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from statistics import fmean

from boilerbench.corpora import Corpus, open_corpus
from boilerbench.decoding import page_text
from boilerbench.measures import make_measure
from boilerbench.page_blocks import segmented
from boilerbench.policy import default_policy
from boilerbench.records import Block, Gold
from boilerbench.results import load_run, read_texts
from boilerbench.tokenizers import icu_words

Words = tuple[str, ...]
# Elements whose text belongs to the word around them in every style sheet.
_WITHIN_WORDS = {"sup", "sub", "ruby", "rb", "rt", "rp", "mi", "mn", "mo", "mtext"}
_COLUMNS = "{:24} {:>7} {:>7} {:>7} {:>8} {:>8}"


def touching(corpus: Corpus, document: str) -> dict[Words, Words]:
    """Return the words of a page that touch at the edge of an inline element, parted by joined."""
    found: dict[Words, Words] = {}
    _, collector = segmented(page_text(corpus.page(document)))
    for block, nodes in zip(collector.blocks, collector.nodes, strict=True):
        for left, right in pairwise(nodes):
            meet = left.data[-1:].isalnum() and right.data[:1].isalnum()
            if not meet or {left.parent.name, right.parent.name} & _WITHIN_WORDS:
                continue
            before, after = left.data.split()[-1], right.data.split()[0]
            joined, parted = tuple(icu_words(before + after)), (*icu_words(before), *icu_words(after))
            if joined != parted and before + after in block.text:
                found[joined] = parted
    return found


def rewritten(words: Sequence[str], pairs: Mapping[Words, Words]) -> list[str]:
    """Replace each run of words that is a key."""
    by_first: dict[str, list[Words]] = defaultdict(list)
    for key in sorted(pairs, key=len, reverse=True):
        by_first[key[0]].append(key)
    made: list[str] = []
    start = 0
    while start < len(words):
        for key in by_first.get(words[start], ()):
            if tuple(words[start : start + len(key)]) == key:
                made += pairs[key]
                start += len(key)
                break
        else:
            made.append(words[start])
            start += 1
    return made


def runs_in(words: Sequence[str], runs: Iterable[Words]) -> int:
    """Count the runs that stand in a text."""
    text = "\0" + "\0".join(words) + "\0"
    return sum("\0" + "\0".join(run) + "\0" in text for run in runs)


def rewritten_gold(gold: Gold, pairs: Mapping[Words, Words]) -> Gold:
    """Return labelled gold whose blocks are their words, rewritten."""
    blocks = (Block(" ".join(rewritten(icu_words(block.text), pairs)), block.label) for block in gold.blocks)
    return Gold("", blocks=tuple(blocks))


def main() -> None:
    """Print a row for each extractor of a run."""
    folder = Path(sys.argv[1])
    corpus = open_corpus(load_run(folder).info.corpus.spec)
    measure = make_measure("words", "icu").under(default_policy())
    places, figures = 0, defaultdict(list)
    for document, texts in groupby(read_texts(folder), key=lambda stored: stored.document):
        parting = touching(corpus, document)
        joining = {parted: joined for joined, parted in parting.items()}
        places += len(parting)
        golds = [(pairs, rewritten_gold(corpus.gold(document), pairs)) for pairs in ({}, parting, joining)]
        prepared = [(pairs, measure.prepare(gold)) for pairs, gold in golds]
        for stored in texts:
            words = icu_words(stored.text)
            as_is, parted, joined = (
                100 * measure.count(expected, " ".join(rewritten(words, pairs))).counts.f1
                for pairs, expected in prepared
            )
            counts = (runs_in(words, parting.values()), runs_in(words, parting))
            figures[stored.extractor].append((*counts, as_is, parted - as_is, joined - as_is))
    print(f"{places} places")
    print(_COLUMNS.format("extractor", "parted", "joined", "F1", "+parted", "+joined"))
    for extractor, rows in figures.items():
        parted_number, joined_number, *means = zip(*rows, strict=True)
        shown = [f"{fmean(values):.2f}" for values in means]
        print(_COLUMNS.format(extractor, sum(parted_number), sum(joined_number), *shown))


if __name__ == "__main__":
    main()

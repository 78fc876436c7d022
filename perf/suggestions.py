"""Measures the labels that are suggested for a page, learned from all other pages of gold and of real pages.

    python perf/suggestions.py [--folds N] [--run RUN]… [CORPUS…]

A CORPUS is one with labels of ours, as `own:wcxb:FOLDER`. Each page is left out in turn or, with --folds, a
part of the pages at once, which is faster. "After" is what is right once one block of each element path has
its label, which says how far a label that is given carries.

With a RUN over the pages, the same again where what its extractors agree on counts as well: by the share of
them that return a block, labels of the body gain and those of boilerplate lose, or the other way round.
Outputs that are the page as a whole or nothing of it say nothing.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from boilerbench.corpora import open_corpus
from boilerbench.corpora.gold import GoldCorpus
from boilerbench.corpora.gold_files import UNLABELLED
from boilerbench.labelling.suggestions import LearnedPage, Suggestions, learned_pages
from boilerbench.measures.block_matching import block_words, found_words, is_present, prepare_blocks
from boilerbench.policy import default_policy
from boilerbench.records import Block, Role, Status
from boilerbench.results import load_run

ROLES = default_policy().roles
Guessed = tuple[LearnedPage, list[str], list[str]]
"""A page, its suggestions, and each block's own label or what is suggested after one block a path."""
AGREED = 0.6
"""The best of 0.3, 0.6, 1, 1.5, 2 and 3."""
WHOLE_PAGE = 0.95
SIGNS = {Role.BODY: 1, Role.OPTIONAL: 0, Role.BOILERPLATE: -1}


def kept_shares(texts: Sequence[str], outputs: Sequence[str]) -> list[float]:
    """Return the share of outputs in which each block is; one half where nothing is said."""
    blocks = tuple(Block(text, "") for text in texts)
    prepared = prepare_blocks(blocks, (Role.BOILERPLATE,) * len(blocks))
    sizes = list(map(len, prepared.texts))
    counts, number = [0] * len(blocks), 0
    for output in outputs:
        found = found_words(prepared, block_words(output))
        kept = [bool(size) and is_present(words, size) for words, size in zip(found, sizes, strict=True)]
        if 0 < sum(kept) < WHOLE_PAGE * sum(map(bool, sizes)):
            number += 1
            counts = [count + present for count, present in zip(counts, kept, strict=True)]
    return [count / number if number and size else 0.5 for count, size in zip(counts, sizes, strict=True)]


def outputs_of(runs: Sequence[str]) -> dict[str, list[str]]:
    outputs: dict[str, list[str]] = {}
    for run in map(load_run, runs):
        names = {extractor.name for extractor in run.info.extractors}
        for each in run.texts():
            if each.extractor in names and each.status is Status.OK:
                outputs.setdefault(each.document, []).append(each.text)
    return outputs


def left_out(
    pages: Sequence[LearnedPage], folds: int, shares: Mapping[str, Sequence[float]]
) -> Iterator[tuple[bool, Guessed]]:
    """Yield what is suggested, by whether what extractors agree on counts."""
    for fold in range(folds):
        apart = pages[fold::folds]
        names = {page.document for page in apart}
        suggestions = Suggestions([other for other in pages if other.document not in names])
        signs = [SIGNS[ROLES[label]] for label in suggestions.model.labels]
        for page in apart:
            base = suggestions.base(page.features, page.document, page.site)
            yield False, guessed(suggestions, page, base)
            if shares:
                agreed = 2 * np.array(shares.get(page.document, [0.5] * len(page.labels))) - 1
                yield True, guessed(suggestions, page, base + AGREED * np.outer(agreed, signs))


def guessed(suggestions: Suggestions, page: LearnedPage, base: NDArray[np.float64]) -> Guessed:
    given = [UNLABELLED] * len(page.labels)
    first = suggestions.suggested(base, page.features, given)
    seen: set[str] = set()
    for index, path in enumerate(page.features.paths):
        if path not in seen:
            seen.add(path)
            given[index] = page.labels[index]
    again = suggestions.suggested(base, page.features, given)
    pairs = zip(given, again, strict=True)
    return page, first, [own if own != UNLABELLED else guess for own, guess in pairs]


def tell(name: str, guessed: Sequence[Guessed]) -> None:
    right, wrong, none = Counter[str](), Counter[str](), Counter[str]()
    of_role = after = 0
    for page, first, again in guessed:
        for suggested, later, label in zip(first, again, page.labels, strict=True):
            counter = none if suggested == UNLABELLED else right if suggested == label else wrong
            counter[label] += 1
            of_role += suggested != UNLABELLED and ROLES[suggested] == ROLES[label]
            after += later == label
    total = sum((right + wrong + none).values())
    print(f"{name}\n{'label':12} {'blocks':>6} {'right':>6} {'wrong':>6} {'none':>6}")
    for label in ROLES:
        number = right[label] + wrong[label] + none[label]
        print(f"{label:12} {number:6} {right[label]:6} {wrong[label]:6} {none[label]:6}")
    print(
        f"{total} blocks of {len(guessed)} pages: {100 * right.total() / total:.1f} % right, role right "
        f"{100 * of_role / total:.1f} %; after one block a path: {100 * after / total:.1f} %"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--run", action="append", default=[])
    parser.add_argument("corpora", nargs="*")
    options = parser.parse_args()
    gold = learned_pages(GoldCorpus.open(""))
    real = [page for spec in options.corpora for page in learned_pages(open_corpus(spec))]
    pages = gold + real
    outputs = outputs_of(options.run)
    shares = {
        page.document: kept_shares(page.features.texts, outputs[page.document])
        for page in pages
        if page.document in outputs
    }
    found = list(left_out(pages, options.folds or len(pages), shares))
    of_gold = {page.document for page in gold}
    for agreeing, source in ((False, "as it is"), (True, "with what extractors agree on")):
        for name, wanted in (("gold", True), ("real pages", False)):
            mine = [each for by, each in found if by is agreeing and (each[0].document in of_gold) is wanted]
            if mine:
                tell(f"{name}, {source}", mine)


main()

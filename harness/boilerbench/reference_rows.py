"""Reference rows that are made from gold and from what extractors returned, and compete with none of them.

Some are bounds: what a chooser who knows gold makes of a run's outputs, or of a page's blocks. Some are
ensembles, which know no gold of the documents that they judge. All are pure functions of texts.
"""

from __future__ import annotations

import itertools
import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from boilerbench.tokenizers import icu_word_spans

ROWS = {
    "best-pick": "for each document the output of a tool, baselines aside, with the highest F1 in {measure}",
    "block-search": (
        "the best choice of the page's visible blocks that a search finds under {measure}: a lower bound of "
        "what a chooser of blocks can reach"
    ),
    "vote": "the page's words that two thirds of the tools, baselines aside, return (WCEB's majority vote)",
    "weighted-vote": (
        "the same with weights for each tool and a threshold, learned from gold of other sites "
        "(naive Bayes, five-fold cross-validation)"
    ),
}
"""The rows by name, and what each is; ``{measure}`` is the run's first measure."""
OF_CORPORA = {
    "published": "the gold that the corpus is published with, against our labels of its pages",
    "annotator-2": "the body by a second pass over the labels, by the same kind of reader; no ceiling",
}
"""The meaning of rows that come with corpora."""

SIZE = 5
"""Words in a row by which a word of the page is found in an output. Source: WCEB, extractors/ensemble.py."""
SHARE = 0.66
"""The share of extractors that a majority takes. Source: WCEB, extractors/extractors.py."""
FOLDS = 5
PASSES = 3
_PREFIXES = 200
_PADDING = ("",) * SIZE
_SEPARATOR = "\n\n"

Votes = tuple[bool, ...]
"""For each extractor whether it returned a word of the page."""
Tally = Counter[tuple[Votes, bool]]
"""The number of words of pages that have such votes and are body or not."""


def best_pick(outputs: Mapping[str, str], f1_of: Callable[[str], float]) -> str:
    """Return the output with the highest F1; of equal ones the first."""
    return max(outputs.values(), key=f1_of)


def block_search(blocks: Sequence[str], f1_of: Callable[[str], float]) -> str:
    """Search the blocks of a page for the choice with the highest F1, and return their text in page order.

    First blocks are ranked by how much F1 of the whole page loses without them, and the best beginning of
    that ranking is taken (of many blocks at most 200 beginnings are tried). Then each block in page order is
    added or taken out where that raises F1, until a pass changes nothing or three are over. So the result is
    what a stated search finds, not the highest F1 that there is.

    Args:
        blocks: in page order.
        f1_of: measures a text; called up to four times a block, and 200 times beside.
    """
    whole = f1_of(_SEPARATOR.join(blocks))
    worth = [whole - f1_of(_SEPARATOR.join(_without(blocks, index))) for index in range(len(blocks))]
    ranked = sorted(range(len(blocks)), key=lambda index: -worth[index])
    step = math.ceil(len(blocks) / _PREFIXES) or 1
    lengths = [*range(0, len(blocks), step), len(blocks)]
    beginnings = {length: f1_of(_joined(blocks, ranked[:length])) for length in lengths}
    best_length = max(lengths, key=lambda length: beginnings[length])
    chosen, best = set(ranked[:best_length]), beginnings[best_length]
    for _ in range(PASSES):
        before = best
        for index in range(len(blocks)):
            found = f1_of(_joined(blocks, chosen ^ {index}))
            if found > best:
                chosen, best = chosen ^ {index}, found
        if best == before:
            break
    return _joined(blocks, chosen)


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of a page's blocks, each with the text that goes with it."""

    words: list[str]
    """Folded, to be compared."""
    pieces: list[str]
    """As they stand, with what follows up to the next word of the block."""
    blocks: list[int]
    """The index of each word's block."""


def page_words(blocks: Sequence[str]) -> PageWords:
    """Cut blocks into words, as ICU finds them."""
    words, pieces, indices = [], [], []
    for index, block in enumerate(blocks):
        spans = list(icu_word_spans(block))
        # What stands before the first word goes with it.
        starts = [0, *(start for start, _ in spans[1:]), len(block)]
        for (start, end), (first, last) in zip(spans, itertools.pairwise(starts), strict=False):
            words.append(_folded(block[start:end]))
            pieces.append(block[first:last])
            indices.append(index)
    return PageWords(words, pieces, indices)


def is_within(words: Sequence[str], text: str) -> list[bool]:
    """Tell for each word of a page whether a text has it, with the four words before it or after it.

    Source: WCEB, extractors/ensemble.py (``extract_majority_vote``), where words are what stands between
    white space; ICU's give Chinese, Japanese and Thai pages words as well.
    """
    there = [_folded(text[start:end]) for start, end in icu_word_spans(text)]
    runs = set(_runs((*_PADDING, *there, *_PADDING)))
    padded = (*_PADDING[1:], *words, *_PADDING[1:])
    found = [run in runs for run in _runs(padded)]
    return [left or right for left, right in zip(found, found[SIZE - 1 :], strict=False)]


def page_votes(page: PageWords, outputs: Iterable[str]) -> list[Votes]:
    """Return the votes of all outputs on each word of a page."""
    within = [is_within(page.words, output) for output in outputs]
    return list(zip(*within, strict=True)) if within else []


def kept_text(page: PageWords, kept: Sequence[bool]) -> str:
    """Return the words of a page that are kept, block by block."""
    pieces = itertools.compress(zip(page.blocks, page.pieces, strict=True), kept)
    lines = ("".join(piece for _, piece in group) for _, group in itertools.groupby(pieces, lambda at: at[0]))
    return _SEPARATOR.join(line.strip() for line in lines)


def has_majority(votes: Votes) -> bool:
    """Tell whether a word has enough votes; one alone is enough where there are hardly any voters."""
    return sum(votes) >= max(1, int(len(votes) * SHARE))


@dataclass(frozen=True, slots=True)
class WeightedVote:
    """A weight for each extractor's vote and abstention, and the sum that a word of body reaches."""

    for_vote: tuple[float, ...]
    for_abstention: tuple[float, ...]
    threshold: float

    def score(self, votes: Votes) -> float:
        """Return the sum of the weights of these votes."""
        return sum(
            weights[0] if vote else weights[1]
            for vote, weights in zip(votes, zip(self.for_vote, self.for_abstention, strict=True), strict=True)
        )

    def keeps(self, votes: Votes) -> bool:
        """Tell whether a word with these votes is taken for body."""
        return self.score(votes) >= self.threshold


def train_vote(tally: Tally) -> WeightedVote:
    """Learn weights from words of which gold says whether they are body.

    Weights are log-likelihood ratios under naive Bayes, with one word added to every count; the threshold is
    the one with the highest F1 over the words that are learned from, of equal ones the lowest.

    Raises:
        ValueError: there are no words to learn from.
    """
    if not tally:
        raise ValueError("no words to learn from")
    voters = len(next(iter(tally))[0])
    for_vote, for_abstention = [], []
    for voter in range(voters):
        of_body, of_others = (_share_of_votes(tally, voter, body) for body in (True, False))
        for_vote.append(math.log(of_body / of_others))
        for_abstention.append(math.log((1 - of_body) / (1 - of_others)))
    vote = WeightedVote(tuple(for_vote), tuple(for_abstention), -math.inf)
    return replace(vote, threshold=_best_threshold(vote, tally))


def _share_of_votes(tally: Tally, voter: int, body: bool) -> float:
    """Return the share of words, of body or of the rest, that a voter returned; never 0 or 1."""
    numbers = [(votes[voter], number) for (votes, is_body), number in tally.items() if is_body == body]
    return (sum(number for vote, number in numbers if vote) + 1) / (sum(number for _, number in numbers) + 2)


def _best_threshold(vote: WeightedVote, tally: Tally) -> float:
    by_score: dict[float, list[int]] = {}
    for (votes, body), number in tally.items():
        by_score.setdefault(vote.score(votes), [0, 0])[body] += number
    all_of_body = sum(right for _, right in by_score.values())
    kept = right = 0
    best = (-1.0, math.inf)
    for score in sorted(by_score, reverse=True):
        wrong_here, right_here = by_score[score]
        kept, right = kept + wrong_here + right_here, right + right_here
        f1 = 2 * right / (kept + all_of_body)
        if f1 >= best[0]:
            best = (f1, score)
    return best[1]


def _runs(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return zip(*(words[offset:] for offset in range(SIZE)), strict=False)


def _folded(word: str) -> str:
    return unicodedata.normalize("NFC", word.casefold()).strip("_")


def _without(blocks: Sequence[str], index: int) -> list[str]:
    return [*blocks[:index], *blocks[index + 1 :]]


def _joined(blocks: Sequence[str], chosen: Iterable[int]) -> str:
    return _SEPARATOR.join(blocks[index] for index in sorted(chosen))

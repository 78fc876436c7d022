"""One page as a survey sees it: what each extractor made of it, and how far they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from boilerbench.records import Extraction, Status
from boilerbench.survey.filters import Rule, removed_by
from boilerbench.survey.page_facts import PageFacts
from boilerbench.tokenizers import icu_words

OUTLIER_MARGIN = 0.2
"""How far below the median of all the agreement of an outlier is."""
LONGEST_TEXT = 2_000_000
"""Characters of a text up to which its words are counted."""
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one extractor made of a page."""

    status: Status
    words: int
    content_bytes: int
    """Of the text in UTF-8."""
    seconds: float | None
    peak_mb: float | None
    removed_by: tuple[str, ...]
    """The filters that remove the text; a page without text is removed as well, by those that say so."""

    @property
    def survives(self) -> bool:
        """Whether the usual filters keep the text."""
        return not self.removed_by


@dataclass(frozen=True, slots=True)
class Observation:
    """A page of a survey; all sequences are in the order of the extractors."""

    index: int
    """The place of the page in the stream, from 0."""
    document: str
    facts: PageFacts
    outcomes: tuple[Outcome, ...]
    f1: Matrix
    """Of each extractor's words against each other's: extractors × extractors."""
    agreement: Matrix
    """The mean F1 of each extractor with those of other tools; NaN where there is no other."""
    union_words: int
    """The words that any extractor returned, each as often as the one that has it most often."""

    @property
    def disagreement(self) -> float:
        """How far tools differ on this page: one less the mean agreement; 0 with a single tool."""
        return 0.0 if np.isnan(self.agreement).all() else float(1 - np.nanmean(self.agreement))

    @property
    def outlier(self) -> int | None:
        """The extractor that differs most, if it stands alone in that; None else.

        It agrees less than any other, by ``OUTLIER_MARGIN`` less than the median does.
        """
        known = self.agreement[~np.isnan(self.agreement)]
        if len(known) < 3:
            return None
        least = np.flatnonzero(self.agreement == known.min())
        alone = len(least) == 1 and np.median(known) - known.min() >= OUTLIER_MARGIN
        return int(least[0]) if alone else None


def others_of(tools: Sequence[str]) -> list[list[int]]:
    """Return for each extractor the places of those of other tools, or of all others if all are one tool."""
    places = range(len(tools))
    of_others = [[other for other in places if tools[other] != tools[each]] for each in places]
    if any(of_others):
        return of_others
    return [[other for other in places if other != each] for each in places]


def observe(
    index: int,
    document: str,
    facts: PageFacts,
    extractions: Sequence[Extraction],
    others: Sequence[Sequence[int]],
    rules: Sequence[Rule],
) -> Observation:
    """Count what extractors made of a page.

    Args:
        index: its place in the stream.
        document: its id.
        facts: about it.
        extractions: one by each extractor, in their order. What failed counts as an empty text.
        others: for each extractor those that it is compared with, see ``others_of``.
        rules: the filters.
    """
    counts, outcomes = [], []
    for extraction in extractions:
        text = extraction.text[:LONGEST_TEXT]
        words = icu_words(text)
        counts.append(Counter(words))
        outcomes.append(
            Outcome(
                extraction.status,
                len(words),
                len(extraction.text.encode("utf-8", "replace")),
                extraction.seconds,
                extraction.peak_mb,
                removed_by(rules, text, words, facts.language),
            )
        )
    f1, union = word_agreement(counts)
    return Observation(index, document, facts, tuple(outcomes), f1, mean_agreement(f1, others), union)


def mean_agreement(f1: Matrix, others: Sequence[Sequence[int]]) -> Matrix:
    """Return the mean F1 of each extractor with those that it is compared with; NaN where there is none."""
    return np.array([np.mean(f1[each, list(them)]) if them else np.nan for each, them in enumerate(others)])


def word_agreement(counts: Sequence[Counter[str]]) -> tuple[Matrix, int]:
    """Return F1 between multisets of words, each against each, and the size of the union of all.

    F1 is twice the common words by the words of both; two empty texts agree (1), an empty and another do
    not (0). A word is in the union as often as in the multiset that has it most often.
    """
    places = {word: place for place, word in enumerate(set().union(*counts))}
    table = np.zeros((len(counts), len(places)), dtype=np.int64)
    for row, counter in zip(table, counts, strict=True):
        if counter:
            row[[places[word] for word in counter]] = list(counter.values())
    sizes = table.sum(axis=1)
    common = np.array([np.minimum(table, row).sum(axis=1) for row in table])
    both = sizes[:, None] + sizes[None, :]
    f1 = np.where(both == 0, 1.0, 2 * common / np.maximum(both, 1))
    return f1, int(table.max(axis=0).sum()) if places else 0

"""The sums of a survey: all that its figures need, in memory that does not grow with the number of pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from boilerbench.records import Status
from boilerbench.survey.observation import Matrix, Observation
from boilerbench.survey.page_facts import GROUPINGS
from boilerbench.survey.quantiles import Quantiles

MOST_GROUPS = 10_000
"""Of one grouping; beyond twice as many those with the fewest pages are let go."""
GROUP_FIGURES = ("failed", "empty", "words", "union_words", "agreement", "survives")
"""What is summed by kind of page, for each extractor."""
FAILED = (Status.ERROR, Status.TIMEOUT, Status.CRASH, Status.MEMORY)
Counts = npt.NDArray[np.int64]


class ExtractorSums:
    """The sums of one extractor."""

    def __init__(self) -> None:
        self.statuses: Counter[Status] = Counter()
        self.words = self.content_bytes = 0
        self.surviving = self.surviving_words = 0
        self.removed: Counter[str] = Counter()
        """Pages by the rule that removes them, which may be several."""
        self.outliers = 0
        self.agreement = 0.0
        self.agreement_squares = 0.0
        self.rescued_words = 0
        """Of pages that survive under another extractor only: the words of the first of these."""
        self.seconds = 0.0
        self.timed = 0
        self.times = Quantiles()
        self.peak_mb: float | None = None


class _Groups:
    """Sums by one fact about pages."""

    def __init__(self, extractors: int) -> None:
        self._empty = (extractors, len(GROUP_FIGURES))
        self.pages: Counter[str] = Counter()
        self.sums: dict[str, Matrix] = {}
        self.let_go = 0
        """Pages of groups that were let go, since there were too many."""

    def add(self, value: str, figures: Matrix) -> None:
        self.pages[value] += 1
        self.sums[value] = self.sums.get(value, np.zeros(self._empty)) + figures
        if len(self.sums) > 2 * MOST_GROUPS:
            kept = dict(sorted(self.pages.items(), key=lambda item: (-item[1], item[0]))[:MOST_GROUPS])
            self.let_go += self.pages.total() - sum(kept.values())
            self.pages = Counter(kept)
            self.sums = {name: self.sums[name] for name in kept}


class SurveySums:
    """Sums over the pages of a survey; in the same order of pages they are the same to the last digit.

    Args:
        extractors: how many there are.
    """

    def __init__(self, extractors: int) -> None:
        self.pages = 0
        self.page_bytes = 0
        self.by_extractor = [ExtractorSums() for _ in range(extractors)]
        self.f1 = np.zeros((extractors, extractors))
        self.both_survive: Counts = np.zeros((extractors, extractors), dtype=np.int64)
        self.survivors: Counter[int] = Counter()
        """Pages by the number of extractors under which they survive."""
        self.union_words = 0
        self.groups = {by: _Groups(extractors) for by in GROUPINGS}

    def add(self, seen: Observation) -> None:
        """Count a page."""
        self.pages += 1
        self.page_bytes += seen.facts.content_bytes
        self.union_words += seen.union_words
        self.f1 += seen.f1
        survives = np.array([outcome.survives for outcome in seen.outcomes])
        self.both_survive += np.outer(survives, survives)
        self.survivors[int(survives.sum())] += 1
        for each in range(len(seen.outcomes)):
            self._add_outcome(each, seen)
        if survives.any():
            first = seen.outcomes[int(np.flatnonzero(survives)[0])]
            for sums, outcome in zip(self.by_extractor, seen.outcomes, strict=True):
                sums.rescued_words += 0 if outcome.survives else first.words
        figures = _group_figures(seen)
        for by, groups in self.groups.items():
            groups.add(getattr(seen.facts, by), figures)

    def _add_outcome(self, each: int, seen: Observation) -> None:
        sums, outcome = self.by_extractor[each], seen.outcomes[each]
        sums.statuses[outcome.status] += 1
        sums.words += outcome.words
        sums.content_bytes += outcome.content_bytes
        sums.surviving += outcome.survives
        sums.surviving_words += outcome.words * outcome.survives
        sums.removed.update(outcome.removed_by)
        sums.outliers += seen.outlier == each
        if not np.isnan(seen.agreement[each]):
            sums.agreement += float(seen.agreement[each])
            sums.agreement_squares += float(seen.agreement[each]) ** 2
        if outcome.seconds is not None:
            sums.seconds += outcome.seconds
            sums.timed += 1
            sums.times.add(outcome.seconds)
        if outcome.peak_mb is not None:
            sums.peak_mb = max(sums.peak_mb or 0.0, outcome.peak_mb)


def _group_figures(seen: Observation) -> Matrix:
    """Return the figures of a page that are summed by kind: extractors × ``GROUP_FIGURES``."""
    rows: list[Sequence[float]] = [
        (
            outcome.status in FAILED,
            outcome.status == Status.EMPTY,
            outcome.words,
            seen.union_words,
            0.0 if np.isnan(agreement) else agreement,
            outcome.survives,
        )
        for outcome, agreement in zip(seen.outcomes, seen.agreement, strict=True)
    ]
    return np.array(rows, dtype=np.float64)

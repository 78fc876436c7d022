"""Statistics: from the scores of documents to statements about extractors."""

from __future__ import annotations

from boilerbench.stats.aggregate import FAILED, figures, group_f1, grouped, leaderboard
from boilerbench.stats.averages import AVERAGES, FOR_ANY_MEASURE, average_title
from boilerbench.stats.best import AmongBest
from boilerbench.stats.comparison import (
    Comparison,
    Effect,
    Verdict,
    compare_pairs,
    effects,
)
from boilerbench.stats.deciding import DocumentDifference, deciding_documents
from boilerbench.stats.disagreement import best_scores, disagreements
from boilerbench.stats.significance import RESAMPLES, SEED

__all__ = [
    "AVERAGES",
    "FAILED",
    "FOR_ANY_MEASURE",
    "RESAMPLES",
    "SEED",
    "AmongBest",
    "Comparison",
    "DocumentDifference",
    "Effect",
    "Verdict",
    "average_title",
    "best_scores",
    "compare_pairs",
    "deciding_documents",
    "disagreements",
    "effects",
    "figures",
    "group_f1",
    "grouped",
    "leaderboard",
]

"""From scores to statements."""

from __future__ import annotations

from harness.stats.aggregate import FAILED, figures, group_f1, grouped, leaderboard
from harness.stats.averages import AVERAGES
from harness.stats.comparison import Comparison, Effect, compare_pairs, deciding_documents, effects
from harness.stats.disagreement import best_scores, disagreements
from harness.stats.resampling import RESAMPLES, SEED

__all__ = [
    "AVERAGES",
    "FAILED",
    "RESAMPLES",
    "SEED",
    "Comparison",
    "Effect",
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

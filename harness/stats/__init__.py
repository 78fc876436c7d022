"""From scores to statements."""

from __future__ import annotations

from harness.stats.aggregate import AVERAGES, FAILED, leaderboard
from harness.stats.disagreement import disagreements

__all__ = ["AVERAGES", "FAILED", "disagreements", "leaderboard"]

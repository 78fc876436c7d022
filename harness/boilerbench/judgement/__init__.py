"""Verdicts: whether one extractor is better than another, and whether one has become worse."""

from __future__ import annotations

from boilerbench.judgement.comparing import ComparisonResult, compare
from boilerbench.judgement.gating import Check, GatedExtractor, GateLimits, GateResult, NewFailure, gate
from boilerbench.judgement.releases import History, Release, releases

__all__ = [
    "Check",
    "ComparisonResult",
    "GateLimits",
    "GateResult",
    "GatedExtractor",
    "History",
    "NewFailure",
    "Release",
    "compare",
    "gate",
    "releases",
]

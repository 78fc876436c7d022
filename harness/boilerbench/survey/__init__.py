"""Surveys: a run without gold, which says what extractors cost and how far they agree."""

from __future__ import annotations

from boilerbench.survey.conduct import Survey, survey

__all__ = ["Survey", "survey"]

"""Surveys: a run without gold, which says what extractors cost and how far they agree."""

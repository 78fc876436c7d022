"""Surveys: pages without gold."""

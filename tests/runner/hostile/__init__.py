"""Hostile extractors, each a kind, and what becomes of a run that has one among its extractors."""

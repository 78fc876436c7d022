"""Adapters: one small file per tool, and those of a user's own callables and filters."""

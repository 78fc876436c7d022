"""Extractors over pages: worker processes, and the pool that drives them.

Nothing here sees gold.
"""

from __future__ import annotations

from harness.runner.pool import extract

__all__ = ["extract"]

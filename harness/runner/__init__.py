"""Extractors over pages: environments, worker processes, and the pool that drives them.

Nothing here sees gold.
"""

from __future__ import annotations

from harness.runner.extract import extract, network_protection
from harness.runner.prepare import Prepared, Unavailable, prepare
from harness.runner.process import Limits

__all__ = ["Limits", "Prepared", "Unavailable", "extract", "network_protection", "prepare"]

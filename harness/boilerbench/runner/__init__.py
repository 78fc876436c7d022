"""Extractors over pages: environments, worker processes, and the pool that drives them.

Nothing here sees gold.
"""

from __future__ import annotations

from boilerbench.runner.extract import extract, network_protection
from boilerbench.runner.prepare import Prepared, Unavailable, prepare
from boilerbench.runner.process import Limits

__all__ = ["Limits", "Prepared", "Unavailable", "extract", "network_protection", "prepare"]

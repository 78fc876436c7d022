"""Extractors over pages: environments, worker processes, and the pool that drives them.

Nothing here sees gold.
"""

from __future__ import annotations

from boilerbench.runner.extract import extract
from boilerbench.runner.limits import MEMORY_MB, TIMEOUT_SECONDS, WorkerLimits
from boilerbench.runner.page_stream import work_through
from boilerbench.runner.prepare import Prepared, Unavailable, prepare
from boilerbench.runner.sandbox import Sandbox, sandbox_here
from boilerbench.runner.standing import StandingPool

__all__ = [
    "MEMORY_MB",
    "TIMEOUT_SECONDS",
    "Prepared",
    "Sandbox",
    "StandingPool",
    "Unavailable",
    "WorkerLimits",
    "extract",
    "prepare",
    "sandbox_here",
    "work_through",
]

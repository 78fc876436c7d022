"""Extractors over pages: environments, worker processes, and the pool that drives them.

Nothing here sees gold.
"""

from __future__ import annotations

from boilerbench.runner.extract import extract
from boilerbench.runner.limits import WorkerLimits
from boilerbench.runner.page_stream import work_through
from boilerbench.runner.prepare import Prepared, Unavailable, prepare
from boilerbench.runner.sandbox import Sandbox, sandbox_here
from boilerbench.runner.standing import StandingPool

__all__ = [
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

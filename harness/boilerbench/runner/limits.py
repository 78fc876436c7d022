"""The limits of a worker for one page."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

TIMEOUT_SECONDS = 30.0
MEMORY_MB = 2048
"""The limits of a tool for one page, unless others are asked for."""
START_SECONDS = 60.0
"""Seconds that a worker may take to load its tool."""
PROCESSES = 512
"""The number of processes that a worker may have at a time, itself included."""
SCRATCH_MB = 512
"""Megabytes that a worker may write to its home and temporary folder, and as many to shared memory."""


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """The limits of a tool for one page; a worker that goes past one is ended."""

    seconds: float
    """Of wall-clock time."""
    memory_mb: int = MEMORY_MB
    """Of memory that a process may have for its data, and all processes of the worker together; for Node, of
    the JavaScript heap."""
    output_mb: int = 64
    """Of the reply as it is sent."""
    cpu_seconds: float | None = None
    """Of processor time in all threads and processes of the worker; by default twice ``seconds``."""

    def __post_init__(self) -> None:
        if self.cpu_seconds is None:
            object.__setattr__(self, "cpu_seconds", 2 * self.seconds)

    def __str__(self) -> str:
        return json.dumps(asdict(self), sort_keys=True)

"""The contract with any input: ``InputError`` of one line, or a result, in bounded time and memory."""

from __future__ import annotations

import contextlib
import resource
import time
from collections.abc import Iterator

from boilerbench.errors import InputError

SECONDS_PER_100_KB = 2.0
"""Of processor time, for it is the program that is bounded and not the machine."""
MEGABYTES = 500


@contextlib.contextmanager
def kept(size: int, refused: type[Exception] | tuple[type[Exception], ...] = InputError) -> Iterator[None]:
    """Run the body as a target with an input of so many bytes, and hold it to the contract."""
    started, peak = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lines = ["one"]
    try:
        yield
    except refused as error:
        lines = str(error).splitlines()
    assert len(lines) == 1, lines
    seconds = time.process_time() - started
    megabytes = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak) / 1024
    assert seconds < SECONDS_PER_100_KB * max(1.0, size / 100_000), f"{seconds:.1f} s for {size:,} bytes"
    assert megabytes < MEGABYTES, f"{megabytes:.0f} MB for {size:,} bytes"

"""A baseline: the visible blocks that are long."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

PACKAGE = "boilerbench"
LICENCE = "Apache-2.0"
HOME = ""
TAKES = "text"


def load(*, characters: int = 70) -> Callable[[str, str | None], str]:
    """``baselines.long_blocks``; by default from 70 characters, jusText's bound for a short paragraph."""
    # The package that this file is part of, which a worker does not look into.
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    from boilerbench.baselines import long_blocks

    # The parser is loaded now, not on the first page.
    long_blocks("", characters)
    return lambda page, url: long_blocks(page, characters)

"""All visible text as the text browser w3m lays it out; no content extraction."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

PACKAGE = "w3m"
PROGRAM = "w3m"
LICENCE = "w3m"
HOME = "https://salsa.debian.org/debian/w3m"
TAKES = "bytes"


def load(*, columns: int = 80) -> Callable[[bytes, str | None], str]:
    """Return what ``w3m -dump`` prints."""
    # The package that this file is part of, which a worker does not look into.
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    from boilerbench.extractors.adapters._stdin_filter import filter_of

    return filter_of(["w3m", "-dump", "-T", "text/html", "-O", "UTF-8", "-cols", str(columns)])

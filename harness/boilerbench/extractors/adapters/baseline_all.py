"""A baseline: all visible text of the page, block by block."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

PACKAGE = "boilerbench"
LICENCE = "Apache-2.0"
HOME = ""
TAKES = "text"


def load() -> Callable[[str, str | None], str]:
    """``baselines.whole_page``."""
    # The package that this file is part of, which a worker does not look into.
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    from boilerbench.baselines import whole_page

    # The parser is loaded now, not on the first page.
    whole_page("")
    return lambda page, url: whole_page(page)

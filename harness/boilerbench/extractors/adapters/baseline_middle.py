"""A baseline: the middle of the page's visible words."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

PACKAGE = "boilerbench"
LICENCE = "Apache-2.0"
HOME = ""
TAKES = "text"


def load(*, share: float = 0.6) -> Callable[[str, str | None], str]:
    """``baselines.middle_of_page``; by default 60 % of the words, a fifth left out at either end."""
    # The package that this file is part of, which a worker does not look into.
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    from boilerbench.baselines import middle_of_page

    # The parser is loaded now, not on the first page.
    middle_of_page("", share)
    return lambda page, url: middle_of_page(page, share)

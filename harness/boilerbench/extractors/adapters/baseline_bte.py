"""A baseline: body text extraction, the stretch with most words and fewest tags (Finn et al. 2001)."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

PACKAGE = "boilerbench"
LICENCE = "Apache-2.0"
HOME = ""
TAKES = "text"


def load() -> Callable[[str, str | None], str]:
    """``baselines.body_text_extraction``."""
    # The package that this file is part of, which a worker does not look into.
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    from boilerbench.baselines import body_text_extraction

    # The parser is loaded now, not on the first page.
    body_text_extraction("")
    return lambda page, url: body_text_extraction(page)

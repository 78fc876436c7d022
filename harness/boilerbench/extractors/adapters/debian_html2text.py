"""All visible text by html2text in C++, as Debian has it; no content extraction."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

PACKAGE = "html2text"
PROGRAM = "html2text"
LICENCE = "GPL-2.0-or-later"
HOME = "https://github.com/grobian/html2text"
TAKES = "text"


def load(*, width: int = 79) -> Callable[[str, str | None], str]:
    """Return what ``html2text`` prints, without overstriking."""
    # The package that this file is part of, which a worker does not look into.
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    from boilerbench.extractors.adapters._stdin_filter import text_filter_of

    return text_filter_of(["html2text", "-utf8", "-nometa", "-nobs", "-width", str(width)])

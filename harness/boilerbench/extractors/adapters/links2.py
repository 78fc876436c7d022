"""All visible text as the text browser Links lays it out; no content extraction"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

PACKAGE = "links2"
PROGRAM = "links2"
LICENCE = "GPL-2.0-or-later"
HOME = "https://links.twibright.com"
TAKES = "text"


def load(*, width: int = 80) -> Callable[[str, str | None], str]:
    """Return what ``links2 -dump`` prints of the decoded page; it knows few encodings by itself."""
    # The package that this file is part of, which a worker does not look into.
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    from boilerbench.extractors.adapters._stdin_filter import text_filter_of

    codepages = ["-codepage", "utf-8", "-html-assume-codepage", "utf-8", "-html-hard-assume", "1"]
    return text_filter_of(
        ["links2", "-dump", "-force-html", "-width", str(width), *codepages, "/dev/stdin"]
    )

"""All visible text as the text browser ELinks lays it out; no content extraction."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

PACKAGE = "elinks"
PROGRAM = "elinks"
LICENCE = "GPL-2.0-only"
HOME = "https://github.com/rkd77/elinks"
TAKES = "bytes"
CAUTION = "numbers links in the text and lists their addresses below it"
CAUTION_UNLESS = ("references",)


def load(*, references: bool = True, width: int = 80) -> Callable[[bytes, str | None], str]:
    """Return what ``elinks -dump`` prints, below it by default the addresses of all links."""
    # The package that this file is part of, which a worker does not look into.
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    from boilerbench.extractors.adapters._stdin_filter import filter_of

    given = [] if references else ["-no-references", "-no-numbering"]
    size = ["-dump-width", str(width), "-dump-charset", "utf-8"]
    return filter_of(["elinks", "-dump", "-force-html", "-no-home", *size, *given])

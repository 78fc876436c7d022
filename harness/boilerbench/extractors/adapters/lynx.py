"""All visible text as the text browser Lynx prints it; no content extraction."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

PACKAGE = "lynx"
PROGRAM = "lynx"
LICENCE = "GPL-2.0-only"
HOME = "https://lynx.invisible-island.net"
TAKES = "bytes"
CAUTION = "numbers links in the text and lists their addresses below it"
CAUTION_UNLESS = ("links",)


def load(*, links: bool = True, width: int = 80) -> Callable[[bytes, str | None], str]:
    """Return what ``lynx -dump`` prints, below it by default the addresses of all links."""
    # The package that this file is part of, which a worker does not look into.
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    from boilerbench.extractors.adapters._stdin_filter import filter_of

    given = [] if links else ["-nolist"]
    return filter_of(
        ["lynx", "-stdin", "-dump", "-force_html", "-display_charset=utf-8", f"-width={width}", *given]
    )

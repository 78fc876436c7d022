"""The whole page as plain text or Markdown by pandoc; no content extraction."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal

PACKAGE = "pandoc"
PROGRAM = "pandoc"
LICENCE = "GPL-2.0-or-later"
HOME = "https://pandoc.org"
TAKES = "text"


def load(*, mode: Literal["text", "markdown"] = "text") -> Callable[[str, str | None], str]:
    """Return what ``pandoc -f html -t plain`` prints, or its Markdown."""
    # The package that this file is part of, which a worker does not look into.
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    from boilerbench.extractors.adapters._stdin_filter import text_filter_of

    return text_filter_of(["pandoc", "-f", "html", "-t", "plain" if mode == "text" else mode])

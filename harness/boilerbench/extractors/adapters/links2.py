"""All visible text as the text browser Links lays it out; no content extraction."""

from __future__ import annotations

import sys
import tempfile
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
    from boilerbench.extractors.adapters._stdin_filter import filter_of

    # It reads files alone.
    file = Path(tempfile.mkdtemp(), "page.html")
    codepages = ["-codepage", "utf-8", "-html-assume-codepage", "utf-8", "-html-hard-assume", "1"]
    run = filter_of(["links2", "-dump", "-force-html", "-width", str(width), *codepages, str(file)])

    def extract(page: str, url: str | None) -> str:
        file.write_bytes(page.encode("utf-8"))
        return run(b"", url)

    return extract

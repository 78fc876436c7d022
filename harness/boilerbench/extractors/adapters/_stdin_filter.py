"""Any filter that reads HTML and writes text, one process a page, as in cmd-simple:…."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable, Sequence

TAKES = "bytes"
CHECKS_OPTIONS = True


def load(*, command: str) -> Callable[[bytes, str | None], str]:
    """Run ``command`` on each page: the page as served on its standard input, text in UTF-8 on its output."""
    return filter_of(shlex.split(command))


def text_filter_of(words: Sequence[str]) -> Callable[[str, str | None], str]:
    """Return a filter that is given the decoded page, in UTF-8."""
    extract = filter_of(words)
    return lambda page, url: extract(page.encode("utf-8"), url)


def filter_of(words: Sequence[str]) -> Callable[[bytes, str | None], str]:
    """Return the filter that a command is, one process a page."""
    # Python compares bytecode with its source by whole seconds: of two quick edits it would run the first.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}

    def extract(page: bytes, url: str | None) -> str:
        done = subprocess.run(words, input=page, capture_output=True, check=False, env=environment)
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
            raise RuntimeError(f"exit status {done.returncode}" + (f": {said}" if said else ""))
        return done.stdout.decode("utf-8", "replace")

    return extract

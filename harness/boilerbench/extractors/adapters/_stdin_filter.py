"""Any filter that reads HTML and writes text, one process a page, as in cmd-simple:…."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable

TAKES = "bytes"
CHECKS_OPTIONS = True


def load(*, command: str) -> Callable[[bytes, str | None], str]:
    """Run ``command`` on each page: the page as served on its standard input, text in UTF-8 on its output."""
    words = shlex.split(command)
    # Python compares bytecode with its source by whole seconds: of two quick edits it would run the first.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}

    def extract(page: bytes, url: str | None) -> str:
        done = subprocess.run(words, input=page, capture_output=True, check=False, env=environment)
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
            raise RuntimeError(f"exit status {done.returncode}" + (f": {said}" if said else ""))
        return done.stdout.decode("utf-8", "replace")

    return extract

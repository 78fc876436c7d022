"""Commands that are offered, written so that a shell takes them as they stand."""

from __future__ import annotations

import shlex
from pathlib import Path


def command_line(command: str, *words: str | Path) -> str:
    """Return ``boilerbench COMMAND`` with words that are quoted where a shell would read them otherwise.

    Where a word could be taken for an option, as an id that begins with a hyphen, all stand behind ``--``.
    """
    texts = [str(word) for word in words]
    guard = ["--"] if any(text.startswith("-") for text in texts) else []
    return f"boilerbench {command} {shlex.join([*guard, *texts])}".rstrip()


def next_line(command: str, *words: str | Path) -> str:
    """Return the line that offers a command."""
    return f"Next:  {command_line(command, *words)}"

"""The text of long markup, made in a process of its own, so that it takes no more than its limits."""

from __future__ import annotations

import resource
import subprocess
import sys

from boilerbench.errors import InputError
from boilerbench.markup import text_of
from boilerbench.records import MarkupFormat, Status

_SHORT = 50_000
"""Characters of markup that is read at once: whatever it holds takes a second at most."""
_REFUSED, _OUT_OF_MEMORY = 3, 4


class MarkupLimitError(Exception):
    """The markup went past a limit while it was read; ``status`` says which."""

    def __init__(self, status: Status, message: str) -> None:
        super().__init__(message)
        self.status = status


def bounded_text(markup: str, format_: MarkupFormat, *, seconds: float, memory_mb: int) -> str:
    """Return the text of markup as ``text_of`` makes it.

    Args:
        markup: without lone surrogates.
        format_: its format.
        seconds: of wall-clock time that reading long markup may take.
        memory_mb: megabytes of memory that it may take.

    Raises:
        InputError: elements are nested too deep.
        MarkupLimitError: it takes more than that.
    """
    if len(markup) <= _SHORT:
        return text_of(markup, format_)
    command = [sys.executable, "-m", __name__, format_, str(memory_mb)]
    try:
        done = subprocess.run(
            command, input=markup.encode(), capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise MarkupLimitError(Status.TIMEOUT, f"its markup is not read in {seconds:g} s") from None
    if done.returncode == _REFUSED:
        raise InputError(done.stderr.decode())
    if done.returncode:
        message = f"its markup takes more than {memory_mb:,} MB to be read"
        raise MarkupLimitError(Status.MEMORY, message)
    return done.stdout.decode()


def _main(format_: str, memory_mb: str) -> int:
    most = int(memory_mb) << 20
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    try:
        text = text_of(sys.stdin.buffer.read().decode(), MarkupFormat(format_))
        sys.stdout.buffer.write(text.encode())
    except InputError as error:
        sys.stderr.write(str(error))
        return _REFUSED
    except MemoryError:
        return _OUT_OF_MEMORY
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))

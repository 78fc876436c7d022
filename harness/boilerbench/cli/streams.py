"""Standard output and standard error, through which alone commands write to a terminal."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO, cast

from boilerbench.visible_text import visible


class OutputError(Exception):
    """Output cannot be written, as on a full disk."""


class ReaderGoneError(Exception):
    """The reader of the output has closed it. No BrokenPipeError, for which click and rich exit with 1."""


class _Stream:
    """A text stream whose faults are named; everything else is the wrapped stream's."""

    def __init__(self, stream: TextIO) -> None:
        self.wrapped = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self.wrapped, name)

    @property
    def encoding(self) -> str:
        """UTF-8, for click writes past any other; what the terminal lacks becomes ``?``."""
        return "utf-8"

    def write(self, text: str) -> int:
        with _named_faults():
            return self.wrapped.write(self.text(text))

    def flush(self) -> None:
        with _named_faults():
            self.wrapped.flush()

    def text(self, text: str) -> str:
        return text


class _VisibleStream(_Stream):
    """A text stream that gets control characters as visible marks."""

    def text(self, text: str) -> str:
        return visible(text)


@contextlib.contextmanager
def _named_faults() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise ReaderGoneError from None
    except OSError as error:
        raise OutputError(error.strerror or str(error)) from None


@contextlib.contextmanager
def guarded() -> Iterator[None]:
    """Write to standard output and standard error with visible marks, and ``?`` for what they cannot show.

    Raises:
        OutputError: at its end or before, standard output cannot be written.
        ReaderGoneError: its reader has closed it.
    """
    # A stream that is closed from the beginning is None; then nobody reads it.
    streams = tuple(stream or Path(os.devnull).open("w") for stream in (sys.stdout, sys.stderr))  # noqa: SIM115 - until the end
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.stdout, sys.stderr = (cast("TextIO", _VisibleStream(stream)) for stream in streams)
    try:
        yield
        sys.stdout.flush()
    finally:
        sys.stdout, sys.stderr = streams


def unguarded(stream: TextIO) -> TextIO:
    """Return the stream for a writer that makes marks itself and adds control sequences, as rich does."""
    return cast("TextIO", _Plain(stream.wrapped)) if isinstance(stream, _Stream) else stream


class _Plain(_Stream):
    @property
    def encoding(self) -> str:
        return self.wrapped.encoding


def abandon_stdout() -> None:
    """Send what is still to be written nowhere; Python would report the fault a second time at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

"""An extractor that does something wrong on the page that says "trouble" and behaves on all others."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Callable

PACKAGE = "pytest"
LICENCE = "Apache-2.0"
HOME = "https://tests.example"
TAKES = "text"


def load(*, fault: str) -> Callable[[str, str | None], object]:
    misbehave = FAULTS[fault]

    def extract(page: str, url: str | None) -> object:
        return misbehave() if "trouble" in page else f"text of {len(page)} characters"

    return extract


def _raise(error: BaseException) -> None:
    raise error


def _print_a_megabyte() -> str:
    for _ in range(1024):
        print("x" * 1023)  # noqa: T201
    sys.stdout.flush()
    os.write(1, b'{"id": "trouble", "text": "forged"}\n')
    os.write(2, b"y" * (1 << 20))
    subprocess.run(["echo", '{"id": "trouble", "text": "forged by a child"}'], check=True)
    return "all well"


def _read_standard_input() -> str:
    return f"read {sys.stdin.read()!r} and {os.read(0, 10)!r}"


def _recurse() -> None:
    _recurse()


def _leave_a_child(then: Callable[[], str]) -> str:
    """A child that keeps every pipe open and would live on."""
    if os.fork() == 0:
        time.sleep(600)
    return then()


def _say_last_words_and_exit() -> None:
    os.write(2, b"first words\nlast words\n\n")
    os._exit(7)


FAULTS: dict[str, Callable[[], object]] = {
    "none": lambda: "all well",
    "hang": lambda: time.sleep(600),
    "hang-in-c": lambda: ctypes.PyDLL(None).sleep(600),
    "raise": lambda: _raise(ValueError("two\nlines")),
    "system-exit": lambda: _raise(SystemExit(0)),
    "keyboard-interrupt": lambda: _raise(KeyboardInterrupt()),
    "memory-error": lambda: _raise(MemoryError()),
    "recursion": _recurse,
    "os-exit": lambda: os._exit(0),
    "last-words": _say_last_words_and_exit,
    "segfault": lambda: ctypes.string_at(0),
    "print": _print_a_megabyte,
    "read-stdin": _read_standard_input,
    "close-stdin": lambda: os.close(0) or "all well",
    "bytes": lambda: b"bytes",
    "none-returned": lambda: None,
    "white-space": lambda: " \n\t",
    "surrogate": lambda: "lone \ud800 and nul \0",
    "leave-a-child": lambda: _leave_a_child(lambda: "all well"),
    "leave-a-child-and-exit": lambda: _leave_a_child(lambda: os._exit(3)),
}

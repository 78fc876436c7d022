"""An extractor that does something wrong on the page that says "trouble" and behaves on all others."""

from __future__ import annotations

import ctypes
import json
import os
import socket
import struct
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable

PACKAGE = "pytest"
LICENCE = "Apache-2.0"
HOME = "https://tests.example"
TAKES = "text"


def load(*, fault: str, port: int = 0) -> Callable[[str, str | None], object]:
    if fault == "connect":
        FAULTS["connect"] = lambda: _connect(port)
        FAULTS["connect-in-c"] = lambda: _connect_by_hand(port)
    elif fault == "connect-in-c":
        FAULTS["connect-in-c"] = lambda: _connect_by_hand(port)
    misbehave = FAULTS[fault]

    def extract(page: str, url: str | None) -> object:
        return misbehave() if "trouble" in page else f"text of {len(page)} characters"

    return extract


_leak: list[bytes] = []


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


def _close_standard_input() -> str:
    os.close(0)
    return "all well"


def _leak_memory() -> str:
    _leak.append(b"x" * (400 << 20))
    return "all well"


def _leave_a_child(then: Callable[[], str]) -> str:
    """A child that keeps every pipe open and would live on."""
    if os.fork() == 0:
        time.sleep(600)
    return then()


def _connect(port: int) -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(b"secret")
    return "connected"


def _connect_by_hand(port: int) -> str:
    """Past Python's own socket module."""
    libc = ctypes.CDLL(None, use_errno=True)
    handle = libc.socket(2, 1, 0)
    address = struct.pack("=HH4s8x", 2, socket.htons(port), socket.inet_aton("127.0.0.1"))
    result = libc.connect(handle, address, len(address))
    return "connected" if result == 0 else f"refused: {os.strerror(ctypes.get_errno())}"


def _allocate() -> None:
    hoard = []
    while True:
        hoard.append(bytearray(16 << 20))


def _allocate_in_c() -> str:
    """Past Python's allocator, whose failure is an exception."""
    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    taken = 0
    while (place := libc.malloc(ctypes.c_size_t(16 << 20))) is not None:
        ctypes.memset(place, 1, 16 << 20)
        taken += 16
    os.write(2, f"memory allocation failed after {taken} MB\n".encode())
    os.abort()


def _burn() -> None:
    """Two threads that compute outside of Python's lock."""
    data = b"x" * (8 << 20)
    for _ in range(2):
        threading.Thread(target=lambda: [zlib.compress(data, 9) for _ in range(10_000)], daemon=True).start()
    time.sleep(600)


def _environment() -> str:
    return json.dumps(dict(os.environ))


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
    "close-stdin": _close_standard_input,
    "bytes": lambda: b"bytes",
    "none-returned": lambda: None,
    "white-space": lambda: " \n\t",
    "surrogate": lambda: "lone \ud800 and nul \0",
    "allocate": _allocate,
    "allocate-in-c": _allocate_in_c,
    "burn": _burn,
    "huge": lambda: "x" * 100_000_000,
    "environment": _environment,
    "leak": _leak_memory,
    "leave-a-child": lambda: _leave_a_child(lambda: "all well"),
    "leave-a-child-and-exit": lambda: _leave_a_child(lambda: os._exit(3)),
}

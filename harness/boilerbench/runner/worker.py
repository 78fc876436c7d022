"""The program inside a worker process: one adapter, pages in, texts out, in JSON Lines.

Run as ``python worker.py ADAPTER_FILE OPTIONS_AS_JSON``. It imports nothing but the standard library, so that
it runs in any environment that holds the adapter's tool. The protocol is described in docs/plugins.md.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import os
import sys
import time
from pathlib import Path
from typing import IO, Any


def main() -> None:
    """Answer requests until the standard input ends."""
    requests, replies = _own_the_protocol()
    # Only the tool's own packages may be found: not what lies beside this file, nor in the current folder.
    sys.path[:] = [entry for entry in sys.path if entry not in ("", str(Path(__file__).parent))]
    sys.addaudithook(_refuse_network)
    try:
        adapter = _import(sys.argv[1])
        call = adapter.load(**json.loads(sys.argv[2]))
        version = _version(adapter)
    except BaseException as error:
        _send(replies, {"ready": False, "error": _one_line(error)})
        return
    memory = _Memory()
    takes_bytes = adapter.TAKES == "bytes"
    _send(replies, {"ready": True, "version": version})
    for line in requests:
        request = json.loads(line)
        content = Path(request["page_bytes" if takes_bytes else "page_text"]).read_bytes()
        page = content if takes_bytes else content.decode("utf-8")
        del content
        _send(replies, {"id": request["id"], **_answer(call, page, request["url"], memory)})


def _answer(call: Any, page: str | bytes, url: str | None, memory: _Memory) -> dict[str, Any]:
    """Call the tool; time and memory are those of this call alone."""
    memory.forget()
    started = time.perf_counter()
    try:
        text = call(page, url)
        outcome: dict[str, Any] = {"text": text}
        if text is not None and not isinstance(text, str):
            outcome = {"error": f"returned {type(text).__name__}, not text"}
    except MemoryError as error:
        outcome = {"error": _one_line(error), "status": "memory"}
    except BaseException as error:
        outcome = {"error": _one_line(error)}
    return {**outcome, "seconds": time.perf_counter() - started, "peak_mb": memory.peak_mb()}


def _own_the_protocol() -> tuple[IO[str], IO[str]]:
    """Keep the protocol's pipes for ourselves; what a tool reads or prints goes elsewhere."""
    requests = os.fdopen(os.dup(0), "r", encoding="utf-8", newline="\n")
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    return requests, replies


def _send(replies: IO[str], message: dict[str, Any]) -> None:
    replies.write(json.dumps(message) + "\n")
    replies.flush()


def _import(file: str) -> Any:
    spec = importlib.util.spec_from_file_location("boilerbench_adapter", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _one_line(error: BaseException) -> str:
    said = " ".join(str(error).split())[:500]
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def _version(adapter: Any) -> str:
    """Of the tool's distribution, or what the adapter knows once it has loaded."""
    if hasattr(adapter, "PACKAGE"):
        return importlib.metadata.version(adapter.PACKAGE)
    return str(getattr(adapter, "VERSION", ""))


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Where no namespace cuts the network, this stops what asks Python for it."""
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        raise PermissionError("a worker has no network")
    # An address of a socket file is a path; one of a network is a tuple.
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg") and isinstance(arguments[1], tuple):
        raise PermissionError("a worker has no network")


class _Memory:
    """The highest resident size of this process since it was last forgotten."""

    def __init__(self) -> None:
        # Kept open: this is asked for every page.
        try:
            self._forget = os.open("/proc/self/clear_refs", os.O_WRONLY)
            self._status = os.open("/proc/self/status", os.O_RDONLY)
        except OSError:
            self._status = -1

    def forget(self) -> None:
        """Make the kernel forget the peak so far (Linux, man 5 proc, clear_refs)."""
        if self._status >= 0:
            os.pwrite(self._forget, b"5", 0)

    def peak_mb(self) -> float:
        """The peak in megabytes; elsewhere than on Linux, since the worker began."""
        if self._status >= 0:
            status = os.pread(self._status, 4096, 0)
            return int(status.partition(b"VmHWM:")[2].split(maxsplit=1)[0]) / 1024
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()

"""The program inside a worker process: one adapter, pages in, texts out, in JSON Lines.

Run as ``python worker.py ADAPTER_FILE OPTIONS_AS_JSON``. It imports nothing but the standard library, so that
it runs in any environment that holds the adapter's tool. The protocol is described in CONTRIBUTING.md.
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
    try:
        adapter = _import(sys.argv[1])
        call = adapter.load(**json.loads(sys.argv[2]))
        version = importlib.metadata.version(adapter.PACKAGE)
    except BaseException as error:
        _send(replies, {"ready": False, "error": _one_line(error)})
        return
    takes_bytes = adapter.TAKES == "bytes"
    _send(replies, {"ready": True, "version": version})
    for line in requests:
        request = json.loads(line)
        page = Path(request["page_bytes"]).read_bytes() if takes_bytes else _text(request["page_text"])
        _send(replies, {"id": request["id"], **_answer(call, page, request["url"])})


def _answer(call: Any, page: str | bytes, url: str | None) -> dict[str, Any]:
    """Call the tool; time and memory are those of this call alone."""
    _forget_peak()
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
    return {**outcome, "seconds": time.perf_counter() - started, "peak_mb": _peak_mb()}


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


def _text(file: str) -> str:
    with open(file, encoding="utf-8", newline="") as page:  # noqa: PTH123 - read_text would change line ends
        return page.read()


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


def _forget_peak() -> None:
    """Make the kernel forget the highest resident size so far (Linux, man 5 proc, clear_refs)."""
    try:
        with open("/proc/self/clear_refs", "wb") as file:  # noqa: PTH123
            file.write(b"5")
    except OSError:
        return


def _peak_mb() -> float:
    """The highest resident size since, in megabytes; elsewhere than on Linux, since the worker began."""
    try:
        with open("/proc/self/status", "rb") as file:  # noqa: PTH123
            for line in file:
                if line.startswith(b"VmHWM:"):
                    return int(line.split()[1]) / 1024
    except OSError:
        pass
    import resource  # noqa: PLC0415

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()

"""The program inside a worker process: one adapter, pages in, texts out, in JSON Lines.

Run as ``python worker.py ADAPTER_FILE SETUP_AS_JSON``. It imports nothing but the standard library, so that
it runs in any environment that holds the adapter's tool. The protocol is described in docs/plugins.md.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import json
import os
import sys
import time
from pathlib import Path
from typing import IO, Any

TRACEBACK_CHARACTERS = 20_000


def main() -> None:
    """Answer requests until the standard input ends."""
    requests, replies = _own_the_protocol()
    setup = json.loads(sys.argv[2])
    beside = Path(__file__).parent
    # Only the tool's own packages may be found: not what lies beside this file, nor in the current folder.
    sys.path[:] = [*setup["path"], *(entry for entry in sys.path if entry not in ("", str(beside)))]
    inputs, options = _import(beside / "worker_inputs.py"), _import(beside / "worker_options.py")
    # For an adapter whose tool is only known once it has loaded.
    sys.modules[options.__name__] = options
    watch = inputs.Watch(setup["trusted"])
    inputs.compile_anew(tuple(setup["trusted"]))
    if not setup.get("network"):
        sys.addaudithook(_refuse_network)
    sys.addaudithook(watch.hook)
    watch.watch_lookups()
    # Which folders hold no such module is known from before the hook; see it told.
    importlib.invalidate_caches()
    try:
        adapter = _import(sys.argv[1])
        if setup.get("describe"):
            _send(
                replies, {"ready": True, "version": _version(adapter), "options": options.described(adapter)}
            )
            return
        given = options.checked(adapter, setup["options"])
        call = adapter.load(**given)
        version, mode = _version(adapter), options.mode(adapter, given)
    except BaseException as error:
        said = str(error) if isinstance(error, options.OptionError) else _one_line(error)
        _send(replies, {"ready": False, "error": said, "traceback": _traceback(error, watch)})
        return
    watch.look_at_libraries()
    first = {"ready": True, "version": version, "inputs": watch.take()}
    _send(replies, {**first, "fingerprint": str(getattr(adapter, "FINGERPRINT", ""))})
    _serve(requests, replies, call, adapter.TAKES == "bytes", mode, watch)


def _serve(requests: IO[str], replies: IO[str], call: Any, takes_bytes: bool, mode: str, watch: Any) -> None:
    memory = _Memory()
    first = True
    for line in requests:
        request = json.loads(line)
        with watch:
            content = Path(request["page_bytes" if takes_bytes else "page_text"]).read_bytes()
        page = content if takes_bytes else content.decode("utf-8")
        del content
        reply = {"id": request["id"], **_answer(call, page, request["url"], memory, watch)}
        if mode != "text" and "text" in reply:
            reply |= {"markup": reply.pop("text"), "format": mode}
        if first:
            # Many tools load their libraries when they are first called.
            watch.look_at_libraries()
            first = False
        news = watch.take()
        _send(replies, {**reply, "inputs": news} if news else reply)


def _answer(call: Any, page: str | bytes, url: str | None, memory: _Memory, watch: Any) -> dict[str, Any]:
    """Call the tool; time and memory are those of this call alone."""
    memory.forget()
    failure: BaseException | None = None
    started = time.perf_counter()
    try:
        text = call(page, url)
        outcome: dict[str, Any] = {"text": text}
        if text is not None and not isinstance(text, str):
            outcome = {"error": f"returned {type(text).__name__}, not text"}
    except MemoryError as error:
        outcome = {"error": _one_line(error), "status": "memory"}
    except BaseException as error:
        outcome, failure = {"error": _one_line(error)}, error
    outcome |= {"seconds": time.perf_counter() - started, "peak_mb": memory.peak_mb()}
    if failure is not None:
        outcome["traceback"] = _traceback(failure, watch)
    return outcome


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


def _import(file: str | Path) -> Any:
    name = Path(file).stem if Path(file).parent == Path(__file__).parent else "boilerbench_adapter"
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _one_line(error: BaseException) -> str:
    try:
        said = " ".join(str(error).split())[:500]
    except Exception:
        # A tool's own exception may fail to be printed.
        said = ""
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def _traceback(error: BaseException, watch: Any) -> str:
    """Return the traceback of an error without the worker's own frames; its end where it is very long."""
    import traceback

    frames = error.__traceback__
    while frames is not None and frames.tb_frame.f_code.co_filename == __file__:
        frames = frames.tb_next
    try:
        with watch:
            lines = traceback.format_exception(type(error), error, frames)
    except Exception:
        # A tool's own exception may fail to be printed.
        return ""
    return "".join(lines)[-TRACEBACK_CHARACTERS:]


def _version(adapter: Any) -> str:
    """Return the version of the tool's distribution, or what the adapter knows once it has loaded.

    That of a program of the operating system is known outside.
    """
    if hasattr(adapter, "PACKAGE") and not hasattr(adapter, "PROGRAM"):
        return importlib.metadata.version(adapter.PACKAGE)
    return str(getattr(adapter, "VERSION", ""))


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Stop what asks Python for the network, where no namespace cuts it."""
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
        """Return the peak in megabytes; elsewhere than on Linux, since the worker began."""
        if self._status >= 0:
            status = os.pread(self._status, 4096, 0)
            return int(status.partition(b"VmHWM:")[2].split(maxsplit=1)[0]) / 1024
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()

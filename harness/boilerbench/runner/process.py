"""A worker process seen from outside: start it, ask it, and name what became of it."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

from boilerbench.errors import InputError
from boilerbench.records import Extraction, Status, status_of
from boilerbench.runner import sandbox
from boilerbench.runner.inputs import FileMarks, make_inputs, observed
from boilerbench.runner.limits import WorkerLimits
from boilerbench.runner.outputs import returned
from boilerbench.runner.prepare import Prepared
from boilerbench.visible_text import visible_line

START_SECONDS = 60.0
"""Seconds that a worker may take to load its tool."""

_TICKS = os.sysconf("SC_CLK_TCK")
_OUT_OF_MEMORY = (
    "MemoryError",
    "heap out of memory",
    "bad_alloc",
    "Cannot allocate memory",
    "memory allocation",
)

_PIPE_BYTES = 1 << 20
_STDERR_KEPT = 4096
_LOOK_AGAIN = 0.25


class WorkerLostError(Exception):
    """The worker is dead or cannot be trusted any more; ``status`` and the message say why."""

    def __init__(self, status: Status, message: str) -> None:
        super().__init__(message)
        self.status = status


class Worker:
    """A process that speaks the worker protocol, in a process group of its own.

    It is started at once, so that several load their tools side by side; ``ready`` waits for it. Once
    ``stop`` is set, every wait is given up.
    """

    def __init__(
        self,
        prepared: Prepared,
        limits: WorkerLimits,
        home: Path,
        stop: threading.Event,
        marks: FileMarks | None = None,
    ) -> None:
        self.name = prepared.name
        self.version = prepared.version
        self.inputs = make_inputs(None, {}, prepared.unknown, extractor=prepared.name)
        """What it has read so far, where ``marks`` are there to tell."""
        self._marks = marks
        self._started_ns = time.time_ns()
        self._trees = prepared.trees
        self._limits = limits
        self._stop = stop
        self._process = subprocess.Popen(
            sandbox.confined(prepared.command, prepared.runtime, limits),
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            env=sandbox.worker_environment(home, prepared.runtime),
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._stdin, self._stdout, self._stderr = (
            self._process.stdin.fileno(),
            self._process.stdout.fileno(),
            self._process.stderr.fileno(),
        )
        for pipe in (self._stdin, self._stdout, self._stderr):
            os.set_blocking(pipe, False)
            _widen(pipe)
        self._lines: list[bytes] = []
        self._unfinished: list[bytes] = []
        self._unread = 0
        self._spent: float | None = None
        self._last_words = b""

    def ready(self) -> dict[str, Any]:
        """Wait until the worker has loaded its tool, and return its first line.

        Raises:
            InputError: it cannot be loaded, or takes other options; its traceback, if any, is a note.
        """
        try:
            reply = self._exchange(b"", START_SECONDS)
        except WorkerLostError as lost:
            raise InputError(
                f"extractor {self.name}: its worker did not start ({lost}); try the tool on its own"
            ) from None
        if reply.get("ready") is not True:
            problem = reply.get("error", 'its worker\'s first line is not {"ready": true, …}')
            refusal = InputError(f"extractor {self.name}: {problem}")
            if reply.get("traceback"):
                refusal.add_note(str(reply["traceback"]))
            raise refusal
        self.version = self.version or str(reply.get("version", ""))
        fingerprint = str(reply.get("fingerprint") or "")
        self.inputs = make_inputs(None, {}, self.inputs.unknown, fingerprint, extractor=self.name)
        self._observe(reply)
        return reply

    def ask(self, document: str, request: bytes) -> Extraction:
        """Send a request line and wait for its reply.

        Raises:
            WorkerLostError: it exited, went past a limit, or broke the protocol. Kill it.
        """
        started = time.perf_counter()
        reply = self._exchange(request, self._limits.seconds, self._limits.cpu_seconds)
        if reply.get("id") != document:
            raise WorkerLostError(Status.ERROR, f"protocol: answered {reply.get('id')!r} to {document!r}")
        self._observe(reply)
        try:
            text, markup, format_ = returned(reply)
        except ValueError as problem:
            raise WorkerLostError(Status.ERROR, f"protocol: {problem}") from None
        status, error = status_of(text), ""
        if "error" in reply:
            status = Status.MEMORY if reply.get("status") == "memory" else Status.ERROR
            error = " ".join(str(reply["error"]).split())
        return Extraction(
            document=document,
            extractor=self.name,
            version=self.version,
            status=status,
            text=text if text and status == Status.OK else "",
            seconds=_number(reply.get("seconds", time.perf_counter() - started)),
            peak_mb=_number(reply.get("peak_mb")),
            error=error,
            traceback=str(reply.get("traceback", "")) if error else "",
            markup=markup if status == Status.OK else "",
            format=format_,
        )

    def kill(self) -> None:
        """End the process and its whole group, and release its pipes."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            assert pipe is not None
            pipe.close()

    def _observe(self, reply: dict[str, Any]) -> None:
        report = reply.get("inputs")
        if report and isinstance(report, dict) and self._marks is not None:
            self.inputs = observed(self.inputs, report, self._marks, self._started_ns, self._trees)

    def _exchange(self, request: bytes, seconds: float, cpu_seconds: float | None = None) -> dict[str, Any]:
        """Write a request while reading whatever comes, until a line is there."""
        deadline = time.monotonic() + seconds
        self._spent = None
        unsent = memoryview(request)
        with selectors.DefaultSelector() as selector:
            selector.register(self._stdout, selectors.EVENT_READ)
            selector.register(self._stderr, selectors.EVENT_READ)
            if unsent:
                selector.register(self._stdin, selectors.EVENT_WRITE)
            while True:
                remaining = deadline - time.monotonic()
                if remaining <= 0:
                    raise WorkerLostError(Status.TIMEOUT, f"no answer in {seconds:g} s")
                if self._stop.is_set():
                    raise WorkerLostError(Status.ERROR, "stopped")
                # A child that holds the pipes open hides its parent's death, so look again now and then.
                events = selector.select(min(remaining, _LOOK_AGAIN))
                dead = self._process.poll() is not None
                if not events and cpu_seconds:
                    self._check_processor_time(cpu_seconds)
                for key, _ in events:
                    if key.fd == self._stdin:
                        unsent = self._write(unsent)
                        if not unsent:
                            selector.unregister(self._stdin)
                    elif not self._read(key.fd):
                        selector.unregister(key.fd)
                if self._lines:
                    return _parsed(self._lines.pop(0))
                if dead and not any(key.fd == self._stdout for key, _ in events):
                    raise self._end()
                if not selector.get_map():
                    time.sleep(min(remaining, 0.01))

    def _check_processor_time(self, seconds: float) -> None:
        """Count from the first idle look, so that a quick page costs no look at all."""
        now = self._cpu_seconds()
        if self._spent is None:
            self._spent = now
        if now - self._spent > seconds:
            raise WorkerLostError(Status.TIMEOUT, f"no answer in {seconds:g} s of processor time")

    def _write(self, unsent: memoryview) -> memoryview:
        try:
            return unsent[os.write(self._stdin, unsent) :]
        except BlockingIOError:
            return unsent
        except BrokenPipeError:
            return unsent[:0]

    def _read(self, pipe: int) -> bool:
        """Read what is there; return False at the pipe's end."""
        try:
            data = os.read(pipe, _PIPE_BYTES)
        except BlockingIOError:
            return True
        if pipe == self._stdout:
            first, *others = data.split(b"\n")
            self._unfinished.append(first)
            self._unread += len(first)
            if others:
                self._lines += [b"".join(self._unfinished), *others[:-1]]
                self._unfinished = others[-1:]
                self._unread = len(others[-1])
            if self._unread > self._limits.output_mb << 20:
                raise WorkerLostError(Status.ERROR, f"returned more than {self._limits.output_mb} MB")
        else:
            self._last_words = (self._last_words + data)[-_STDERR_KEPT:]
        return bool(data)

    def resident_mb(self) -> float:
        """Return the resident memory of the process now, in megabytes; 0 where the system does not tell."""
        try:
            pages = int(Path(f"/proc/{self._process.pid}/statm").read_bytes().split()[1])
        except (OSError, IndexError):
            return 0
        return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)

    def _cpu_seconds(self) -> float:
        """Return the seconds of processor time of the process; 0 where the system does not tell."""
        try:
            fields = Path(f"/proc/{self._process.pid}/stat").read_bytes().rpartition(b")")[2].split()
        except OSError:
            return 0
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def _end(self) -> WorkerLostError:
        said = self._last_words.decode("utf-8", "replace")
        status = Status.MEMORY if any(sign in said for sign in _OUT_OF_MEMORY) else Status.CRASH
        return WorkerLostError(status, self._last_word())

    def _last_word(self) -> str:
        code = self._process.returncode
        cause = f"exit status {code}" if code >= 0 else f"killed by {_signal_name(-code)}"
        lines = self._last_words.decode("utf-8", "replace").split("\n")
        said = next((line.strip() for line in reversed(lines) if line.strip()), "")
        return f"{cause}: {said[:300]}" if said else cause


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        message = None
    if not isinstance(message, dict):
        said = visible_line(line[:80].decode("utf-8", "replace"))
        raise WorkerLostError(Status.ERROR, f"protocol: not a JSON object: {said}")
    return message


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _widen(pipe: int) -> None:
    """Let a whole page fit into the pipe, where the system can (Linux); it saves switches, nothing else."""
    import fcntl

    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with contextlib.suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)

"""A worker's process and its pipes: lines go in and come out within limits, and all of it can be ended."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import threading
import time
from collections.abc import Sequence

from boilerbench.records import Status
from boilerbench.runner import sandbox
from boilerbench.runner.limits import PROCESSES, WorkerLimits
from boilerbench.runner.process_group import ProcessGroup

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
"""Seconds between two looks at what a worker takes; the longer a look takes, the rarer they are."""
_LOOK_SHARE = 0.01
_END_SECONDS = 10.0
_NODE_MB = 256
"""The memory of Node itself, beside the heap that it is given."""


class WorkerLostError(Exception):
    """The worker is dead or cannot be trusted any more; ``status`` and the message say why."""

    def __init__(self, status: Status, message: str) -> None:
        super().__init__(message)
        self.status = status


class Channel:
    """A process in its sandbox that reads lines and writes lines.

    Args:
        command: of the worker.
        runtime: ``python``, ``node`` or ``program``.
        limits: of the worker for a line.
        view: the file system that it sees, where it can be confined to one.
        stop: once it is set, every wait is given up.
    """

    def __init__(
        self,
        command: Sequence[str],
        runtime: str,
        limits: WorkerLimits,
        view: sandbox.View,
        stop: threading.Event,
    ) -> None:
        self._limits = limits
        self._group_mb = limits.memory_mb + (_NODE_MB if runtime == "node" else 0)
        self._stop = stop
        self._process, info = _start(command, runtime, limits, view)
        self._group = ProcessGroup(self._process.pid, info)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._pipes = (self._process.stdin, self._process.stdout, self._process.stderr)
        self._stdin, self._stdout, self._stderr = (pipe.fileno() for pipe in self._pipes)
        for pipe in (self._stdin, self._stdout, self._stderr):
            os.set_blocking(pipe, False)
            _widen(pipe)
        self._lines: list[bytes] = []
        self._unfinished: list[bytes] = []
        self._unread = 0
        self._spent: float | None = None
        self._look_at = 0.0
        self._last_words = b""

    def exchange(self, request: bytes, seconds: float, cpu_seconds: float | None = None) -> bytes:
        """Write a request while reading whatever comes, until a line is there.

        Raises:
            WorkerLostError: the process has ended, went past a limit, or the wait was given up.
        """
        started = time.monotonic()
        deadline = started + seconds
        self._spent = None
        self._look_at = started + _LOOK_AGAIN
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
                if time.monotonic() >= self._look_at:
                    self._check_group(cpu_seconds)
                for key, _ in events:
                    if key.fd == self._stdin:
                        unsent = self._write(unsent)
                        if not unsent:
                            selector.unregister(self._stdin)
                    elif not self._read(key.fd):
                        selector.unregister(key.fd)
                if self._lines:
                    return self._lines.pop(0)
                if dead and not any(key.fd == self._stdout for key, _ in events):
                    raise self._end()
                if not selector.get_map():
                    time.sleep(min(remaining, 0.01))

    def resident_mb(self) -> float:
        """Return the resident memory of all processes now, in megabytes; 0 where the system does not tell."""
        return self._group.usage(PROCESSES).resident_mb

    def kill(self) -> None:
        """End the process with every descendant, and release its pipes; nothing raises."""
        if not sandbox.sandbox_here().processes:
            # It ends what descends from it, wherever that has gone.
            with contextlib.suppress(OSError):
                self._process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_END_SECONDS)
        self._group.end()
        with contextlib.suppress(OSError):
            os.killpg(self._process.pid, signal.SIGKILL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_SECONDS)
        for pipe in self._pipes:
            with contextlib.suppress(OSError):
                pipe.close()

    def _check_group(self, cpu_seconds: float | None) -> None:
        """Hold what all processes together take against the limits.

        Processor time counts from the first look, so that a quick page costs no look at all.
        """
        started = time.monotonic()
        usage = self._group.usage(PROCESSES)
        if self._spent is None:
            self._spent = usage.cpu_seconds
        if cpu_seconds and usage.cpu_seconds - self._spent > cpu_seconds:
            raise WorkerLostError(Status.TIMEOUT, f"no answer in {cpu_seconds:g} s of processor time")
        if usage.processes > PROCESSES:
            raise WorkerLostError(Status.ERROR, f"started more than {PROCESSES} processes")
        if usage.resident_mb > self._group_mb and self._group.proportional_mb(PROCESSES) > self._group_mb:
            said = f"its processes took more than {self._limits.memory_mb} MB together"
            raise WorkerLostError(Status.MEMORY, said)
        took = time.monotonic() - started
        self._look_at = started + max(_LOOK_AGAIN, took / _LOOK_SHARE)

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

    def _end(self) -> WorkerLostError:
        said = self._last_words.decode("utf-8", "replace")
        status = Status.MEMORY if any(sign in said for sign in _OUT_OF_MEMORY) else Status.CRASH
        return WorkerLostError(status, self._last_word())

    def _last_word(self) -> str:
        code = self._process.returncode
        if code > 128 and sandbox.sandbox_here().bubblewrap and code - 128 in signal.valid_signals():
            # So bubblewrap passes on that a signal has ended what it ran.
            code = 128 - code
        cause = f"exit status {code}" if code >= 0 else f"killed by {_signal_name(-code)}"
        lines = self._last_words.decode("utf-8", "replace").split("\n")
        said = next((line.strip() for line in reversed(lines) if line.strip()), "")
        return f"{cause}: {said[:300]}" if said else cause


def _start(
    command: Sequence[str], runtime: str, limits: WorkerLimits, view: sandbox.View
) -> tuple[subprocess.Popen[bytes], int | None]:
    """Start the process; return it with the descriptor on which bubblewrap tells of the sandbox's first."""
    info, tell = os.pipe() if sandbox.sandbox_here().bubblewrap else (None, None)
    if info is not None:
        os.set_blocking(info, False)
    try:
        process = subprocess.Popen(
            sandbox.launch(command, runtime, limits, view, tell),
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            env=sandbox.worker_environment(view.home, runtime, view.variables),
            pass_fds=() if tell is None else (tell,),
        )
    finally:
        if tell is not None:
            os.close(tell)
    return process, info


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _widen(pipe: int) -> None:
    """Let a whole page fit into the pipe, where the system can (Linux); it saves switches, nothing else."""
    import fcntl

    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with contextlib.suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)

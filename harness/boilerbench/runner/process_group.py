"""A worker with all its descendants: what they take together, and their end (Linux; elsewhere its group)."""

from __future__ import annotations

import contextlib
import os
import select
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE_MB = os.sysconf("SC_PAGE_SIZE") / (1 << 20)
_PROC = Path("/proc")
_END_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Usage:
    """The use of a group of processes."""

    processes: int = 0
    cpu_seconds: float = 0
    """Of processor time, with that of processes that have ended and were waited for."""
    resident_mb: float = 0
    """Of resident memory; a page that several processes share counts for each."""


@dataclass(frozen=True, slots=True)
class _Process:
    pid: int
    parent: int
    cpu_seconds: float
    resident_mb: float


class ProcessGroup:
    """All that descends from a process.

    Args:
        pid: of the process that was started, as this one numbers it.
        info: the file descriptor on which ``bwrap --info-fd`` tells of the sandbox's own first process;
            none where there is no namespace of processes. It is closed with the group.
    """

    def __init__(self, pid: int, info: int | None = None) -> None:
        self._pid = pid
        self._info = info
        self._proc = _PROC
        self._inside = False
        self._init = -1

    def usage(self, most: int) -> Usage:
        """Return what the group takes now; of more than about ``most`` processes no more are looked at."""
        self._look_inside()
        members = list(self._members(most))
        return Usage(
            len(members),
            sum(process.cpu_seconds for process in members),
            sum(process.resident_mb for process in members),
        )

    def proportional_mb(self, most: int) -> float:
        """Return the memory of the group in megabytes, pages that several processes share counted once."""
        total = 0.0
        for process in self._members(most):
            try:
                rollup = (self._proc / str(process.pid) / "smaps_rollup").read_bytes()
                total += int(rollup.partition(b"\nPss:")[2].split(maxsplit=1)[0]) / 1024
            except (OSError, IndexError, ValueError):
                # Ended meanwhile, or the kernel does not tell.
                total += process.resident_mb if self._is_there(process.pid) else 0
        return total

    def end(self) -> None:
        """Kill every process of the group; those of a namespace are gone once this returns."""
        self._look_inside()
        if self._init >= 0:
            # The first process of a namespace takes all others with it, and ends as the last.
            with contextlib.suppress(OSError):
                signal.pidfd_send_signal(self._init, signal.SIGKILL)
            with contextlib.suppress(OSError, ValueError):
                poll = select.poll()
                poll.register(self._init, select.POLLIN)
                poll.poll(_END_SECONDS * 1000)
        for descriptor in (self._init, self._info):
            if descriptor is not None and descriptor >= 0:
                with contextlib.suppress(OSError):
                    os.close(descriptor)
        self._init, self._info = -1, None

    def descendants(self) -> list[int]:
        """Return the descendants of the first process as far as they can be told, without itself."""
        return [process.pid for process in _descending(self._pid, _PROC, 1 << 20) if process.pid != self._pid]

    def _look_inside(self) -> None:
        """See the group through the sandbox's own /proc, which lists nobody else, once it is there."""
        if self._info is None or self._inside:
            return
        told = _first_process(self._info)
        if told is None:
            return
        os.close(self._info)
        self._info, self._inside = None, True
        with contextlib.suppress(OSError, AttributeError):
            self._init = os.pidfd_open(told)
        inside = _PROC / str(told) / "root" / "proc"
        with contextlib.suppress(OSError):
            if (inside / "1" / "stat").exists():
                self._proc = inside

    def _members(self, most: int) -> Iterator[_Process]:
        if self._proc is _PROC:
            yield from _descending(self._pid, _PROC, most)
            return
        for number, process in enumerate(_processes(self._proc)):
            if number > most:
                return
            yield process

    def _is_there(self, pid: int) -> bool:
        return (self._proc / str(pid)).exists()


def _first_process(info: int) -> int | None:
    """Read the number of a sandbox's first process, where bwrap has told it by now."""
    try:
        said = os.read(info, 4096)
    except OSError:
        return None
    digits = said.partition(b'"child-pid":')[2].split(b",")[0].split(b"}")[0].strip()
    return int(digits) if digits.isdigit() else None


def _descending(first: int, proc: Path, most: int) -> Iterator[_Process]:
    """Yield a process and all that descend from it; none where there is no /proc."""
    children: dict[int, list[_Process]] = {}
    for process in _processes(proc):
        children.setdefault(process.parent, []).append(process)
        if process.pid == first:
            children.setdefault(-first, []).append(process)
    waiting, seen = children.get(-first, []), 0
    while waiting and seen <= most:
        process = waiting.pop()
        seen += 1
        yield process
        waiting += children.get(process.pid, ())


def _processes(proc: Path) -> Iterator[_Process]:
    try:
        names = os.listdir(proc)  # noqa: PTH208 - called four times a second, for hundreds of names
    except OSError:
        return
    for name in names:
        if name.isdigit():
            try:
                with open(f"{proc}/{name}/stat", "rb") as stat:  # noqa: PTH123 - as above
                    fields = stat.read().rpartition(b")")[2].split()
            except OSError:
                continue
            ticks = sum(map(int, fields[11:15]))
            yield _Process(int(name), int(fields[1]), ticks / _TICKS, int(fields[21]) * _PAGE_MB)

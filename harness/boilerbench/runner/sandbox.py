"""The sandbox of a worker: what confines it here, its command, and its environment variables."""

from __future__ import annotations

import functools
import json
import os
import shutil
import site
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from boilerbench.runner import bubblewrap
from boilerbench.runner.bubblewrap import View
from boilerbench.runner.limits import SCRATCH_MB, WorkerLimits
from boilerbench.runner.sandbox_entry import GUARD, NAMESPACE

_ENTRY = (sys.executable, "-S", "-E", str(Path(__file__).with_name("sandbox_entry.py")))
_PASSED_ON = ("PATH", "LANG", "LANGUAGE", "TZ", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
_LINUX = sys.platform == "linux"
_PROBE_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Sandbox:
    """What confines workers on this machine."""

    bubblewrap: str
    """The program; empty where it is not installed or cannot work."""
    network: str
    """``namespace`` or ``guard``."""
    processes: bool
    """Whether workers have a namespace of processes, which ends every descendant."""
    reason: str = ""
    """Why bubblewrap is not used; empty where it is."""

    @property
    def kind(self) -> str:
        """``bubblewrap``, ``namespace`` or ``none``."""
        if self.bubblewrap:
            return "bubblewrap"
        return NAMESPACE if self.network == NAMESPACE else "none"

    @property
    def holds(self) -> tuple[str, ...]:
        """The protections that hold, a clause each."""
        return tuple(has for has, _, holds in self._protections() if holds)

    @property
    def missing(self) -> tuple[str, ...]:
        """The protections that do not hold, a clause each."""
        return tuple(lacks for _, lacks, holds in self._protections() if not holds)

    def _protections(self) -> list[tuple[str, str, bool]]:
        confined, linux = bool(self.bubblewrap), _LINUX
        return [
            (
                "no network",
                "only Python and Node tools are kept from the network, as far as they use its own sockets",
                self.network == NAMESPACE,
            ),
            (
                "of the user's files, tools read what their spec names and write none",
                "tools may read and write what the user may",
                confined,
            ),
            ("pages are read-only", "a page that a tool changes is noticed and written anew", confined),
            ("tools see no process but their own", "tools see other processes", confined),
            (
                "every process that a tool starts ends with its worker",
                "a process that leaves its parents is ended as far as it can be told"
                if linux
                else "a process that leaves its group may outlive its worker",
                self.processes,
            ),
            (
                "memory and processor time are limited over all processes of a worker",
                "memory and processor time of a worker's children are not limited",
                linux,
            ),
            (
                f"home and temporary files are limited to {SCRATCH_MB} MB",
                f"home and temporary files are limited to {SCRATCH_MB} MB a file",
                confined,
            ),
        ]


@functools.cache
def sandbox_here() -> Sandbox:
    """Return what confines workers here; found out once, by trying."""
    program = shutil.which("bwrap") if _LINUX else None
    reason = "bubblewrap is not installed" if _LINUX else "there is none for this system"
    if program:
        reason = _bubblewrap_fault(program)
    if program and not reason:
        return Sandbox(program, NAMESPACE, processes=True)
    done = subprocess.run([*_ENTRY, "--probe"], capture_output=True, text=True, check=False)
    network, _, processes = done.stdout.partition(" ")
    return Sandbox("", network or GUARD, processes=processes == "processes", reason=reason)


def launch(
    command: Sequence[str], runtime: str, limits: WorkerLimits, view: View, info: int | None
) -> list[str]:
    """Return the command that starts a worker in its sandbox and under its limits.

    Args:
        command: of the worker.
        runtime: ``python``, ``node`` or ``program``.
        limits: of the worker.
        view: of the file system, where bubblewrap is there.
        info: the file descriptor on which bubblewrap tells of its first process.
    """
    words = list(command)
    if runtime == "node":
        # V8 reserves far more memory than it uses, so its own limit holds.
        words[1:1] = [f"--max-old-space-size={limits.memory_mb}"]
    data_mb = 0 if runtime == "node" else limits.memory_mb
    here = sandbox_here()
    if not here.bubblewrap:
        limited = {"data_mb": data_mb, "file_mb": SCRATCH_MB, "network": view.network}
        return [*_ENTRY, json.dumps(limited), *words]
    told = [] if info is None else ["--info-fd", str(info)]
    size = data_mb * 1024 or "unlimited"
    # An exec that fails is told in the protocol's own words.
    script = f'unset PWD OLDPWD; ulimit -c 0; ulimit -d {size}; exec "$@"'
    shell = ["/bin/sh", "-c", script, "boilerbench"]
    return [
        *(here.bubblewrap, *bubblewrap.namespaces(network=view.network), *bubblewrap.file_system(view)),
        *(*told, "--", *shell, *words),
    ]


def worker_environment(home: Path, runtime: str = "python", variables: Sequence[str] = ()) -> dict[str, str]:
    """Return a worker's environment variables: none that could carry a secret, and ``home`` for its files.

    ``variables`` are those that it is given all the same, as the key for a service.
    """
    kept = passed_on() | {name: os.environ[name] for name in variables if name in os.environ}
    private = dict.fromkeys(
        ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(home)
    )
    if site.ENABLE_USER_SITE:
        # What is installed for the user is found beside the true home.
        private["PYTHONUSERBASE"] = site.getuserbase()
    if runtime == "program":
        # Python compares bytecode with source by whole seconds: of two quick edits it would run the first.
        private["PYTHONDONTWRITEBYTECODE"] = "1"
    # The order of sets must not change a text from one run to the next.
    return {**kept, **private, "PYTHONHASHSEED": "0"}


def passed_on() -> dict[str, str]:
    """Return the variables of this process that a worker gets, too."""
    return {name: value for name, value in os.environ.items() if name in _PASSED_ON or name.startswith("LC_")}


def _bubblewrap_fault(program: str) -> str:
    """Return why bubblewrap cannot confine a worker here, or nothing."""
    view = View((), (), Path("/tmp/home"))
    command = [program, *bubblewrap.namespaces(), *bubblewrap.file_system(view), "--", "/bin/sh", "-c", ":"]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=_PROBE_SECONDS, env={}
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bubblewrap cannot be started ({error})"
    if done.returncode:
        said = done.stderr.strip().rpartition("\n")[2]
        return f"bubblewrap cannot work here ({said or f'exit status {done.returncode}'})"
    return ""


__all__ = ["Sandbox", "View", "launch", "passed_on", "sandbox_here", "worker_environment"]

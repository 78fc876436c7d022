"""The first program of a worker where there is no bubblewrap: it confines the worker and ends with it.

Run as ``python sandbox_entry.py LIMITS_AS_JSON COMMAND…``. It sets the limits, cuts the network and, where
the kernel lets it, makes a namespace of processes; then it starts the worker and waits for it, and ends
whatever the worker has left behind. It imports nothing but the standard library, and little of that, and
serves workers of every language. With ``--probe`` for the limits it prints which protections hold here.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import signal
import sys
import time
from typing import Any

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

NAMESPACE = "namespace"
GUARD = "guard"

_END_SECONDS = 5.0


def main() -> int:
    """Run the command under its limits and return what it ended with, as ``waitpid`` has it."""
    if sys.argv[1] == "--probe":
        network, processes = enter_namespaces(CLONE_NEWNET)
        sys.stdout.write(f"{NAMESPACE if network else GUARD} {'processes' if processes else ''}")
        return 0
    limits = json.loads(sys.argv[1])
    set_limits(limits)
    _, processes = enter_namespaces(0 if limits["network"] else CLONE_NEWNET)
    command = sys.argv[2:]
    if not processes:
        end_with_parent(signal.SIGTERM)
        return supervise(command)
    end_with_parent(signal.SIGKILL)
    return in_namespace(command)


def set_limits(limits: dict[str, Any]) -> None:
    """Limit the data of each process and the size of a file; nothing dumps core."""
    megabytes = {
        # Where the kernel does not count private memory as data, address space is what can be limited.
        resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS: limits["data_mb"],
        resource.RLIMIT_FSIZE: limits["file_mb"],
    }
    for kind, size in megabytes.items():
        if size:
            resource.setrlimit(kind, (size << 20, size << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def enter_namespaces(network: int) -> tuple[bool, bool]:
    """Move to namespaces of networks and of processes where the kernel allows it; return which are there.

    ``network`` is ``CLONE_NEWNET``, or 0 for a worker that was allowed the network.

    Root may do so at once; others through a user namespace of their own, which many kernels grant. The
    process itself stays where it was; its children are in the namespace of processes.
    """
    try:
        unshare = ctypes.CDLL(None, use_errno=True).unshare
    except (OSError, AttributeError):
        return False, False
    if unshare(network) == 0 and (network or os.geteuid() == 0):
        return True, unshare(CLONE_NEWPID) == 0
    user, group = os.getuid(), os.getgid()
    processes = unshare(CLONE_NEWUSER | network | CLONE_NEWPID) == 0
    if not processes and unshare(CLONE_NEWUSER | network) != 0:
        return False, False
    # Who is who must stay as it was, or files made by the worker would belong to nobody.
    for name, line in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        try:
            with open(f"/proc/self/{name}", "w") as file:  # noqa: PTH123
                file.write(line)
        except OSError:
            continue
    return True, processes


def end_with_parent(number: int) -> None:
    """Have the kernel signal this process when the one that started it ends, however that ends (Linux)."""
    _prctl(PR_SET_PDEATHSIG, number)


def in_namespace(command: list[str]) -> int:
    """Run the command below a first process of the namespace, with which every other ends."""
    told, tell = os.pipe()
    first = os.fork()
    if first == 0:
        os.close(told)
        end_with_parent(signal.SIGKILL)
        status = supervise(command, alone=True)
        os.write(tell, str(status).encode())
        os._exit(0)
    for descriptor in (tell, 0, 1):
        os.close(descriptor)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(first, 0)
    return int(os.read(told, 32) or signal.SIGKILL)


def supervise(command: list[str], *, alone: bool = False) -> int:
    """Start the command, wait for it, end what it leaves behind, and return its status.

    Args:
        command: of the worker.
        alone: whether this is the first process of a namespace, with whose end the kernel ends all others.
    """
    _prctl(PR_SET_CHILD_SUBREAPER, 1)
    worker = os.fork()
    if worker == 0:
        end_with_parent(signal.SIGKILL)
        _become(command)
    # Only whoever waits holds the pipes open longer than the worker does.
    for descriptor in (0, 1):
        os.close(descriptor)
    signal.signal(signal.SIGTERM, lambda *_: _kill(worker))
    while True:
        ended, status = os.waitpid(-1, 0)
        if ended == worker:
            break
    if not alone:
        _end_children()
    return status


def _become(command: list[str]) -> None:
    try:
        os.execvp(command[0], command)
    except OSError as error:
        # The protocol's own way to say so.
        message = f"{command[0]}: {error.strerror}"
        os.write(1, json.dumps({"ready": False, "error": message}).encode() + b"\n")
    os._exit(1)


def _end_children() -> None:
    """Kill all that has come down to this process, until nothing more does."""
    deadline = time.monotonic() + _END_SECONDS
    while time.monotonic() < deadline:
        for child in _children(os.getpid()):
            _kill(child)
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        time.sleep(0.002)


def _children(parent: int) -> list[int]:
    """Return the processes whose parent is this one; none where there is no /proc."""
    found = []
    try:
        names = [name for name in os.listdir("/proc") if name.isdigit()]  # noqa: PTH208
    except OSError:
        return []
    for name in names:
        with contextlib.suppress(OSError):
            with open(f"/proc/{name}/stat", "rb") as file:  # noqa: PTH123
                fields = file.read().rpartition(b")")[2].split()
            if int(fields[1]) == parent:
                found.append(int(name))
    return found


def _kill(pid: int) -> None:
    with contextlib.suppress(OSError):
        os.kill(pid, signal.SIGKILL)


def _prctl(option: int, value: int) -> None:
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(option, value)


def end_as(status: int) -> None:
    """End this process as another has ended: with its exit status, or by its signal."""
    if not os.WIFSIGNALED(status):
        os._exit(os.WEXITSTATUS(status))
    number = os.WTERMSIG(status)
    with contextlib.suppress(OSError, ValueError):
        signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    os._exit(128 + number)


if __name__ == "__main__":
    ended_with = main()
    sys.stdout.flush() if sys.argv[1] == "--probe" else None
    end_as(ended_with)

"""The first program in a worker process: set the limits, cut the network, then become the worker.

Run as ``python sandbox_entry.py LIMITS_AS_JSON COMMAND…``. It imports nothing but the standard library, and
little of that, and serves workers of every language. With ``--probe`` in place of the limits it prints which
protection from the network holds here.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000

NAMESPACE = "namespace"
GUARD = "guard"


def main() -> None:
    """Replace this process by the command, under its limits."""
    if sys.argv[1] == "--probe":
        sys.stdout.write(NAMESPACE if cut_network() else GUARD)
        return
    limits = json.loads(sys.argv[1])
    if limits["address_space_mb"]:
        size = limits["address_space_mb"] << 20
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    die_with_parent()
    cut_network()
    command = sys.argv[2:]
    try:
        os.execvp(command[0], command)
    except OSError as error:
        # The protocol's own way to say so.
        message = f"{command[0]}: {error.strerror}"
        sys.stdout.write(json.dumps({"ready": False, "error": message}) + "\n")


def die_with_parent() -> None:
    """Have the kernel end this process when the one that started it ends, however that ends (Linux)."""
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    except (OSError, AttributeError):
        return


def cut_network() -> bool:
    """Move to a network namespace without any interface, where the kernel allows it (Linux).

    Root may do so at once; others through a user namespace of their own, which many kernels grant.
    """
    try:
        unshare = ctypes.CDLL(None, use_errno=True).unshare
    except (OSError, AttributeError):
        return False
    if unshare(CLONE_NEWNET) == 0:
        return True
    user, group = os.getuid(), os.getgid()
    if unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
        return False
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
    return True


if __name__ == "__main__":
    main()

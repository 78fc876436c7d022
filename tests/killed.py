"""A command line that is killed before one of its file operations, as if the machine were pulled away.

    python -m tests.killed FOLDER NUMBER ARGUMENT…

``make-environment ROOT`` for arguments makes an environment. Operations below FOLDER are counted: files
opened for writing, folders made, and what is renamed, linked or removed. Before operation NUMBER the process
kills itself; with 0 it ends by itself and prints how many it did.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from boilerbench import cli
from boilerbench.extractors import Requirement
from boilerbench.runner.environments import make_environment

OPERATIONS = {
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.remove",
    "os.link",
    "os.symlink",
    "os.truncate",
    "open",
}


def watch(folder: str, number: int) -> list[int]:
    """Count from now on, and kill this process when it is time."""
    count = [0]

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event not in OPERATIONS or not isinstance(arguments[0], str | bytes | os.PathLike):
            return
        path = os.fsdecode(arguments[0])
        if event == "open" and not (
            isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        ):
            return
        if not os.path.abspath(path).startswith(folder) and not path.startswith(".boilerbench-removed-"):  # noqa: PTH100
            return
        count[0] += 1
        if count[0] == number:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    return count


def main() -> None:
    folder, number, arguments = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    count = watch(folder, number)
    sys.argv = ["boilerbench", *arguments]
    try:
        if arguments[0] == "make-environment":
            make_environment(Requirement("python", "sometool", "1.0"), Path(arguments[1]))
        else:
            cli.main()
    finally:
        if number == 0:
            sys.stderr.write(f"\noperations: {count[0]}\n")


if __name__ == "__main__":
    main()

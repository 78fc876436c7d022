"""uv and npm, called as this machine is configured for them."""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

_INSTALL_SECONDS = 900
_LOG_LINES = 40
_REASON_WIDTH = 300


class UnavailableError(Exception):
    """An environment cannot be made; the message is one line, ``log`` what the installer said."""

    def __init__(self, reason: str, log: str = "") -> None:
        super().__init__(reason)
        self.log = log


def uv(
    *arguments: str, as_of: str | None = None, given: str | None = None, folder: Path | None = None
) -> str:
    """Run uv and return what it prints.

    Args:
        arguments: the subcommand and its options.
        as_of: a date; packages uploaded later are not seen.
        given: text for its standard input.
        folder: the working folder; without, this one.

    Raises:
        UnavailableError: it fails, or takes too long.
    """
    from uv import find_uv_bin

    newest = ["--exclude-newer", as_of] if as_of else []
    index = pip_index_options() if arguments[0] in ("pip", "build") else []
    command = [find_uv_bin(), *arguments, *newest, *index, "--no-python-downloads", "--color", "never"]
    return run_program(command, folder=folder, given=given)


def npm(folder: Path, *arguments: str) -> str:
    """Run npm in a folder and return what it prints; no package's own scripts are run.

    Raises:
        UnavailableError: it is not installed, fails, or takes too long.
    """
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"]
    return run_program([find_program("npm"), *arguments, *quiet], folder=folder)


def run_program(command: Sequence[str], *, folder: Path | None = None, given: str | None = None) -> str:
    """Run a program and return what it prints.

    Raises:
        UnavailableError: it fails, or takes too long.
    """
    name = Path(command[0]).name
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            input=given or "",
            capture_output=True,
            text=True,
            check=False,
            timeout=_INSTALL_SECONDS,
            env=_installer_environment(),
        )
    except subprocess.TimeoutExpired:
        raise UnavailableError(f"{name} took longer than {_INSTALL_SECONDS} s") from None
    if done.returncode:
        log = "\n".join((done.stdout + done.stderr).splitlines()[-_LOG_LINES:])
        raise UnavailableError(_reason(done.stderr) or f"{name} failed", log)
    return done.stdout


def find_program(name: str) -> str:
    """Return the path of ``node``, ``npm`` or ``git``.

    Raises:
        UnavailableError: it is not installed.
    """
    path = shutil.which(name)
    if path is None:
        raise UnavailableError(f"{name} is not installed; install {'git' if name == 'git' else 'Node.js'}")
    return path


def pip_index_options() -> list[str]:
    """Return the package index that pip is configured with as options of uv, unless uv has its own."""
    if any(name in os.environ for name in ("UV_DEFAULT_INDEX", "UV_INDEX", "UV_INDEX_URL", "UV_CONFIG_FILE")):
        return []
    options: list[str] = []
    for line in _pip_configuration().splitlines():
        name, _, value = line.partition("=")
        option = name.rpartition(".")[2]
        if option.removeprefix("extra-") in ("index-url", "find-links", "trusted-host"):
            for word in value.strip("'\"").split():
                options += [f"--{option.replace('trusted-host', 'allow-insecure-host')}", word]
    # As pip takes them: all indexes are equal, and the best version wins wherever it is.
    return [*options, "--index-strategy", "unsafe-best-match"] if options else []


@functools.cache
def _pip_configuration() -> str:
    """Return what ``pip config list`` prints; empty without pip."""
    return run_program([sys.executable, "-m", "pip", "config", "list"]) if find_spec("pip") else ""


def _installer_environment() -> dict[str, str]:
    """Return the user's environment variables, with the interpreters of pyenv on the path.

    A virtual environment that this process happens to run in is not the one that is asked for.
    """
    kept = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "CONDA_PREFIX")}
    pyenv = Path(os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv"))  # noqa: PTH111 - raises nothing
    folders = [os.environ.get("PATH", os.defpath), *map(str, sorted(pyenv.glob("versions/3.*/bin")))]
    return {**kept, "PATH": os.pathsep.join(folders)}


def _reason(said: str) -> str:
    """Return the gist of an installer's message in one line: what follows its word for an error."""
    starts = [match.start() for match in re.finditer(r"(?m)^(error:|fatal:|[^\S\n]*×|npm error)", said)]
    # Warnings stand before an error of uv's; with npm every line is one.
    errors = said[starts[0] :] if starts else said
    words = " ".join(re.sub(r"[×╰─▶│├]|npm error|A complete log of this run.*", " ", errors).split())
    words = re.sub("^(error|fatal):", "", words).partition(" hint: ")[0].strip()
    return words if len(words) <= _REASON_WIDTH else words[: _REASON_WIDTH - 1] + "…"

"""The sandbox of a worker: its environment variables, its limits, and the network that it does not have."""

from __future__ import annotations

import json
import os
import site
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from boilerbench.runner.limits import WorkerLimits
from boilerbench.runner.sandbox_entry import GUARD, NAMESPACE

_ENTRY = (sys.executable, "-S", "-E", str(Path(__file__).with_name("sandbox_entry.py")))
_PASSED_ON = ("PATH", "LANG", "LANGUAGE", "TZ", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT")


def confined(command: Sequence[str], runtime: str, limits: WorkerLimits) -> list[str]:
    """Put a worker's command behind the program that sets its limits and cuts its network."""
    words = list(command)
    if runtime == "node":
        # V8 reserves far more address space than it uses, so its own limit holds.
        words[1:1] = [f"--max-old-space-size={limits.memory_mb}"]
    set_up = {"address_space_mb": 0 if runtime == "node" else limits.memory_mb}
    return [*_ENTRY, json.dumps(set_up), *words]


def worker_environment(home: Path, runtime: str = "python") -> dict[str, str]:
    """Return a worker's environment variables: none that could carry a secret, and ``home`` for its files."""
    kept = passed_on()
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


def network_protection() -> str:
    """Return what keeps workers from the network here: ``namespace`` or ``guard``."""
    done = subprocess.run([*_ENTRY, "--probe"], capture_output=True, text=True, check=False)
    return NAMESPACE if done.stdout.strip() == NAMESPACE else GUARD

"""Programs of the operating system, whose versions its package manager knows."""

from __future__ import annotations

import functools
import shutil
import subprocess
from typing import Any


def is_system_program(facts: dict[str, Any]) -> bool:
    """Tell whether the tool of an adapter is installed by the operating system, not by boilerbench."""
    return "PROGRAM" in facts


def installed_program(facts: dict[str, Any]) -> str | None:
    """Return the version of the Debian package of an adapter's program; None where either is missing."""
    version = _debian_packages().get(facts["PACKAGE"])
    return version if version and shutil.which(facts["PROGRAM"]) else None


@functools.cache
def _debian_packages() -> dict[str, str]:
    """Return the versions of all packages that dpkg has installed; none where there is no dpkg."""
    form = "${db:Status-Status} ${Package} ${Version}\n"
    try:
        done = subprocess.run(
            ["dpkg-query", "--show", f"--showformat={form}"], capture_output=True, text=True, check=False
        )
    except OSError:
        return {}
    rows = (line.split(" ") for line in done.stdout.splitlines())
    return {row[1]: row[2] for row in rows if len(row) == 3 and row[0] == "installed"}

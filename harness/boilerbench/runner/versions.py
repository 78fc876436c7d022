"""The released versions of a tool, as its package index has them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from packaging.version import InvalidVersion, Version

from boilerbench.extractors import Requirement
from boilerbench.runner.installers import UnavailableError, find_program, run_program
from boilerbench.runner.resolution import compiled, python_version

_MOST = 500


def released_versions(requirement: Requirement, found: Callable[[str], None] = lambda _: None) -> list[str]:
    """List the releases of a required package that can be installed here, oldest first.

    Pre-releases, withdrawn releases and those for another Python are left out.

    Args:
        requirement: the package, for a runtime and a Python; its own version does not matter.
        found: told of every version as it is found, newest first.

    Raises:
        UnavailableError: no index can be asked, or it does not know the package.
    """
    list_versions = _on_npm if requirement.runtime == "node" else _on_python_index
    return list_versions(replace(requirement, version=None), found)[::-1]


def between(versions: list[str], oldest: str | None, newest: str | None) -> list[str]:
    """Return the versions from ``oldest`` to ``newest``, both included; None leaves an end open.

    Raises:
        ValueError: an end is not a version.
    """
    low, high = (Version(end) if end else None for end in (oldest, newest))
    return [
        version
        for version in versions
        if (low is None or Version(version) >= low) and (high is None or Version(version) <= high)
    ]


def _on_python_index(requirement: Requirement, found: Callable[[str], None]) -> list[str]:
    """Ask for the newest below the last one found, again and again: uv has no list of versions."""
    versions: list[str] = []
    python = python_version(requirement)
    while len(versions) < _MOST:
        wanted = requirement.package + (f"<{versions[-1]}" if versions else "")
        try:
            lock = compiled(wanted, python, "--no-deps", "--no-header", "--no-annotate")
        except UnavailableError:
            if versions:
                break
            raise
        versions.append(lock.strip().rpartition("==")[2])
        found(versions[-1])
    return versions


def _on_npm(requirement: Requirement, found: Callable[[str], None]) -> list[str]:
    listed = json.loads(
        run_program([find_program("npm"), "view", requirement.package, "versions", "--json"]) or "[]"
    )
    versions = [name for name in ([listed] if isinstance(listed, str) else listed) if _is_release(name)]
    versions.sort(key=Version, reverse=True)
    for version in versions:
        found(version)
    return versions


def _is_release(name: object) -> bool:
    try:
        return isinstance(name, str) and not Version(name).is_prerelease
    except InvalidVersion:
        return False

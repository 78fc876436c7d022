"""From a requirement to exact versions of everything that it takes."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import sys
import tempfile
import time
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path

from boilerbench.extractors import Requirement
from boilerbench.runner.installers import UnavailableError, npm, uv

_DAY_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Resolution:
    """A requirement resolved: exact versions, as a ``lock`` that the installer takes."""

    version: str
    """Of the required package; empty where it is a tree of the user's, which is installed apart."""
    lock: str
    packages: list[str]
    interpreter: str
    as_of: str | None = None


def resolve(requirement: Requirement, root: Path) -> Resolution:
    """Resolve a requirement, remembering the result under ``root``.

    A pinned version is resolved once for ever; what asks for the newest is resolved each time, and where that
    fails (no network) comes to what it came to last.

    Raises:
        UnavailableError: it cannot be resolved.
    """
    asked = json.dumps(requirement.record(), sort_keys=True) + f"{sys.version_info[:2]}"
    memory = root / "resolved" / f"{hashlib.sha256(asked.encode()).hexdigest()[:20]}.json"
    remembered = json.loads(memory.read_text(encoding="utf-8")) if memory.exists() else None
    # What a tree of the user's depends on is looked up once a day, so that an edit of it costs seconds.
    recent = remembered and not requirement.package and time.time() - memory.stat().st_mtime < _DAY_SECONDS
    if remembered and (requirement.version or recent):
        return Resolution(**remembered)
    try:
        resolution = (_resolve_python if requirement.runtime == "python" else _resolve_node)(requirement)
    except UnavailableError:
        if remembered:
            return Resolution(**remembered)
        raise
    memory.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=memory.parent, delete=False, encoding="utf-8") as file:
        json.dump(asdict(resolution), file)
    Path(file.name).replace(memory)
    return resolution


def normal_name(package: str) -> str:
    """Return the name of a Python package as indexes write it."""
    return re.sub(r"[-_.]+", "-", package).lower()


def python_version(requirement: Requirement) -> str:
    """Return the Python that a requirement asks for, this one unless it says otherwise."""
    return requirement.python or f"{sys.version_info.major}.{sys.version_info.minor}"


def compiled(wanted: str, python: str, *options: str, as_of: str | None = None) -> str:
    """Return what requirements come to, as ``uv pip compile`` writes it."""
    return uv("pip", "compile", "-", "--python-version", python, *options, as_of=as_of, given=wanted)


def _resolve_python(requirement: Requirement) -> Resolution:
    python = python_version(requirement)
    pinned = requirement.package + (f"=={requirement.version}" if requirement.version else "")
    as_of = requirement.as_of or (_release_date(pinned, python) if requirement.version else None)
    wanted = "\n".join([*([pinned] if requirement.package else []), *requirement.needs])
    lock = compiled(wanted, python, "--no-header", "--no-annotate", as_of=as_of) if wanted else ""
    packages = sorted(line.strip() for line in lock.splitlines() if "==" in line)
    name = normal_name(requirement.package)
    versions = {
        normal_name(line.partition("==")[0].partition("[")[0]): line.partition("==")[2].partition(" ")[0]
        for line in packages
    }
    return Resolution(versions[name] if name else "", lock, packages, f"python-{python}", as_of)


def _release_date(pinned: str, python: str) -> str | None:
    """Return the day after a version's first file was uploaded, where the index tells."""
    lock = compiled(pinned, python, "--no-deps", "--format", "pylock.toml")
    package = tomllib.loads(lock)["packages"][0]
    files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
    times = [file["upload-time"] for file in files if "upload-time" in file]
    if not times:
        return None
    return str((min(times) + datetime.timedelta(days=1)).date())


def _resolve_node(requirement: Requirement) -> Resolution:
    wanted = {requirement.package: requirement.version or "latest"}
    wanted |= dict(need.rsplit("@", 1) for need in requirement.needs)
    with tempfile.TemporaryDirectory() as scratch:
        package = json.dumps({"private": True, "dependencies": wanted})
        Path(scratch, "package.json").write_text(package, encoding="utf-8")
        before = ["--before", requirement.as_of] if requirement.as_of else []
        npm(Path(scratch), "install", "--package-lock-only", *before)
        lock = Path(scratch, "package-lock.json").read_text(encoding="utf-8")
    entries = {path: entry for path, entry in json.loads(lock)["packages"].items() if path}
    packages = sorted(
        f"{path.removeprefix('node_modules/')}@{entry['version']}" for path, entry in entries.items()
    )
    version = entries[f"node_modules/{requirement.package}"]["version"]
    return Resolution(version, json.dumps({"package": package, "lock": lock}), packages, "node")

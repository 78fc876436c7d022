"""Environments on demand: one per tool, version and resolved dependencies, made once and then reused."""

from __future__ import annotations

import contextlib
import hashlib
import json
import platform
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

from boilerbench.extractors import DEBIAN, Requirement
from boilerbench.folders import OwnedFolder, remove_folder
from boilerbench.runner.checkouts import Source
from boilerbench.runner.installers import UnavailableError, find_program, npm, run_program, uv
from boilerbench.runner.resolution import Resolution, compiled, python_version, resolve

MARKER = "environment.json"


@dataclass(frozen=True, slots=True)
class Environment:
    """A folder that holds a tool and all it needs."""

    folder: Path
    runtime: str
    package: str
    version: str
    """The tool's."""
    key: str
    """Depends on everything that was resolved: packages with versions, interpreter, platform."""
    overlay: Path | None = None
    """A folder that holds the tool itself, where it is a tree of the user's and this holds all else."""
    source: Source | None = None
    """The origin of the tool's code, if from no index."""

    @property
    def folders(self) -> list[str]:
        """The folders of the environment."""
        return [str(folder) for folder in (self.overlay, self.folder) if folder]

    @property
    def interpreter(self) -> str:
        """The program that runs a worker here."""
        return str(self.folder / "bin" / "python") if self.runtime == "python" else find_program("node")


def make_environment(requirement: Requirement, root: Path) -> Environment:
    """Return the environment for a requirement, made now unless it is there; made whole or not at all.

    Runs that want the same environment at once wait for the first to make it.

    Args:
        requirement: what it must hold.
        root: the folder of all environments.

    Raises:
        UnavailableError: it cannot be resolved or installed.
    """
    if requirement.runtime == DEBIAN:
        packages = ", ".join([requirement.package, *requirement.needs])
        asked = f" at version {requirement.version}" if requirement.version else ""
        raise UnavailableError(f"it is not installed on this system{asked}; its Debian packages: {packages}")
    resolution = resolve(requirement, root)
    decisive = [
        requirement.runtime,
        resolution.interpreter,
        sys.platform,
        platform.machine(),
        *resolution.packages,
    ]
    key = hashlib.sha256("\n".join(decisive).encode()).hexdigest()
    folder = root / folder_name(requirement.package or "dependencies", resolution.version, key)
    facts = {
        "runtime": requirement.runtime,
        "package": requirement.package,
        "version": resolution.version,
        "key": key,
        "interpreter": resolution.interpreter,
        "packages": resolution.packages,
    }
    install = _install_python if requirement.runtime == "python" else _install_node
    make_folder(folder, facts, lambda fresh: install(fresh, resolution))
    return Environment(folder, requirement.runtime, requirement.package, resolution.version, key)


def newest(requirement: Requirement) -> str | None:
    """Return the newest version of a required package, or None where no index can be asked."""
    if requirement.runtime == DEBIAN:
        return None
    try:
        if requirement.runtime == "node":
            return run_program([find_program("npm"), "view", requirement.package, "version"]).strip()
        listed = compiled(
            requirement.package, python_version(requirement), "--no-deps", "--no-header", "--no-annotate"
        )
        return listed.strip().rpartition("==")[2] or None
    except (UnavailableError, OSError):
        return None


def environments_in(root: Path) -> list[Environment]:
    """Return all environments that are there and whole, by name."""
    environments = []
    for marker in sorted(root.glob(f"*/{MARKER}")):
        facts = json.loads(marker.read_text(encoding="utf-8"))
        names = ("runtime", "package", "version", "key")
        environments.append(Environment(marker.parent, **{name: facts[name] for name in names}))
    return environments


def make_folder(folder: Path, facts: Mapping[str, Any], fill: Callable[[Path], None]) -> None:
    """Make a folder by ``fill``, with ``facts`` as its marker, unless it is there; whole or not at all."""
    if (folder / MARKER).exists():
        return
    with _locked(folder.with_name(f".{folder.name}.lock")):
        if (folder / MARKER).exists():
            return
        remove_folder(folder)
        with OwnedFolder(folder.parent, ".making-") as fresh:
            fill(fresh.path)
            (fresh.path / MARKER).write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
            fresh.path.rename(folder)


def folder_name(package: str, version: str, key: str) -> str:
    """Return the name of an environment's folder."""
    slug = re.sub(r"[^A-Za-z0-9.]+", "-", package).strip("-")
    return "-".join(filter(None, [slug, re.sub(r"[^\w.+!]+", "-", version), key[:12]]))


def _install_python(folder: Path, resolution: Resolution) -> None:
    python = resolution.interpreter.removeprefix("python-")
    uv("venv", "--relocatable", "--allow-existing", "--python", python, str(folder))
    (folder / "requirements.txt").write_text(resolution.lock, encoding="utf-8")
    if not resolution.packages:
        return
    interpreter = str(folder / "bin" / "python")
    lock = str(folder / "requirements.txt")
    uv("pip", "install", "--python", interpreter, "--no-deps", "-r", lock, as_of=resolution.as_of)


def _install_node(folder: Path, resolution: Resolution) -> None:
    for name, text in json.loads(resolution.lock).items():
        file = "package.json" if name == "package" else "package-lock.json"
        (folder / file).write_text(text, encoding="utf-8")
    npm(folder, "ci")


@contextlib.contextmanager
def _locked(file: Path) -> Iterator[None]:
    """Let one process at a time in; the lock vanishes with its holder, however that ends."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(file):
        yield

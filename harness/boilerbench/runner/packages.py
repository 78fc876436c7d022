"""The packages that a tool runs with: names, versions, and digests of what is installed of them."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
import re
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boilerbench.extractors import Adapter
from boilerbench.runner.environments import Environment

_NODE_LOCK = Path("node_modules", ".package-lock.json")
_VERSION = re.compile(r"^version(?:_info)?\s*=\s*(\S+)", re.MULTILINE)
# What an installer writes of itself, or the interpreter when it first runs, differs where nothing does.
_NO_CONTENT = re.compile(r"(?:.*\.dist-info/(?:RECORD|INSTALLER|REQUESTED|direct_url\.json)|\.\..*|.*\.pyc)")


@dataclass(frozen=True, slots=True)
class Package:
    """A package as it is installed."""

    name: str
    version: str
    digest: str
    """``sha256:…`` over the digests of its files, or what npm calls its integrity; empty if not known."""


@dataclass(frozen=True, slots=True)
class PackageSet:
    """The environment of a tool: a runtime and the packages beside code of the user's."""

    runtime: str
    """``python`` or ``node``."""
    runtime_version: str
    packages: tuple[Package, ...]
    """By name."""

    @property
    def key(self) -> str:
        """A short digest over all of it."""
        lines = [f"{package.name}=={package.version} {package.digest}" for package in self.packages]
        content = "\n".join([self.runtime, self.runtime_version, *lines])
        return hashlib.sha256(content.encode()).hexdigest()[:12]


def installed_packages(extractor: Adapter, environment: Environment | None) -> PackageSet:
    """Return the packages that a tool runs with, in an environment of its own or in this one."""
    if environment is None:
        names = [str(extractor.facts.get("PACKAGE", "")), *extractor.facts.get("NEEDS", ())]
        found = (_distribution(name) for name in required_names(names))
        present = [distribution for distribution in found if distribution is not None]
        return PackageSet("python", platform.python_version(), _python_packages(present))
    if environment.runtime == "node":
        return PackageSet("node", _node_version(environment.interpreter), _node_packages(environment.folder))
    site = [str(folder) for folder in environment.folder.glob("lib/python*/site-packages")]
    distributions = importlib.metadata.distributions(path=site)
    return PackageSet("python", _python_version(environment.folder), _python_packages(distributions))


def required_names(names: Sequence[str], leaving_out: str = "boilerbench") -> set[str]:
    """Return distributions and all that they require, as far as they are installed here, by normal names."""
    required: set[str] = set()
    waiting = [name for name in names if name]
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in required or name == leaving_out:
            continue
        required.add(name)
        try:
            lines = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:
            continue
        waiting += [match[0] for line in lines if (match := re.match(r"[\w.-]+", line))]
    return required


def _distribution(name: str) -> importlib.metadata.Distribution | None:
    try:
        return importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _python_packages(distributions: Iterable[importlib.metadata.Distribution]) -> tuple[Package, ...]:
    packages = {}
    for distribution in distributions:
        name = re.sub(r"[-_.]+", "-", distribution.metadata["Name"]).lower()
        packages[name] = Package(name, distribution.version, _content(distribution.read_text("RECORD")))
    return tuple(packages[name] for name in sorted(packages))


def _content(record: str | None) -> str:
    """Return a digest over the lines of a RECORD that are of the package's own content."""
    lines = sorted(line for line in (record or "").splitlines() if not _NO_CONTENT.match(line.split(",")[0]))
    return f"sha256:{hashlib.sha256(chr(10).join(lines).encode()).hexdigest()}" if lines else ""


def _node_packages(folder: Path) -> tuple[Package, ...]:
    lock: dict[str, Any] = json.loads((folder / _NODE_LOCK).read_text(encoding="utf-8"))
    entries = ((path.removeprefix("node_modules/"), entry) for path, entry in lock["packages"].items())
    return tuple(
        Package(name, str(entry.get("version", "")), str(entry.get("integrity", "")))
        for name, entry in sorted(entries)
    )


def _python_version(folder: Path) -> str:
    match = _VERSION.search((folder / "pyvenv.cfg").read_text(encoding="utf-8"))
    return match[1] if match else ""


def _node_version(node: str) -> str:
    done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    return done.stdout.strip().removeprefix("v")

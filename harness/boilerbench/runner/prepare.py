"""From an extractor to a command that can be started, in its environment."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import json
import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boilerbench.extractors import Adapter, Program
from boilerbench.runner.environments import Environment, make_environment
from boilerbench.runner.installers import UnavailableError

WORKER = Path(__file__).with_name("worker.py")
NODE_WORKER = Path(__file__).with_name("worker.mjs")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A worker's command, and all that decides what it returns for a page."""

    name: str
    version: str
    command: tuple[str, ...]
    runtime: str
    """``python``, ``node``, or ``program``: which limits apply and how."""
    identity: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unavailable:
    """An extractor whose environment cannot be made."""

    name: str
    reason: str
    log: Path | None
    """What the installer said last, if it got so far."""


def prepare(extractor: Adapter | Program, root: Path) -> Prepared | Unavailable:
    """Make an extractor's environment, if it needs one of its own, under the folder ``root``."""
    if isinstance(extractor, Program):
        identity = {"command": extractor.command, "content": extractor.content}
        return Prepared(extractor.name, "", extractor.command, "program", identity)
    environment = None
    if extractor.requirement is not None:
        try:
            environment = make_environment(extractor.requirement, root)
        except UnavailableError as error:
            return Unavailable(extractor.name, str(error), _log(root, extractor.name, error))
        except OSError as error:
            return Unavailable(extractor.name, f"{error.strerror}: {error.filename}", None)
    return _adapted(extractor, environment)


def _adapted(extractor: Adapter, environment: Environment | None) -> Prepared:
    worker = NODE_WORKER if extractor.runtime == "node" else WORKER
    # Files of JavaScript import one another; a Python adapter stands alone.
    beside = sorted(extractor.file.parent.glob("*.mjs")) if extractor.runtime == "node" else []
    interpreter = environment.interpreter if environment else sys.executable
    options = json.dumps(extractor.options, sort_keys=True)
    place = [str(environment.folder)] if environment and extractor.runtime == "node" else []
    version = environment.version if environment else extractor.version
    identity = {
        "adapter": _digest(extractor.file, worker, *beside),
        "content": extractor.facts.get("CONTENT"),
        "version": version,
        "options": options,
        "environment": environment.key if environment else own_environment(),
    }
    command = (interpreter, str(worker), str(extractor.file), *place, options)
    return Prepared(extractor.name, version, command, extractor.runtime, identity)


@functools.cache
def own_environment() -> str:
    """A digest over the Python and all distributions of this environment."""
    found = {f"{each.metadata['Name']}=={each.version}" for each in importlib.metadata.distributions()}
    return hashlib.sha256("\n".join([platform.python_version(), *sorted(found)]).encode()).hexdigest()


def _digest(*files: Path) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _log(root: Path, name: str, error: UnavailableError) -> Path:
    folder = root / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{hashlib.sha256(name.encode()).hexdigest()[:12]}.log"
    file.write_text(f"{name}\n{error}\n\n{error.log}\n", encoding="utf-8")
    return file

"""A tool's version and options, as the tool itself has them in its environment."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boilerbench.extractors import Adapter
from boilerbench.folders import temporary_folder
from boilerbench.runner.environments import make_environment
from boilerbench.runner.installers import UnavailableError
from boilerbench.runner.limits import START_SECONDS, WorkerLimits
from boilerbench.runner.prepare import Prepared, readable_files, worker_command
from boilerbench.runner.process import Worker
from boilerbench.runner.tree_environments import make_tree_environment


@dataclass(frozen=True, slots=True)
class ToolOption:
    """An option of a tool that a spec can set."""

    name: str
    takes: str
    """The values that it takes, in words."""
    default: str
    """As a spec writes it; empty where it must be given."""


@dataclass(frozen=True, slots=True)
class ToolDescription:
    """A tool at one version."""

    version: str
    options: tuple[ToolOption, ...]


def describe_tool(extractor: Adapter, root: Path) -> ToolDescription:
    """Return a tool's version and options; its environment is made if it is not there.

    Args:
        extractor: the tool behind its adapter.
        root: the folder of all environments.

    Raises:
        UnavailableError: its environment cannot be made.
        InputError: it cannot be loaded.
    """
    environment = None
    if extractor.requirement is not None:
        make = make_tree_environment if extractor.requirement.source else make_environment
        environment = make(extractor.requirement, root)
    if extractor.runtime == "node":
        options = extractor.facts.get("OPTIONS", {})
        return ToolDescription(
            environment.version if environment else extractor.version,
            tuple(ToolOption(name, ", ".join(values), values[0]) for name, values in options.items()),
        )
    command = worker_command(extractor, environment, describe=True)
    readable = readable_files(extractor, environment)
    prepared = Prepared(extractor.name, "", command, extractor.runtime, {}, readable=readable)
    with temporary_folder() as home:
        worker = Worker(prepared, WorkerLimits(START_SECONDS), home.path, threading.Event())
        try:
            first_line = worker.ready()
        finally:
            worker.kill()
    return ToolDescription(worker.version, tuple(_option(row) for row in first_line.get("options", ())))


def _option(row: Mapping[str, Any]) -> ToolOption:
    return ToolOption(str(row["name"]), str(row["takes"]), str(row["default"]))


__all__ = ["ToolDescription", "ToolOption", "UnavailableError", "describe_tool"]

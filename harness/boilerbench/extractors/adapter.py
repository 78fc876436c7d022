"""A tool behind its adapter file, and what it takes to run it."""

from __future__ import annotations

import ast
import functools
import importlib.metadata
import importlib.util
import json
import re
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from boilerbench.extractors.spec import ENVIRONMENT_OPTIONS, Option, Spec
from boilerbench.extractors.system_programs import installed_program, is_system_program

DEBIAN = "debian"
"""The runtime of a requirement that only the operating system's package manager can meet."""
ADAPTERS_FOLDER = Path(__file__).with_name("adapters")
_CONSTANTS = {"PACKAGE", "LICENCE", "HOME"}
_JAVASCRIPT_CONSTANT = re.compile(r"^export const ([A-Z]+) = (.+);$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Requirement:
    """The requirement of an adapter: a package and what it needs beside, for an environment of its own."""

    runtime: str
    """``python`` or ``node``; ``debian`` for what is not installed on demand."""
    package: str
    version: str | None = None
    """None for the newest."""
    needs: tuple[str, ...] = ()
    python: str | None = None
    as_of: str | None = None
    """Resolve as of this date; without, as of the release of the version, or today for the newest."""
    source: str | None = None
    """The place of its code, instead of a version: a folder, a built file, or ``git+URL@ref``."""

    def record(self) -> dict[str, Any]:
        """Return it as plain values."""
        record = asdict(self)
        if self.source is None:
            del record["source"]
        return record


@dataclass(frozen=True, slots=True)
class Adapter:
    """One tool at one version with one set of options; ``name`` is the spec, as printed in every table."""

    name: str
    version: str
    """Empty until its environment is made or its worker says so."""
    file: Path
    """The adapter's own source file, which a worker loads."""
    options: dict[str, Option] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    """The adapter's constants, such as PACKAGE, LICENCE and HOME, and its one line as SUMMARY."""
    requirement: Requirement | None = None
    """None where the harness's own environment has the tool."""
    sources: tuple[Path, ...] = ()
    """Folders and files of the user\'s that hold the extractor: another content is another extractor."""
    network: bool = False
    """Whether it may use the network."""
    variables: tuple[str, ...] = ()
    """The variables of the environment that it is given beside the usual, as a key for a service."""

    @property
    def runtime(self) -> str:
        """``python`` or ``node``."""
        return runtime_of(self.file)

    @property
    def group(self) -> str:
        """The group that has it beside others of its weight: ``light``, ``heavy`` or ``cli``."""
        return "cli" if is_system_program(self.facts) else str(self.facts.get("GROUP", "light"))

    @property
    def language(self) -> str:
        """``python``, ``node``, or ``debian`` for a program of the operating system."""
        return DEBIAN if is_system_program(self.facts) else self.runtime


def adapter(spec: Spec, file: Path) -> Adapter:
    """The extractor that a spec and the file of its adapter make; nothing of either is imported here."""
    facts = constants(file)
    tool_options = {name: value for name, value in spec.options if name not in ENVIRONMENT_OPTIONS}
    if is_system_program(facts):
        return _program_adapter(spec, file, tool_options)
    asked = dict(spec.options)
    python = str(asked["python"]) if "python" in asked else facts.get("PYTHON")
    as_of = str(asked["as_of"]) if "as_of" in asked else None
    here = installed(facts) if runtime_of(file) == "python" else None
    fits = spec.version in (None, here) and python in (None, _own_python()) and as_of is None
    if here is not None and fits:
        return Adapter(str(spec), here, file, tool_options, facts)
    needs = facts.get("NEEDS", ())
    requirement = Requirement(
        runtime_of(file),
        facts["PACKAGE"],
        None if spec.is_source else spec.version,
        tuple(f"{name}@{version}" for name, version in needs.items())
        if isinstance(needs, dict)
        else tuple(needs),
        python,
        as_of,
        spec.version if spec.is_source else None,
    )
    return Adapter(
        str(spec), "" if spec.is_source else spec.version or "", file, tool_options, facts, requirement
    )


def _program_adapter(spec: Spec, file: Path, options: dict[str, Option]) -> Adapter:
    facts = constants(file)
    here = installed_program(facts)
    if here is not None and spec.version in (None, here):
        return Adapter(str(spec), here, file, options, facts)
    requirement = Requirement(DEBIAN, facts["PACKAGE"], spec.version, tuple(facts.get("NEEDS", ())))
    return Adapter(str(spec), spec.version or "", file, options, facts, requirement)


def adapter_file(target: str) -> Path:
    """Find the source file of an adapter, without importing it.

    Args:
        target: a Python module, or ``node:package.file`` for ``file.mjs`` in the folder of a package.

    Raises:
        ImportError: there is no such file.
        ValueError: it lacks a constant that every adapter has.
    """
    scheme, _, dotted = target.rpartition(":")
    if scheme not in ("", "node"):
        raise ValueError(f"{target}: a module or node:package.file names an adapter")
    package, _, name = dotted.rpartition(".")
    found = importlib.util.find_spec(package if scheme else dotted)
    if scheme and found and found.submodule_search_locations:
        file = Path(found.submodule_search_locations[0]) / f"{name}.mjs"
    elif not scheme and found and found.origin:
        file = Path(found.origin)
    else:
        raise ImportError(f"no adapter {target}")
    if not file.is_file():
        raise ImportError(f"no file {file.name} in {package}")
    if missing := _CONSTANTS - constants(file).keys():
        raise ValueError(f"{file.name} lacks {', '.join(sorted(missing))}")
    return file


def installed(facts: dict[str, Any]) -> str | None:
    """The version of an adapter's package in this environment, if it and all that it needs are here."""
    try:
        for needed in facts.get("NEEDS", ()):
            importlib.metadata.version(needed)
        return importlib.metadata.version(facts["PACKAGE"])
    except importlib.metadata.PackageNotFoundError:
        return None


def runtime_of(file: Path) -> str:
    """Return the runtime of an adapter's file."""
    return "node" if file.suffix == ".mjs" else "python"


@functools.cache
def constants(file: Path) -> dict[str, Any]:
    """The constants of an adapter's source, and its first line of prose as SUMMARY."""
    source = file.read_text(encoding="utf-8")
    if runtime_of(file) == "node":
        found = {name: json.loads(value) for name, value in _JAVASCRIPT_CONSTANT.findall(source)}
        return {**found, "SUMMARY": source.partition("\n")[0].removeprefix("//").strip().rstrip(".")}
    tree = ast.parse(source)
    found = {
        target.id: ast.literal_eval(statement.value)
        for statement in tree.body
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant | ast.Tuple)
        for target in statement.targets
        if isinstance(target, ast.Name) and not target.id.startswith("_")
    }
    return {**found, "SUMMARY": (ast.get_docstring(tree) or "").partition("\n")[0].rstrip(".")}


def _own_python() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"

"""A tool behind its adapter file, ready to be run by a worker."""

from __future__ import annotations

import ast
import importlib.metadata
import importlib.util
from dataclasses import dataclass
from pathlib import Path

from harness.errors import InputError
from harness.extractors.spec import Spec


@dataclass(frozen=True, slots=True)
class Adapter:
    """One tool at one version with one set of options; ``name`` is the spec, as printed in every table."""

    name: str
    version: str
    spec: Spec
    file: Path
    """The adapter's own source file, which a worker loads."""
    facts: dict[str, str]
    """The adapter's constants: PACKAGE, LICENCE, HOME, TAKES, and its one line as SUMMARY."""


def adapter(spec: Spec, target: str) -> Adapter:
    """The adapter module ``target`` as an extractor; nothing of it or of its tool is imported here.

    Raises:
        InputError: the tool is not installed, or not at the version that the spec asks for.
    """
    found = importlib.util.find_spec(target)
    if found is None or found.origin is None:
        raise InputError(
            f"extractor {spec}: its adapter {target} is not there; install the package that has it"
        )
    file = Path(found.origin)
    facts = _constants(file)
    try:
        version = importlib.metadata.version(facts["PACKAGE"])
    except importlib.metadata.PackageNotFoundError:
        raise InputError(
            f"extractor {spec}: {facts['PACKAGE']} is not installed; pip install {facts['PACKAGE']}"
        ) from None
    if spec.version not in (None, version):
        raise InputError(
            f"extractor {spec}: {version} is installed; pip install {facts['PACKAGE']}=={spec.version} "
            "in this environment to judge that version"
        )
    return Adapter(str(spec), version, spec, file, facts)


def _constants(file: Path) -> dict[str, str]:
    """The module-level ``NAME = "text"`` of a source file, and the first line of its docstring."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    constants = {
        target.id: ast.literal_eval(statement.value)
        for statement in tree.body
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    return {**constants, "SUMMARY": (ast.get_docstring(tree) or "").partition("\n")[0].rstrip(".")}

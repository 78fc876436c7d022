"""Environments for a tree of the user's: what it depends on is made once, an edit installs the tree alone."""

from __future__ import annotations

import dataclasses
import email.parser
import hashlib
import json
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from boilerbench.extractors import Requirement
from boilerbench.runner.checkouts import Checkout, copy_checkout, find_checkout
from boilerbench.runner.environments import MARKER, Environment, folder_name, make_environment, make_folder
from boilerbench.runner.installers import UnavailableError, npm, uv
from boilerbench.runner.resolution import normal_name, python_version


def make_tree_environment(requirement: Requirement, root: Path) -> Environment:
    """Return the environment for a tool whose code is a tree of the user's, keyed by its content.

    Args:
        requirement: whose ``source`` names the tree.
        root: the folder of all environments.

    Raises:
        UnavailableError: it is not there, holds another package, or cannot be built or installed.
    """
    assert requirement.source is not None
    checkout = find_checkout(requirement.source, root)
    if requirement.runtime == "node":
        return _node_environment(requirement, checkout, root)
    return _python_environment(requirement, checkout, root)


def _python_environment(requirement: Requirement, checkout: Checkout, root: Path) -> Environment:
    python = python_version(requirement)
    folder = _tree_folder(requirement, checkout, [python, requirement.as_of or ""], root)
    facts = _facts(requirement)
    make_folder(folder, facts, lambda fresh: _install_python(fresh, requirement, checkout, facts))
    facts = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    dependencies = make_environment(
        dataclasses.replace(
            requirement,
            package="",
            version=None,
            source=None,
            needs=(*facts["requires"], *requirement.needs),
        ),
        root,
    )
    return dataclasses.replace(
        dependencies,
        package=requirement.package,
        version=f"{facts['version']} ({checkout.source.mark()})",
        key=_digest([dependencies.key, checkout.tree.digest]),
        overlay=folder,
        source=checkout.source,
    )


def _install_python(
    folder: Path, requirement: Requirement, checkout: Checkout, facts: dict[str, Any]
) -> None:
    path = checkout.tree.path
    if path.is_dir() and not any((path / name).exists() for name in ("pyproject.toml", "setup.py")):
        raise UnavailableError(f"{requirement.source} holds neither pyproject.toml nor setup.py")
    with tempfile.TemporaryDirectory(prefix="boilerbench-") as scratch:
        copy = copy_checkout(checkout, Path(scratch))
        python = python_version(requirement)
        uv("pip", "install", "--no-deps", "--python", python, "--target", str(folder), str(copy))
    parser = email.parser.Parser()
    packages = [
        parser.parsestr(file.read_text(encoding="utf-8"), headersonly=True)
        for file in folder.glob("*.dist-info/METADATA")
    ]
    found = {normal_name(package["Name"]): package for package in packages}
    metadata = found.get(normal_name(requirement.package))
    if metadata is None:
        raise UnavailableError(_another_package(requirement, found))
    facts["version"] = metadata["Version"]
    # What an extra asks for is not asked for.
    requires = metadata.get_all("Requires-Dist") or []
    facts["requires"] = sorted(line for line in requires if not re.search(r"\bextra\s*==", line))


def _node_environment(requirement: Requirement, checkout: Checkout, root: Path) -> Environment:
    folder = _tree_folder(requirement, checkout, [requirement.as_of or ""], root)
    facts = _facts(requirement)
    make_folder(folder, facts, lambda fresh: _install_node(fresh, requirement, checkout, facts))
    facts = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    return Environment(
        folder,
        "node",
        requirement.package,
        f"{facts['version']} ({checkout.source.mark()})",
        _digest([checkout.tree.digest, *facts["packages"]]),
        source=checkout.source,
    )


def _install_node(folder: Path, requirement: Requirement, checkout: Checkout, facts: dict[str, Any]) -> None:
    """Install a folder or a tarball of npm's as it stands: no script of its own is run to build it."""
    if checkout.tree.path.is_dir() and not (checkout.tree.path / "package.json").exists():
        raise UnavailableError(f"{requirement.source} holds no package.json")
    with tempfile.TemporaryDirectory(prefix="boilerbench-") as scratch:
        copy = copy_checkout(checkout, Path(scratch))
        if copy.is_dir():
            packed = npm(copy, "pack", "--pack-destination", scratch).split()[-1]
            copy = Path(scratch) / packed
        shutil.copy2(copy, folder / "tool.tgz")
    wanted = {requirement.package: "file:tool.tgz"}
    wanted |= dict(need.rsplit("@", 1) for need in requirement.needs)
    package = json.dumps({"private": True, "dependencies": wanted})
    (folder / "package.json").write_text(package, encoding="utf-8")
    before = ["--before", requirement.as_of] if requirement.as_of else []
    npm(folder, "install", *before)
    installed = folder / "node_modules" / requirement.package / "package.json"
    if not installed.exists():
        raise UnavailableError(_another_package(requirement, ()))
    about = json.loads(installed.read_text(encoding="utf-8"))
    if about["name"] != requirement.package:
        raise UnavailableError(_another_package(requirement, [about["name"]]))
    facts["version"] = about["version"]
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
    facts["packages"] = sorted(
        f"{path.removeprefix('node_modules/')}@{entry.get('version', '')} {entry.get('integrity', '')}"
        for path, entry in lock["packages"].items()
        if path and path != f"node_modules/{requirement.package}"
    )


def _tree_folder(requirement: Requirement, checkout: Checkout, decisive: Sequence[str], root: Path) -> Path:
    key = _digest(
        [
            *(requirement.runtime, sys.platform, platform.machine(), checkout.tree.path.name),
            *(checkout.tree.digest, checkout.source.commit, *requirement.needs, *decisive),
        ]
    )
    return root / folder_name(requirement.package, "tree", key)


def _facts(requirement: Requirement) -> dict[str, Any]:
    return {
        "runtime": requirement.runtime,
        "package": requirement.package,
        "version": "",
        "key": "",
        "source": requirement.source,
    }


def _another_package(requirement: Requirement, found: Sequence[str] | dict[str, Any]) -> str:
    held = ", ".join(sorted(found)) or "no package"
    return f"{requirement.source} holds {held}, not {requirement.package}"


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()

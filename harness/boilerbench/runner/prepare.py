"""From an extractor to a command that can be started, in its environment."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import json
import platform
import shlex
import shutil
import sys
import urllib.parse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boilerbench import declared_encoding, decoding
from boilerbench.extractors import Adapter, Program
from boilerbench.runner import sandbox
from boilerbench.runner.checkouts import Source
from boilerbench.runner.environments import Environment, make_environment
from boilerbench.runner.inputs import Tree, read_tree
from boilerbench.runner.installers import UnavailableError
from boilerbench.runner.packages import PackageSet, installed_packages, required_names
from boilerbench.runner.readable import (
    above,
    environment_folders,
    environment_of,
    look_into,
    program_folders,
)
from boilerbench.runner.tree_environments import make_tree_environment

_HERE = Path(__file__).parent
WORKER = _HERE / "worker.py"
NODE_WORKER = _HERE / "worker.mjs"
_OWN_NAME = "boilerbench"
_ASKED = "what it asks over the network is not known"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A worker's command, and all that decides what it returns for a page."""

    name: str
    version: str
    command: tuple[str, ...]
    runtime: str
    """``python``, ``node``, or ``program``: which limits apply and how."""
    identity: dict[str, Any]
    """The facts known to decide its texts before it is started."""
    trees: tuple[Tree, ...] = ()
    """Source of the user's, whose content is part of ``identity``."""
    covered: tuple[Path, ...] = ()
    """Folders that are no source, wherever they lie."""
    source: Source | None = None
    """The origin of the tool's code, if from no index."""
    packages: PackageSet | None = None
    """The packages that the tool runs with; none for programs and for adapters of no package."""
    unknown: str = ""
    """The reason that more may decide its texts than is known; empty where nothing else does."""
    readable: tuple[Path, ...] = ()
    """The files and folders that it may read, beside the system's and those of its command's programs."""
    network: bool = False
    """Whether it may use the network."""
    variables: tuple[str, ...] = ()
    """The variables of the environment that it is given beside the usual."""


@dataclass(frozen=True, slots=True)
class Unavailable:
    """An extractor whose environment cannot be made."""

    name: str
    reason: str
    log: Path | None
    """The installer's last words, if it got so far."""


def prepare(
    extractor: Adapter | Program, root: Path, covered: Sequence[Path] = (), allowed: Sequence[Path] = ()
) -> Prepared | Unavailable:
    """Return what starts an extractor, with an environment of its own where it needs one.

    Args:
        extractor: a tool behind its adapter, or a program.
        root: the folder of all environments.
        covered: folders and files that are no source and that no extractor may see, wherever they lie: runs,
            caches, corpora.
        allowed: files and folders that every extractor may read, beside what its spec names.
    """
    permitted = tuple(path.absolute() for path in allowed)
    if isinstance(extractor, Program):
        return _program(extractor, tuple(covered), permitted)
    environment = None
    if extractor.requirement is not None:
        try:
            make = make_tree_environment if extractor.requirement.source else make_environment
            environment = make(extractor.requirement, root)
        except UnavailableError as error:
            return Unavailable(extractor.name, str(error), _log(root, extractor.name, error))
        except OSError as error:
            return Unavailable(extractor.name, f"{error.strerror}: {error.filename}", None)
    return _adapted(extractor, environment, tuple(covered), permitted)


def readable_files(
    extractor: Adapter | Program,
    environment: Environment | None,
    allowed: Sequence[Path] = (),
    covered: Sequence[Path] = (),
) -> tuple[Path, ...]:
    """Return what an extractor may read: its source with what that needs, and its environment.

    Of what is allowed, and of what links in its source lead to, nothing that is covered.
    """
    hidden = [path.resolve() for path in covered]

    def open_to_all(paths: Sequence[Path]) -> list[Path]:
        return [path for path in paths if not any(path.resolve().is_relative_to(cover) for cover in hidden)]

    files = [*extractor.sources, *open_to_all(allowed)]
    for source in extractor.sources:
        folder = source if source.is_dir() else source.parent
        beside = environment_of(source / "any" if source.is_dir() else source)
        files += [*open_to_all(look_into(folder).linked), *above(folder), *beside]
    if isinstance(extractor, Adapter):
        files.append(extractor.file.parent)
        command = extractor.options.get("command")
        files += program_folders(shlex.split(command)) if isinstance(command, str) else []
    if environment is None:
        return tuple(dict.fromkeys([*files, *environment_folders()]))
    own = [Path(folder) for folder in environment.folders]
    return tuple(dict.fromkeys([*files, *own, _HERE.parent]))


def _hidden(covered: tuple[Path, ...], sources: Sequence[Path]) -> tuple[Path, ...]:
    """Return what stays covered, with the runs and the gold that lie in folders of source."""
    return (*covered, *(path for source in sources if source.is_dir() for path in look_into(source).private))


def _program(program: Program, covered: tuple[Path, ...], allowed: tuple[Path, ...]) -> Prepared:
    covered = _hidden(covered, (*program.sources, *allowed))
    trees = tuple(read_tree(path, covered) for path in program.sources)
    identity = {
        "command": program.command,
        "sources": [tree.digest for tree in trees],
        "program": _file_identity(Path(program.command[0])),
        "variables": sandbox.passed_on(),
        "decoding": _decoding(),
        "sandbox": _sandbox(allowed, network=program.network),
    }
    reason = "what a program reads is not known, and its first line gives no fingerprint"
    return Prepared(
        *(program.name, "", program.command, "program", identity, trees, covered),
        unknown=reason,
        readable=readable_files(program, None, allowed, covered),
        network=program.network,
        variables=program.variables,
    )


def _adapted(
    extractor: Adapter,
    environment: Environment | None,
    covered: tuple[Path, ...],
    allowed: tuple[Path, ...],
) -> Prepared:
    node = extractor.runtime == "node"
    worker = NODE_WORKER if node else WORKER
    # Files of JavaScript import one another; a Python adapter stands alone.
    beside = sorted(_HERE.glob("worker_*.mjs" if node else "worker_*.py"))
    beside += sorted(extractor.file.parent.glob("*.mjs")) if node else []
    interpreter = environment.interpreter if environment else sys.executable
    sources = extractor.sources if environment else (*extractor.sources, *_editable_sources(extractor))
    covered = _hidden(covered, (*sources, *allowed))
    trees = tuple(read_tree(path, covered) for path in sources)
    version = environment.version if environment else extractor.version
    variables = {name: value for name, value in sandbox.passed_on().items() if name != "PATH"}
    identity = {
        "adapter": _digest(extractor.file, worker, *beside),
        "sources": [tree.digest for tree in trees],
        # A tree's names its commit, too, which decides nothing.
        "version": "" if environment and environment.source else version,
        "options": json.dumps(extractor.options, sort_keys=True),
        "environment": environment.key if environment else own_environment(),
        "interpreter": _file_identity(Path(interpreter)),
        "variables": variables,
        "decoding": _decoding(),
        "sandbox": _sandbox(allowed, network=extractor.network),
    }
    return Prepared(
        extractor.name,
        version,
        worker_command(extractor, environment),
        extractor.runtime,
        identity,
        trees,
        covered,
        environment.source if environment else None,
        installed_packages(extractor, environment) if "PACKAGE" in extractor.facts else None,
        _ASKED if extractor.network else next((tree.unknown for tree in trees if tree.unknown), ""),
        readable_files(extractor, environment, allowed, covered),
        extractor.network,
        extractor.variables,
    )


def worker_command(
    extractor: Adapter, environment: Environment | None, *, describe: bool = False
) -> tuple[str, ...]:
    """Return the command of an adapter's worker, which with ``describe`` only tells the tool's options."""
    node = extractor.runtime == "node"
    setup = {
        "options": extractor.options,
        "path": [str(environment.overlay)] if environment and environment.overlay else [],
        "trusted": environment.folders if environment else [],
        "folder": str(environment.folder) if environment else "",
        "describe": describe,
        "network": extractor.network,
    }
    interpreter = environment.interpreter if environment else sys.executable
    return (interpreter, str(NODE_WORKER if node else WORKER), str(extractor.file), json.dumps(setup))


@functools.cache
def own_environment() -> str:
    """Return a digest over the Python and all distributions of this environment, file by file as recorded."""
    recorded = {
        f"{distribution.metadata['Name']}=={distribution.version} {distribution.read_text('RECORD') or ''}"
        for distribution in importlib.metadata.distributions()
        if distribution.metadata["Name"] != _OWN_NAME
    }
    return hashlib.sha256("\n".join([platform.python_version(), *sorted(recorded)]).encode()).hexdigest()


def _editable_sources(extractor: Adapter) -> tuple[Path, ...]:
    """Return the source of what is installed editably in this environment, among all that a tool requires."""
    wanted = [extractor.facts.get("PACKAGE", ""), *extractor.facts.get("NEEDS", ())]
    sources = (_editable_source(name) for name in sorted(required_names(wanted)))
    return tuple(source for source in sources if source is not None)


def _editable_source(name: str) -> Path | None:
    try:
        distribution = importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return None
    origin = json.loads(distribution.read_text("direct_url.json") or "{}")
    if origin.get("dir_info", {}).get("editable"):
        return Path(urllib.parse.unquote(urllib.parse.urlsplit(origin["url"]).path))
    # As setup.py develop does it: its metadata lie beside the source.
    folder = Path(str(distribution.locate_file("")))
    installed = any(part in ("site-packages", "dist-packages") for part in folder.parts)
    return None if installed else folder


@functools.cache
def _decoding() -> str:
    """Return a digest over what turns a page's bytes into the text that a tool gets."""
    files = [Path(str(module.__file__)) for module in (decoding, declared_encoding)]
    versions = [importlib.metadata.version(name) for name in ("chardetng-py", "justhtml", "webencodings")]
    return hashlib.sha256("\n".join([_digest(*files), *versions]).encode()).hexdigest()


def _sandbox(allowed: Sequence[Path], *, network: bool) -> list[str]:
    """Return what decides what a tool finds: what hides it here, and what was allowed."""
    here = [sandbox.sandbox_here().kind, *sorted(map(str, allowed))]
    return [*here, "network"] if network else here


def _file_identity(file: Path) -> list[object]:
    """Return what tells one program from another without reading it."""
    real = Path(shutil.which(file) or file).resolve()
    about = real.stat()
    return [str(real), about.st_size, about.st_mtime_ns]


def _digest(*files: Path) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _log(root: Path, name: str, error: UnavailableError) -> Path:
    folder = root / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{hashlib.sha256(name.encode()).hexdigest()[:12]}.log"
    file.write_text(f"{name}\n{error}\n\n{error.log}\n", encoding="utf-8")
    return file

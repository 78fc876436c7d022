"""Environments on demand: one per tool, version and resolved dependencies, made once and then reused."""

from __future__ import annotations

import contextlib
import datetime
import functools
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path

from boilerbench.extractors import Requirement

MARKER = "environment.json"
_INSTALL_SECONDS = 900
_LOG_LINES = 40
_REASON_WIDTH = 300


class UnavailableError(Exception):
    """An environment cannot be made; the message is one line, ``log`` what the installer said."""

    def __init__(self, reason: str, log: str = "") -> None:
        super().__init__(reason)
        self.log = log


@dataclass(frozen=True, slots=True)
class Environment:
    """A folder that holds a tool and all it needs."""

    folder: Path
    runtime: str
    package: str
    version: str
    """The tool's."""
    key: str
    """Hangs on everything that was resolved: packages with versions, interpreter, platform."""

    @property
    def interpreter(self) -> str:
        """The program that runs a worker here."""
        return str(self.folder / "bin" / "python") if self.runtime == "python" else _program("node")


@dataclass(frozen=True, slots=True)
class _Resolution:
    """What a requirement comes to today: ``lock`` is a text that the installer takes."""

    version: str
    lock: str
    packages: list[str]
    interpreter: str
    as_of: str | None = None


def prepare(requirement: Requirement, root: Path) -> Environment:
    """The environment for a requirement, made now unless it is there; made whole or not at all.

    Runs that want the same one at once wait for the first to make it.

    Raises:
        UnavailableError: it cannot be resolved or installed.
    """
    resolution = _resolved(requirement, root)
    what = [
        requirement.runtime,
        resolution.interpreter,
        sys.platform,
        platform.machine(),
        *resolution.packages,
    ]
    key = hashlib.sha256("\n".join(what).encode()).hexdigest()
    slug = re.sub(r"[^A-Za-z0-9.]+", "-", requirement.package).strip("-")
    folder = root / f"{slug}-{resolution.version}-{key[:12]}"
    environment = Environment(folder, requirement.runtime, requirement.package, resolution.version, key)
    if (folder / MARKER).exists():
        return environment
    with _alone(root / f".{folder.name}.lock"):
        if not (folder / MARKER).exists():
            _make(environment, resolution)
    return environment


def newest(requirement: Requirement) -> str | None:
    """The newest version of a required package, or None where no index can be asked."""
    try:
        if requirement.runtime == "node":
            return _ran([_program("npm"), "view", requirement.package, "version"]).strip()
        listed = _compiled(
            requirement.package, _python(requirement), "--no-deps", "--no-header", "--no-annotate"
        )
        return listed.strip().rpartition("==")[2] or None
    except (UnavailableError, OSError):
        return None


def made(root: Path) -> list[Environment]:
    """All environments that are there and whole, by name."""
    found = []
    for marker in sorted(root.glob(f"*/{MARKER}")):
        facts = json.loads(marker.read_text(encoding="utf-8"))
        names = ("runtime", "package", "version", "key")
        found.append(Environment(marker.parent, **{name: facts[name] for name in names}))
    return found


def _make(environment: Environment, resolution: _Resolution) -> None:
    folder = environment.folder
    if folder.exists():
        shutil.rmtree(folder)
    fresh = Path(tempfile.mkdtemp(prefix=".making-", dir=folder.parent))
    try:
        install = _install_python if environment.runtime == "python" else _install_node
        install(fresh, resolution)
        facts = {
            "runtime": environment.runtime,
            "package": environment.package,
            "version": environment.version,
            "key": environment.key,
            "interpreter": resolution.interpreter,
            "packages": resolution.packages,
        }
        (fresh / MARKER).write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
        fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _resolved(requirement: Requirement, root: Path) -> _Resolution:
    """Resolve a requirement.

    A pinned one is resolved once for ever; one that asks for the newest is resolved each time, and where that
    fails (no network) comes to what it came to last.
    """
    asked = json.dumps(requirement.record(), sort_keys=True) + f"{sys.version_info[:2]}"
    memory = root / "resolved" / f"{hashlib.sha256(asked.encode()).hexdigest()[:20]}.json"
    remembered = json.loads(memory.read_text(encoding="utf-8")) if memory.exists() else None
    if remembered and requirement.version:
        return _Resolution(**remembered)
    try:
        resolution = (_resolve_python if requirement.runtime == "python" else _resolve_node)(requirement)
    except UnavailableError:
        if remembered:
            return _Resolution(**remembered)
        raise
    memory.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=memory.parent, delete=False, encoding="utf-8") as file:
        json.dump(asdict(resolution), file)
    Path(file.name).replace(memory)
    return resolution


def _resolve_python(requirement: Requirement) -> _Resolution:
    python = _python(requirement)
    pinned = requirement.package + (f"=={requirement.version}" if requirement.version else "")
    as_of = requirement.as_of or (_release_date(pinned, python) if requirement.version else None)
    wanted = "\n".join([pinned, *requirement.needs])
    lock = _compiled(wanted, python, "--no-header", "--no-annotate", as_of=as_of)
    packages = sorted(line.strip() for line in lock.splitlines() if "==" in line)
    name = _normal(requirement.package)
    version = next(
        line.partition("==")[2].partition(" ")[0]
        for line in packages
        if _normal(line.partition("==")[0].partition("[")[0]) == name
    )
    return _Resolution(version, lock, packages, f"python-{python}", as_of)


def _release_date(pinned: str, python: str) -> str | None:
    """The day after a version's first file was uploaded, where the index tells."""
    lock = _compiled(pinned, python, "--no-deps", "--format", "pylock.toml")
    package = tomllib.loads(lock)["packages"][0]
    files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
    times = [file["upload-time"] for file in files if "upload-time" in file]
    if not times:
        return None
    return str((min(times) + datetime.timedelta(days=1)).date())


def _install_python(folder: Path, resolution: _Resolution) -> None:
    python = resolution.interpreter.removeprefix("python-")
    _uv("venv", "--relocatable", "--allow-existing", "--python", python, str(folder))
    (folder / "requirements.txt").write_text(resolution.lock, encoding="utf-8")
    interpreter = str(folder / "bin" / "python")
    lock = str(folder / "requirements.txt")
    _uv("pip", "install", "--python", interpreter, "--no-deps", "-r", lock, as_of=resolution.as_of)


def _resolve_node(requirement: Requirement) -> _Resolution:
    wanted = {requirement.package: requirement.version or "latest"}
    wanted |= dict(need.rsplit("@", 1) for need in requirement.needs)
    with tempfile.TemporaryDirectory() as scratch:
        package = json.dumps({"private": True, "dependencies": wanted})
        Path(scratch, "package.json").write_text(package, encoding="utf-8")
        before = ["--before", requirement.as_of] if requirement.as_of else []
        _npm(Path(scratch), "install", "--package-lock-only", *before)
        lock = Path(scratch, "package-lock.json").read_text(encoding="utf-8")
    entries = {path: entry for path, entry in json.loads(lock)["packages"].items() if path}
    packages = sorted(
        f"{path.removeprefix('node_modules/')}@{entry['version']}" for path, entry in entries.items()
    )
    version = entries[f"node_modules/{requirement.package}"]["version"]
    return _Resolution(version, json.dumps({"package": package, "lock": lock}), packages, "node")


def _install_node(folder: Path, resolution: _Resolution) -> None:
    for name, text in json.loads(resolution.lock).items():
        file = "package.json" if name == "package" else "package-lock.json"
        (folder / file).write_text(text, encoding="utf-8")
    _npm(folder, "ci")


def _python(requirement: Requirement) -> str:
    return requirement.python or f"{sys.version_info.major}.{sys.version_info.minor}"


def _compiled(wanted: str, python: str, *options: str, as_of: str | None = None) -> str:
    """What requirements come to, as ``uv pip compile`` writes it."""
    return _uv("pip", "compile", "-", "--python-version", python, *options, as_of=as_of, given=wanted)


def _uv(*arguments: str, as_of: str | None = None, given: str | None = None) -> str:
    import uv

    newest = ["--exclude-newer", as_of] if as_of else []
    index = pip_index_options() if arguments[0] == "pip" else []
    command = [uv.find_uv_bin(), *arguments, *newest, *index, "--no-python-downloads", "--color", "never"]
    return _ran(command, given=given)


def _npm(folder: Path, *arguments: str) -> str:
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"]
    return _ran([_program("npm"), *arguments, *quiet], folder=folder)


def _ran(command: Sequence[str], *, folder: Path | None = None, given: str | None = None) -> str:
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            input=given or "",
            capture_output=True,
            text=True,
            check=False,
            timeout=_INSTALL_SECONDS,
            env=_installer_surroundings(),
        )
    except subprocess.TimeoutExpired:
        raise UnavailableError(f"{Path(command[0]).name} took longer than {_INSTALL_SECONDS} s") from None
    if done.returncode:
        log = "\n".join((done.stdout + done.stderr).splitlines()[-_LOG_LINES:])
        raise UnavailableError(_reason(done.stderr) or f"{Path(command[0]).name} failed", log)
    return done.stdout


def _installer_surroundings() -> dict[str, str]:
    """The user's environment variables, with the interpreters of pyenv found, whichever of them is chosen.

    A virtual environment that this process happens to run in is not the one that is asked for.
    """
    kept = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "CONDA_PREFIX")}
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    places = [os.environ.get("PATH", os.defpath), *map(str, sorted(pyenv.glob("versions/3.*/bin")))]
    return {**kept, "PATH": os.pathsep.join(places)}


def _reason(said: str) -> str:
    """The gist of an installer's message in one line: what follows its word for an error, without its art."""
    starts = [match.start() for match in re.finditer(r"(?m)^(error:|\s*×|npm error)", said)]
    # Warnings stand before an error of uv's; with npm every line is one.
    errors = said[starts[0] :] if starts else said
    words = " ".join(re.sub(r"[×╰─▶│├]|npm error|A complete log of this run.*", " ", errors).split())
    words = words.removeprefix("error:").partition(" hint: ")[0].strip()
    return words if len(words) <= _REASON_WIDTH else words[: _REASON_WIDTH - 1] + "…"


def pip_index_options() -> list[str]:
    """The package index that pip is configured with, as options of uv, unless uv has its own."""
    if any(name in os.environ for name in ("UV_DEFAULT_INDEX", "UV_INDEX", "UV_INDEX_URL", "UV_CONFIG_FILE")):
        return []
    options: list[str] = []
    for line in _pip_configuration().splitlines():
        name, _, value = line.partition("=")
        option = name.rpartition(".")[2]
        if option.removeprefix("extra-") in ("index-url", "find-links", "trusted-host"):
            for each in value.strip("'\"").split():
                options += [f"--{option.replace('trusted-host', 'allow-insecure-host')}", each]
    # As pip takes them: all indexes are one, and the best version wins wherever it is.
    return [*options, "--index-strategy", "unsafe-best-match"] if options else []


@functools.cache
def _pip_configuration() -> str:
    """As ``pip config list`` prints it; empty without pip."""
    return _ran([sys.executable, "-m", "pip", "config", "list"]) if find_spec("pip") else ""


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise UnavailableError(f"{name} is not installed; install Node.js")
    return found


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@contextlib.contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Only one process at a time; the lock vanishes with its holder, however that ends."""
    import fcntl

    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield

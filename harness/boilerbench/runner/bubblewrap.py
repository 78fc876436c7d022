"""The arguments of bubblewrap for a worker: namespaces of its own, and a file system of what it may read."""

from __future__ import annotations

import functools
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from boilerbench.runner.limits import SCRATCH_MB
from boilerbench.runner.readable import SYSTEM, hidden_in_home, is_system, is_there

_CHECKED = (Path("/etc"), Path("/opt"))
_CHECKED_ENTRIES = 20_000
_CODE = {*(".py", ".pyi", ".so", ".js", ".mjs", ".cjs", ".json", ".sh", ".jar", ".toml", ".txt"), ""}
_ROOT = Path("/")
_TMP = Path("/tmp")
_SIZE = str(SCRATCH_MB << 20)
# A covered folder holds nothing, and nothing can be put there.
_NOTHING = "4096"


@dataclass(frozen=True, slots=True)
class View:
    """The surroundings of a worker: the file system as it sees it, beside the system's own folders."""

    readable: Sequence[Path]
    covered: Sequence[Path]
    """Folders and files that stay hidden, also where they lie in a readable one."""
    home: Path
    pages: Path | None = None
    """The folder in which pages are handed over."""
    network: bool = False
    """Whether it sees the network, too."""
    variables: Sequence[str] = ()
    """The variables of the environment that it is given beside the usual."""


def namespaces(*, network: bool = False) -> list[str]:
    """Return the arguments that give a worker namespaces of its own, and no capability in any."""
    kinds = ("user-try", "pid", "ipc", "uts", "cgroup-try", *(() if network else ("net",)))
    return [*(f"--unshare-{kind}" for kind in kinds), "--die-with-parent", "--cap-drop", "ALL"]


def file_system(view: View) -> list[str]:
    """Return the arguments that make the file system of a worker: all of it read-only but its home.

    What lies deeper is mounted later: a covered folder hides what is around a readable one in it, and a
    readable folder shows all but what is covered in it.
    """
    covers = [*view.covered, *hidden_in_home(view.readable)]
    readable = list(_readable(view.readable, covers))
    covered = list(_covered(covers, readable))
    mounts = [(path, 0, ["--ro-bind", str(path), str(path)]) for path in readable]
    mounts += [(path, 1, _cover(path)) for path in covered]
    words = [*_system(), *(_name_servers() if view.network else [])]
    for _, _, mount in sorted(mounts, key=lambda mount: (len(mount[0].parts), mount[1])):
        words += mount
    inside = [path for path in (*readable, _TMP) if view.home.is_relative_to(path)]
    if inside and max(inside, key=lambda path: len(path.parts)) == _TMP:
        words += ["--dir", str(view.home)]
    else:
        words += ["--size", _SIZE, "--tmpfs", str(view.home)]
    if view.pages is not None:
        words += ["--ro-bind", str(view.pages), str(view.pages)]
    folder = _current_folder()
    visible = any(folder.is_relative_to(path) for path in (*readable, *SYSTEM, view.home))
    words += [] if visible or folder == _ROOT else ["--dir", str(folder)]
    for path in (*(path for path in covered if path.is_dir()), _ROOT):
        words += ["--remount-ro", str(path)]
    return [*words, "--chdir", str(folder)]


def _readable(paths: Sequence[Path], covers: Sequence[Path]) -> Iterator[Path]:
    """Yield what is to be shown, none of it within another, by the names that it is called and really has."""
    hidden = [cover.resolve() for cover in covers]
    wanted: dict[Path, None] = {}
    for path in paths:
        # A folder that is itself covered, or not one's own alone, shows its code and nothing else.
        whole = path not in (_ROOT, _TMP) and path.resolve() not in hidden
        wanted |= dict.fromkeys([path] if whole else _code_in(path))
    chosen: dict[Path, None] = {}
    for path in sorted({*wanted, *(path.resolve() for path in wanted)}, key=lambda path: len(path.parts)):
        if path in (_ROOT, _TMP) or is_system(path) or not is_there(path):
            continue
        around = any(path.is_relative_to(other) for other in chosen)
        under = any(path.is_relative_to(cover) and path != cover for cover in hidden)
        # Within a readable folder it is there already, unless a cover lies between.
        if not around or (under and path == path.resolve()):
            chosen[path] = None
    yield from chosen


def _covered(covers: Sequence[Path], readable: Sequence[Path]) -> Iterator[Path]:
    shown = set(readable)
    for path in dict.fromkeys(name for cover in covers for name in (cover.absolute(), cover.resolve())):
        if path in shown or not is_there(path):
            continue
        if any(path.is_relative_to(folder) for folder in (*readable, *SYSTEM)):
            yield path


def _cover(path: Path) -> list[str]:
    if path.is_dir():
        return ["--size", _NOTHING, "--tmpfs", str(path)]
    return ["--ro-bind", "/dev/null", str(path)]


def _code_in(folder: Path) -> list[Path]:
    """Return the code of a folder that is itself covered, as where a corpus lies beside a module."""
    if not folder.is_dir():
        return [folder]
    entries = list(folder.iterdir())
    packages = [path for path in entries if (path / "__init__.py").is_file() or path.name == "node_modules"]
    return [*packages, *(path for path in entries if path.is_file() and path.suffix in _CODE)]


def _current_folder() -> Path:
    try:
        return Path.cwd()
    except OSError:
        return _ROOT


@functools.cache
def _system_folders() -> tuple[str, ...]:
    words: list[str] = []
    for folder in (*SYSTEM, Path("/opt")):
        if folder.is_symlink():
            words += ["--symlink", str(folder.readlink()), str(folder)]
        elif folder.is_dir():
            words += ["--ro-bind", str(folder), str(folder)]
    for path in _kept_from_others():
        words += _cover(path) + (["--remount-ro", str(path)] if path.is_dir() else [])
    return tuple(words)


def _system() -> list[str]:
    """Return the arguments for what is the same in every sandbox."""
    words = [*_system_folders(), "--proc", "/proc", "--dev", "/dev"]
    words += ["--size", _SIZE, "--tmpfs", "/dev/shm", "--remount-ro", "/dev"]
    # Runtimes ask there how many processors and how much memory there are.
    words += ["--ro-bind-try", "/sys/devices/system", "/sys/devices/system"]
    words += ["--ro-bind-try", "/var/cache/fontconfig", "/var/cache/fontconfig"]
    return [*words, "--size", _SIZE, "--tmpfs", "/tmp", "--symlink", "/tmp", "/var/tmp", "--dir", "/run"]


def _name_servers() -> list[str]:
    """Return the arguments that show who resolves names, where a link leads out of the system's folders."""
    target = Path("/etc/resolv.conf").resolve()
    return [] if is_system(target) else ["--ro-bind-try", str(target), str(target)]


def _kept_from_others() -> Iterator[Path]:
    """Yield what in the system's folders only some may read: as root a worker could read it."""
    seen = 0
    waiting = list(_CHECKED)
    while waiting:
        try:
            with os.scandir(waiting.pop()) as listed:
                entries = list(listed)
        except OSError:
            continue
        seen += len(entries)
        for entry in entries:
            if entry.is_symlink():
                continue
            mode = entry.stat(follow_symlinks=False).st_mode
            folder = stat.S_ISDIR(mode)
            needed = stat.S_IROTH | stat.S_IXOTH if folder else stat.S_IROTH
            if mode & needed != needed or seen > _CHECKED_ENTRIES:
                yield Path(entry.path)
            elif folder:
                waiting.append(Path(entry.path))

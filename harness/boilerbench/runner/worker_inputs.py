"""The reads of a tool beside its page, as seen from inside its Python worker.

An audit hook sees what Python opens and lists, and which programs and libraries it starts or loads; wrappers
of ``os.stat`` and its like see what it looks for, whether it is there or not. What native code reads by
itself nobody sees here. Loaded by ``worker.py``; imports nothing but the standard library.
"""

from __future__ import annotations

import functools
import importlib
import os
import sys
import types
from collections.abc import Callable
from typing import Any

_STDLIB = os.path.dirname(os.path.realpath(os.__file__))
_KERNEL = ("/proc/", "/sys/", "/dev/")
_SYSTEM = ("/lib/", "/lib64/", "/lib32/", "/usr/", "/bin/", "/sbin/")
_STARTS_A_PROGRAM = (
    *("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile"),
    *("os.fork", "os.forkpty", "pty.spawn"),
)
# They ask uname, ldconfig or the compiler where something is.
_ASKS_THE_SYSTEM = tuple(
    os.path.join(_STDLIB, *name) for name in (("platform.py",), ("uuid.py",), ("ctypes", "util.py"))
)


class Watch:
    """All that a tool reads, told piece by piece.

    Args:
        trusted: folders whose content is known to be what it is, so that reading there is not told.
    """

    def __init__(self, trusted: list[str]) -> None:
        self._trusted = tuple(_with_end(folder) for folder in trusted)
        here = [
            sys.prefix,
            os.path.join(sys.base_prefix, "lib"),
            *(path for path in sys.path if path.endswith(("site-packages", "dist-packages"))),
        ]
        self._environments = tuple({_with_end(f) for f in (*trusted, *here, _STDLIB)})
        self._untold: list[tuple[str, str]] = []
        self._told: set[tuple[str, str]] = set()
        self.unknown = ""
        """Why it cannot be known what the tool reads; empty while it can."""
        self._handlers: dict[str, Callable[[tuple[Any, ...]], None]] = {
            "open": self._on_open,
            "os.listdir": lambda arguments: self._note("folders", arguments[0] or "."),
            "os.scandir": lambda arguments: self._note("folders", arguments[0] or "."),
            "sqlite3.connect": lambda arguments: self._note("files", arguments[0]),
            "import": self._on_import,
            "socket.connect": self._on_connect,
            "ctypes.dlopen": self._on_native,
            "ctypes.dlsym": self._on_native,
            **dict.fromkeys(_STARTS_A_PROGRAM, self._on_program),
        }
        self._paused = 0

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Take an audit event (``sys.addaudithook``)."""
        handler = self._handlers.get(event)
        if handler is not None and not self._paused:
            handler(arguments)

    def watch_lookups(self) -> None:
        """See ``os.stat``, ``os.lstat`` and ``os.access`` from now on, and what they do not find."""
        for name in ("stat", "lstat", "access"):
            original = getattr(os, name)
            watched = self._watched(original)
            setattr(os, name, watched)
            for supported in (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks):
                if original in supported:
                    supported.add(watched)

    def __enter__(self) -> None:
        """Pause: what is read now is read by the worker itself."""
        self._paused += 1

    def __exit__(self, *_: object) -> None:
        self._paused -= 1

    def take(self) -> dict[str, Any]:
        """Return what has been read since the last time: ``files``, ``folders``, and ``unknown`` if so."""
        if not self._untold and not self.unknown:
            return {}
        news: dict[str, Any] = {}
        untold, self._untold = self._untold, []
        for kind, given in untold:
            path = self._resolved(given)
            if path is not None and (kind, path) not in self._told:
                self._told.add((kind, path))
                news.setdefault(kind, []).append(path)
        return {**news, "unknown": self.unknown} if self.unknown else news

    def look_at_libraries(self) -> None:
        """See native code that was loaded past Python, of those that Linux tells."""
        try:
            with self, open("/proc/self/maps", encoding="utf-8", errors="replace") as maps:
                mapped = {
                    fields[5] for fields in (line.split(maxsplit=5) for line in maps) if len(fields) > 5
                }
        except OSError:
            return
        for path in sorted(each.rstrip("\n") for each in mapped):
            if ".so" in os.path.basename(path) and not path.startswith(_SYSTEM):
                self._native(path)

    def _watched(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def watched(path: Any, *arguments: Any, **options: Any) -> Any:
            if not self._paused and not isinstance(path, int):
                self._note("files", path)
            return original(path, *arguments, **options)

        return watched

    def _on_open(self, arguments: tuple[Any, ...]) -> None:
        path, _, flags = arguments
        if path is None or isinstance(path, int):
            return
        # What is only written, or emptied first, gives nothing to read.
        if isinstance(flags, int) and (flags & os.O_ACCMODE == os.O_WRONLY or flags & os.O_TRUNC):
            return
        self._note("files", path)

    def _on_import(self, arguments: tuple[Any, ...]) -> None:
        if isinstance(arguments[1], str):
            self._note("files", arguments[1])
            self._native(arguments[1])

    def _on_connect(self, arguments: tuple[Any, ...]) -> None:
        if isinstance(arguments[1], (str, bytes)):
            self._set_unknown(f"it asks another process ({os.fsdecode(arguments[1])})")

    def _on_native(self, arguments: tuple[Any, ...]) -> None:
        """Native code that is called by hand: known if an environment's own code calls it."""
        name = arguments[0] if isinstance(arguments[0], str) else ""
        if name and os.path.dirname(name):
            self._native(name)
        caller = self._caller()
        if caller is not None and not self._is_environment(caller):
            self._set_unknown(f"{caller} calls native code")

    def _on_program(self, arguments: tuple[Any, ...]) -> None:
        if self._caller(*_ASKS_THE_SYSTEM) in _ASKS_THE_SYSTEM:
            return
        program = arguments[0] if arguments and isinstance(arguments[0], (str, bytes)) else ""
        if not program and len(arguments) > 1 and arguments[1]:
            program = arguments[1][0] if isinstance(arguments[1], (list, tuple)) else str(arguments[1])
        self._set_unknown(f"it starts {os.fsdecode(program) or 'another process'}")

    def _native(self, path: str) -> None:
        if not self._is_environment(os.path.abspath(path)):
            self._set_unknown(f"native code outside an environment: {path}")

    def _set_unknown(self, reason: str) -> None:
        self.unknown = self.unknown or reason

    def _is_environment(self, path: str) -> bool:
        with self:
            return os.path.realpath(path).startswith(self._environments) or path.startswith(
                self._environments
            )

    @staticmethod
    def _caller(*wanted: str) -> str | None:
        """Return the file of the innermost caller that is not of the standard library, or is ``wanted``."""
        frame: types.FrameType | None = sys._getframe(1)
        while frame is not None:
            file = frame.f_code.co_filename
            if file in wanted:
                return file
            inside = file == __file__ or file.startswith(("<frozen", _STDLIB + os.sep))
            if not inside or "-packages" in file[len(_STDLIB) :]:
                return file
            frame = frame.f_back
        return None

    def _note(self, kind: str, path: Any) -> None:
        try:
            # A relative path means something else once the current folder has changed.
            self._untold.append((kind, os.path.join(os.getcwd(), os.fsdecode(path))))
        except (TypeError, ValueError, OSError):
            # No path at all, or no current folder any more: the tool itself will see that.
            return

    def _resolved(self, given: str) -> str | None:
        path = os.path.normpath(given)
        head, name = os.path.split(path)
        if name.endswith(".pyc") and os.path.basename(head) == "__pycache__":
            # Python has compared its size and time with its source's; the source is what says more.
            source = os.path.join(os.path.dirname(head), name.partition(".")[0] + ".py")
            with self:
                path = source if os.path.exists(source) else path
        home = os.environ.get("HOME")
        if path.startswith((*_KERNEL, *self._trusted)) or (
            home and (path + os.sep).startswith(home + os.sep)
        ):
            return None
        if path.startswith(_STDLIB + os.sep) and "-packages" not in path[len(_STDLIB) :]:
            return None
        return path


def compile_anew(trusted: tuple[str, ...]) -> None:
    """Have source outside ``trusted`` folders compiled at every import.

    Python compares bytecode with its source by whole seconds and size alone, so that of two quick edits the
    first would be run.
    """
    loading: Any = importlib.import_module("importlib._bootstrap_external")

    original = loading.cache_from_source
    folders = tuple(_with_end(folder) for folder in (*trusted, sys.prefix, _STDLIB))

    def cache_from_source(path: str, *arguments: Any, **options: Any) -> Any:
        if not os.path.abspath(path).startswith(folders):
            # As Python says where it has no bytecode at all.
            raise NotImplementedError
        return original(path, *arguments, **options)

    loading.cache_from_source = cache_from_source


def _with_end(folder: str) -> str:
    return os.path.join(folder, "")

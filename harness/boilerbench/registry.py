"""The one registry: names to parts, loaded when they are asked for."""

from __future__ import annotations

import difflib
import importlib
import importlib.metadata
from collections.abc import Iterator

from boilerbench.errors import InputError


class Registry:
    """Parts of one kind by name; a name given twice raises.

    A part is registered as ``module:attribute`` and imported only when it is asked for, so that a command
    that lists or runs one part does not pay for all. Installed packages add parts through entry points of
    ``group``.
    """

    def __init__(self, kind: str, group: str) -> None:
        self.kind = kind
        self.group = group
        self._targets: dict[str, str] = {}
        self._entry_points_read = False

    def add(self, name: str, target: str) -> None:
        """Register ``target`` (``module:attribute`` or ``module``) as ``name``.

        Raises:
            ValueError: the name is taken.
        """
        if name in self._targets:
            raise ValueError(
                f"two {self.kind}s are called {name!r}: {self._targets[name]} and {target}; rename one"
            )
        self._targets[name] = target

    def names(self) -> list[str]:
        """All names, in the order of registration, entry points last."""
        self._read_entry_points()
        return list(self._targets)

    def __contains__(self, name: str) -> bool:
        self._read_entry_points()
        return name in self._targets

    def __iter__(self) -> Iterator[str]:
        return iter(self.names())

    def target(self, name: str) -> str:
        """The ``module:attribute`` behind a name.

        Raises:
            InputError: there is no such name; the message offers the nearest.
        """
        self._read_entry_points()
        if name not in self._targets:
            near = difflib.get_close_matches(name, self._targets, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(sorted(self._targets))}"
            raise InputError(f"unknown {self.kind} {name!r}; {hint}")
        return self._targets[name]

    def load(self, name: str) -> object:
        """The part itself, imported now.

        Raises:
            InputError: there is no such name.
        """
        module, _, attribute = self.target(name).partition(":")
        part: object = importlib.import_module(module)
        for step in attribute.split(".") if attribute else ():
            part = getattr(part, step)
        return part

    def _read_entry_points(self) -> None:
        if self._entry_points_read:
            return
        self._entry_points_read = True
        for entry in sorted(importlib.metadata.entry_points(group=self.group), key=lambda e: e.name):
            self.add(entry.name, entry.value)

"""The registry: names to parts, loaded when they are asked for."""

from __future__ import annotations

import importlib
import importlib.metadata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from boilerbench.errors import InputError
from boilerbench.nearest import nearest

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A registered target; ``origin`` names the entry point that it came from, empty for a built-in."""

    target: str
    origin: str = ""


def load_object(target: str) -> Any:
    """Import the object that ``module:attribute`` or ``module`` names."""
    module, _, attribute = target.partition(":")
    part: Any = importlib.import_module(module)
    for step in attribute.split(".") if attribute else ():
        part = getattr(part, step)
    return part


class Registry(Generic[T]):
    """Parts of one kind by name.

    A part is registered as a target, ``module:attribute`` unless ``loader`` reads another notation, and
    loaded only when it is asked for, so that a command that lists or runs one part does not pay for all.
    Installed packages add parts through entry points of ``group``. One that cannot be loaded, or whose name
    is taken, is a line of text and never an end to the others.

    Args:
        kind: what a part is called in messages.
        group: the entry points' group.
        loader: turns a target into a part.
        accepts: whether a loaded object is a part of this kind.
    """

    def __init__(
        self,
        kind: str,
        group: str,
        loader: Callable[[str], T] = load_object,
        accepts: Callable[[Any], bool] = lambda _: True,
    ) -> None:
        self.kind = kind
        self.group = group
        self._loader = loader
        self._accepts = accepts
        self._entries: dict[str, _Entry] = {}
        self._problems: list[str] = []
        self._entry_points_read = False

    def add(self, name: str, target: str) -> None:
        """Register a target under a name.

        Raises:
            ValueError: the name is taken.
        """
        if name in self._entries:
            taken = self._entries[name].target
            raise ValueError(f"two {self.kind}s are called {name!r}: {taken} and {target}; rename one")
        self._entries[name] = _Entry(target)

    def names(self) -> list[str]:
        """Return the names in the order of registration, entry points last."""
        return list(self._read())

    def __contains__(self, name: str) -> bool:
        return name in self._read()

    def __iter__(self) -> Iterator[str]:
        return iter(self.names())

    def problems(self) -> list[str]:
        """A line for each entry point that has no name of its own here."""
        self._read()
        return list(self._problems)

    def target(self, name: str) -> str:
        """The target behind a name.

        Raises:
            InputError: there is no such name; the message offers the nearest.
        """
        return self._entry(name).target

    def origin(self, name: str) -> str:
        """The entry point, with its distribution, that a name came from; empty for a built-in.

        Raises:
            InputError: there is no such name.
        """
        return self._entry(name).origin

    def load(self, name: str) -> T:
        """Load the part of that name.

        Raises:
            InputError: there is no such name, or its plug-in cannot be loaded.
        """
        entry = self._entry(name)
        if not entry.origin:
            return self._loader(entry.target)
        # Whatever a stranger's module does when it is imported, leaving the interpreter included.
        try:
            part = self._loader(entry.target)
        except (Exception, SystemExit) as error:
            raise InputError(self.fault(name, f"cannot be loaded ({described(error)})")) from None
        if not self._accepts(part):
            raise InputError(self.fault(name, f"is no {self.kind}"))
        return part

    def fault(self, name: str, what: str) -> str:
        """A line that says what is wrong with a plug-in's part, and where that comes from."""
        return f"{self.kind} {name}: {self.origin(name)} {what}; fix or uninstall it"

    def load_all(self, remark: Callable[[str], None]) -> Iterator[tuple[str, T]]:
        """Load every part that can be loaded, with its name.

        Args:
            remark: is given a line for each that cannot, and for each entry point whose name is taken.
        """
        for line in self.problems():
            remark(line)
        for name in self.names():
            try:
                part = self.load(name)
            except InputError as error:
                remark(str(error))
                continue
            yield name, part

    def _entry(self, name: str) -> _Entry:
        entries = self._read()
        if name not in entries:
            near = nearest(name, entries)
            hint = f"did you mean {near}?" if near else f"there are: {', '.join(sorted(entries))}"
            raise InputError(f"unknown {self.kind} {name!r}; {hint}")
        return entries[name]

    def _read(self) -> dict[str, _Entry]:
        """Return the entries, those of installed packages included."""
        if self._entry_points_read:
            return self._entries
        self._entry_points_read = True
        for entry_point in sorted(self._entry_points(), key=lambda each: (each.name, _distribution(each))):
            name, target = entry_point.name, entry_point.value
            origin = f"entry point {name} = {target} of {_distribution(entry_point)}"
            if name in self._entries:
                owner = self._entries[name].origin or "a built-in"
                self._problems.append(
                    f"{self.kind} {name}: {origin} is left out, since {owner} has that name; rename it"
                )
            else:
                self._entries[name] = _Entry(target, origin)
        return self._entries

    def _entry_points(self) -> Iterator[importlib.metadata.EntryPoint]:
        try:
            yield from importlib.metadata.entry_points(group=self.group)
            return
        except (ValueError, TypeError):
            # One damaged entry_points.txt spoils that call for all distributions.
            pass
        read = set()
        for distribution in importlib.metadata.distributions():
            if distribution.name in read:
                continue
            read.add(distribution.name)
            try:
                entry_points = distribution.entry_points.select(group=self.group)
            except (ValueError, TypeError):
                self._problems.append(
                    f"{self.kind}s of {distribution.name}: its entry_points.txt is damaged; uninstall it"
                )
                continue
            yield from entry_points


def described(error: BaseException) -> str:
    """An exception in one line: its type and the first line of its message."""
    message = str(error).strip().partition("\n")[0]
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


def _distribution(entry_point: importlib.metadata.EntryPoint) -> str:
    """The distribution that an entry point belongs to, with its version."""
    try:
        distribution = entry_point.dist
        return f"{distribution.name} {distribution.version}" if distribution else "an unnamed distribution"
    except (AttributeError, KeyError, TypeError):  # its METADATA is missing or damaged
        return "an unnamed distribution"

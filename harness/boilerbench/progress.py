"""Progress of long work, as it is reported to a listener."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """A listener to the progress of a run."""

    def begin(self, stage: str, total: int, *, parts: int = 1) -> None:
        """Note that a stage begins, of ``total`` steps or of an unknown number (0).

        ``parts`` steps make one document.
        """

    def advance(self, *, failed: bool = False) -> None:
        """Note that one step is done."""


class Silent:
    """The listener that ignores what it is told."""

    def begin(self, stage: str, total: int, *, parts: int = 1) -> None:
        """Ignore the beginning of a stage."""

    def advance(self, *, failed: bool = False) -> None:
        """Ignore a step."""

"""How whoever waits learns how far long work has come."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Whoever wants to know how far a run has come."""

    def begin(self, stage: str, total: int, *, parts: int = 1) -> None:
        """A stage of ``total`` steps begins; ``parts`` steps make one document."""

    def advance(self, *, failed: bool = False) -> None:
        """One step is done."""


class Silent:
    """Nobody wants to know."""

    def begin(self, stage: str, total: int, *, parts: int = 1) -> None:
        pass

    def advance(self, *, failed: bool = False) -> None:
        pass

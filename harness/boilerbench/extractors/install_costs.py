"""The cost of installing each extractor, as measured: megabytes and seconds."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

COSTS_FILE = Path(__file__).with_name("install_costs.toml")


@dataclass(frozen=True, slots=True)
class InstallCost:
    """The cost of one extractor where nothing of it is there."""

    version: str
    """That was measured."""
    megabytes: int
    """On disk."""
    seconds: int | None = None
    """To download and install; None where it was not measured."""

    def __str__(self) -> str:
        size = f"{self.megabytes:,} MB" if self.megabytes else "under 1 MB"
        return size if self.seconds is None else f"{size}, {self.seconds} s"


@functools.cache
def install_costs() -> dict[str, InstallCost]:
    """Return the cost of each extractor by name; what comes with boilerbench is not among them."""
    rows = tomllib.loads(COSTS_FILE.read_text(encoding="utf-8"))
    return {name: InstallCost(**row) for name, row in rows.items()}

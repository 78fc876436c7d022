"""The JavaScript libraries that a report brings along, found in the Python packages that ship them.

Neither package says where its files lie; so they are looked for, and looked into, in this file alone.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import re
from dataclasses import dataclass
from pathlib import Path

from boilerbench.errors import InputError


@dataclass(frozen=True, slots=True)
class ShippedFile:
    """A file of an installed package that a report needs."""

    package: str
    path: str
    """Within the package."""
    holds: re.Pattern[str]
    """A piece of text without which it is of no use here."""
    tried: tuple[str, str]
    """The oldest and the newest version of the package that reports were made with."""

    def read(self) -> str:
        """Find the file without importing its package, and read it.

        Raises:
            InputError: the package is not installed, or its file is not there or is another than expected.
        """
        spec = importlib.util.find_spec(self.package)
        if spec is None or not spec.submodule_search_locations:
            raise InputError(f"{self.package} is not installed; {self._remedy()}")
        try:
            text = (Path(spec.submodule_search_locations[0]) / self.path).read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            raise InputError(
                f"{self.package} {self._version()} has no readable {self.path}; {self._remedy()}"
            ) from None
        if not self.holds.search(text):
            raise InputError(
                f"{self.package} {self._version()}: {self.path} has changed (no {self.holds.pattern}); "
                f"{self._remedy()}"
            )
        return text

    def _version(self) -> str:
        try:
            return importlib.metadata.version(self.package)
        except importlib.metadata.PackageNotFoundError:
            return "(unknown version)"

    def _remedy(self) -> str:
        return f"reports were tried with {self.tried[0]} to {self.tried[1]}, install one of these"


_ITABLES = ("2.9.0", "2.9.1")
# Reports load it as a plain script, which must leave its name behind.
PLOTLY_SCRIPT = ShippedFile(
    "plotly", "package_data/plotly.min.js", re.compile(r"window\.Plotly = Plotly"), ("6.0.0", "7.1.0")
)
# Reports import it as a module and take its default.
DATATABLES_SCRIPT = ShippedFile(
    "itables", "html/dt_bundle.js", re.compile(r"export\s*\{[^}]*\bas default\b"), _ITABLES
)
DATATABLES_STYLE = ShippedFile("itables", "html/dt_bundle.css", re.compile(r"table\.dataTable"), _ITABLES)

"""Any Python callable ``(html: bytes, url: str | None) -> str``, as in py:module:callable."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable

TAKES = "bytes"


def load(*, module: str, attribute: str, folder: str) -> Callable[[bytes, str | None], str]:
    """The callable, imported as from ``folder``."""
    sys.path.insert(0, folder)
    found = importlib.import_module(module)
    # A worker reports the version that an adapter knows after loading.
    globals()["VERSION"] = str(getattr(found, "__version__", ""))
    for step in attribute.split("."):
        found = getattr(found, step)
    extract: Callable[[bytes, str | None], str] = found  # type: ignore[assignment]
    return extract

"""Main text by trafilatura's rules and fall-backs (trafilatura.extract)."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

PACKAGE = "trafilatura"
LICENCE = "Apache-2.0"
HOME = "https://trafilatura.readthedocs.io"
TAKES = "text"


def load(**options: Any) -> Callable[[str, str | None], str | None]:
    """``trafilatura.extract`` with the given options of its own."""
    from trafilatura import extract

    inspect.signature(extract).bind("", **options)
    return lambda page, url: extract(page, **options)

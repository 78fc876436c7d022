"""boilerbench: gold body text against content extractors, precision and recall per document.

>>> import harness
>>> run = boilerbench.run("gold")  # doctest: +SKIP
>>> run.scores  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from boilerbench.evaluate import report, run, score
    from boilerbench.results import load_run

__all__ = ["load_run", "report", "run", "score"]


def __getattr__(name: str) -> Any:
    """Import the public functions when they are first used: they bring pandas with them."""
    if name in ("report", "run", "score"):
        import boilerbench.evaluate

        return getattr(boilerbench.evaluate, name)
    if name == "load_run":
        import boilerbench.results

        return boilerbench.results.load_run
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

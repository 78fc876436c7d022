"""boilerbench: gold body text against content extractors, precision and recall for every document.

>>> import boilerbench
>>> run = boilerbench.run("gold", "trafilatura", "words")  # doctest: +SKIP
>>> run.scores  # doctest: +SKIP
>>> boilerbench.leaderboard(run)  # doctest: +SKIP
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from boilerbench.corpora import Corpus
    from boilerbench.errors import InputError
    from boilerbench.evaluate import report, run
    from boilerbench.judgement import compare, gate
    from boilerbench.leaderboards import leaderboard
    from boilerbench.measures import Measure
    from boilerbench.merging import merge
    from boilerbench.rescoring import score
    from boilerbench.results import Run, load_run

    __version__: str

__all__ = [
    "Corpus",
    "InputError",
    "Measure",
    "Run",
    "__version__",
    "compare",
    "gate",
    "leaderboard",
    "load_run",
    "merge",
    "report",
    "run",
    "score",
]

_MODULES = {
    "Corpus": "corpora",
    "InputError": "errors",
    "Measure": "measures",
    "Run": "results",
    "compare": "judgement",
    "gate": "judgement",
    "leaderboard": "leaderboards",
    "load_run": "results",
    "merge": "merging",
    "report": "evaluate",
    "run": "evaluate",
    "score": "rescoring",
}
"""The modules of the public names, which bring pandas with them, so that each is imported on first use."""


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        value: object = version("boilerbench")
    elif name in _MODULES:
        value = getattr(importlib.import_module(f"boilerbench.{_MODULES[name]}"), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__

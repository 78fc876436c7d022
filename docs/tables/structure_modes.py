"""What each tool of a published run keeps in each of its modes, by aspect of structure."""

from __future__ import annotations

import math
from pathlib import Path

from boilerbench.extractors import parse
from boilerbench.measures.structure_aspects import ASPECTS
from boilerbench.results import Run, load_run
from boilerbench.stats.structure import by_aspect
from tables.markdown import table

_RESULTS = Path(__file__).parents[2] / "results"
_MODES = ("text", "markdown", "html")


def modes_table(name: str) -> str:
    """Return tools and modes × aspects: F1 over all documents together, and F1 by words beside it."""
    run = load_run(_RESULTS / name)
    figures = by_aspect(run.structure, ASPECTS)
    f1 = {(row["extractor"], row["aspect"]): row["f1"] for row in figures.to_dict("records")}
    aspects = [aspect for aspect in ASPECTS if aspect in set(figures["aspect"])]
    words = _words(run)
    rows = []
    for extractor in sorted((each.name for each in run.info.extractors), key=_order):
        tool, mode = _tool_and_mode(extractor)
        cells = (_figure(f1.get((extractor, aspect), math.nan)) for aspect in aspects)
        rows.append((f"`{tool}`", mode, f"{100 * words[extractor]:.1f}", *cells))
    return table(("tool", "mode", "words", *aspects), rows)


def _words(run: Run) -> dict[str, float]:
    mine = run.leaderboard[run.leaderboard["measure"] == "words"]
    return dict(zip(mine["extractor"], mine["f1"], strict=True))


def _tool_and_mode(extractor: str) -> tuple[str, str]:
    spec = parse(extractor)
    return spec.tool, dict(spec.options)["as"]


def _order(extractor: str) -> tuple[str, int]:
    tool, mode = _tool_and_mode(extractor)
    return tool, _MODES.index(mode)


def _figure(share: float) -> str:
    return "-" if math.isnan(share) else f"{100 * share:.0f}"

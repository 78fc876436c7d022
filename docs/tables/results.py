"""Figures of the published runs in ``results/``."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pandas as pd

from boilerbench.reports.published import STORED
from boilerbench.results import Run, load_run
from tables.markdown import table

RESULTS = Path(__file__).resolve().parents[2] / "results"


def points(share: object) -> str:
    """A share as points of 100."""
    return f"{100 * float(str(share)):.1f}"


def scores_of(run: Run, scores: pd.DataFrame | None = None) -> pd.Series[float]:
    """F1 of each extractor by a run's first measure, averaged as that measure is first; references aside.

    Args:
        run: says measure, average and references.
        scores: its scores, or some of them; all without.
    """
    scores = run.scores if scores is None else scores
    measure = run.info.measures[0]
    mine = scores[(scores["measure"] == measure.name) & ~scores["extractor"].isin(run.info.references)]
    by_extractor = mine.groupby("extractor", sort=False)
    if measure.averages[0] == "micro":
        sums = by_extractor[["tp", "fp", "fn"]].sum()
        return 2 * sums["tp"] / (2 * sums["tp"] + sums["fp"] + sums["fn"])
    if measure.averages[0] != "mean":
        raise ValueError(f"no average {measure.averages[0]} here")
    return by_extractor["f1"].mean()


def same_pages(run: Run, other: Run) -> pd.DataFrame:
    """The scores of a run on the documents that another has scored."""
    return run.scores[run.scores["document"].isin(set(other.scores["document"]))]


def stored() -> str:
    """The systems that stand in the run on article-extraction-benchmark by their stored outputs."""
    run = load_run(RESULTS / "aeb")
    systems = tomllib.loads((RESULTS / "stored.toml").read_text(encoding="utf-8"))
    versions = {extractor.name: extractor.version for extractor in run.info.extractors}
    board = run.leaderboard[run.leaderboard["average"] == "zyte"].set_index("extractor")
    named = {name for name in versions if name.startswith(STORED)}
    if odd := named ^ {STORED + name for name in systems}:
        raise KeyError(f"in results/aeb or in stored.toml, but not both: {', '.join(sorted(odd))}")
    rows = []
    for name, facts in systems.items():
        figures = [points(board.loc[STORED + name, figure]) for figure in ("f1", "precision", "recall")]
        rows.append((f"[`{name}`]({facts['home']})", facts["language"], versions[STORED + name], *figures))
    return table(("system", "written in", "version", "F1", "precision", "recall"), rows)

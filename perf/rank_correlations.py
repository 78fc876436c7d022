"""Whether corpora rank extractors alike: correlations of mean F1, over all and over the first eight.

    python perf/rank_correlations.py gold=results/gold aeb=results/aeb wcxb=results/wcxb-dev

Each column is a run, or several over different documents, parted by commas; extractors that all have take
part, by the first measure of the runs and the mean over documents. The first eight are those with the best
mean over all columns. Spearman's ρ is below the diagonal, Kendall's τ-b above it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np
import pandas as pd

from boilerbench.results import load_run

FIRST = 8


def means(folders: Sequence[str]) -> pd.Series:
    """Return the mean F1 of each extractor over the documents of some runs."""
    tables = []
    for folder in folders:
        run = load_run(folder)
        scores = run.scores
        chosen = scores["measure"] == run.info.measures[0].name
        tables.append(scores[chosen & ~scores["extractor"].isin(run.info.references)])
    table = pd.concat(tables)
    counts = table.groupby("extractor")["document"].nunique()
    complete = counts[counts == counts.max()].index
    return table[table["extractor"].isin(complete)].groupby("extractor")["f1"].mean()


def correlations(columns: pd.DataFrame) -> pd.DataFrame:
    """Return Spearman's ρ below the diagonal and Kendall's τ-b above it."""
    spearman, kendall = columns.corr(method="spearman"), columns.corr(method="kendall")
    above = np.triu(np.ones(spearman.shape, dtype=bool), 1)
    return spearman.mask(above, kendall)


def main() -> None:
    named = dict(argument.split("=", 1) for argument in sys.argv[1:])
    columns = pd.DataFrame({name: means(folders.split(",")) for name, folders in named.items()}).dropna()
    ordered = columns.loc[columns.mean(axis=1).sort_values(ascending=False).index]
    print((100 * ordered).round(1).to_string())
    for title, part in (("all", ordered), (f"first {FIRST}", ordered.head(FIRST))):
        print(f"\n{title}: {len(part)} extractors; ρ below, τ above\n")
        print(correlations(part).round(2).to_string())


if __name__ == "__main__":
    main()

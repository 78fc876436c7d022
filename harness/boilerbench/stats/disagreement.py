"""The documents that tell extractors apart."""

from __future__ import annotations

import pandas as pd

from boilerbench.stats.deciding import by_document


def disagreements(scores: pd.DataFrame, measure: str, most: int = 5) -> pd.DataFrame:
    """Find the documents whose F1 is spread widest over the extractors, widest first.

    Columns: document, spread (the standard deviation of F1 over extractors), best, best_f1, worst, worst_f1.
    Documents on which all agree are left out, and those whose gold is empty, where any word at all makes the
    difference between 1 and 0.
    """
    expecting = (scores["measure"] == measure) & (scores["tp"] + scores["fn"] > 0)
    table = by_document(scores[expecting], "f1")
    rows = pd.DataFrame(
        {
            "spread": table.std(axis=1, ddof=0),
            "best": table.idxmax(axis=1),
            "best_f1": table.max(axis=1),
            "worst": table.idxmin(axis=1),
            "worst_f1": table.min(axis=1),
        }
    ).reset_index()
    rows = rows[rows["best_f1"] > rows["worst_f1"]]
    return rows.sort_values(["spread", "document"], ascending=[False, True], ignore_index=True).head(most)


def best_scores(scores: pd.DataFrame, measure: str) -> dict[str, float]:
    """Return the highest F1 of any extractor on each document that is scored by a measure."""
    highest = scores[scores["measure"] == measure].groupby("document", sort=False)["f1"].max()
    return {str(document): float(f1) for document, f1 in highest.items()}

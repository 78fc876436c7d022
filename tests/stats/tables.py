"""Small tables of scores."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from boilerbench.records import Counts


def scores(extractor: str, *counts: Counts, measure: str = "shingles") -> pd.DataFrame:
    """One row per document d0, d1, …"""
    return pd.DataFrame(
        [
            {
                "document": f"d{place}",
                "extractor": extractor,
                "measure": measure,
                "precision": each.precision,
                "recall": each.recall,
                "f1": each.f1,
                "tp": each.tp,
                "fp": each.fp,
                "fn": each.fn,
                "tn": each.tn,
            }
            for place, each in enumerate(counts)
        ]
    )


def shares(extractor: str, f1: Sequence[float]) -> pd.DataFrame:
    """Documents on which precision, recall and F1 are the same, as given."""
    return pd.DataFrame(
        {
            "document": [f"d{place:05}" for place in range(len(f1))],
            "extractor": extractor,
            "measure": "words",
            "precision": f1,
            "recall": f1,
            "f1": f1,
            "tp": f1,
            "fp": [1 - share for share in f1],
            "fn": [1 - share for share in f1],
            "tn": 0,
        }
    )

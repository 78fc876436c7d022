"""What extractors take: pages per second and peak memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

COST_COLUMNS = ("pages_per_second", "peak_mb")


def costs(extractions: pd.DataFrame) -> pd.DataFrame:
    """Return ``COST_COLUMNS`` by extractor; NaN where nothing was measured.

    A worker has one page at a time, so that 1 / mean seconds of a page is the pages per second of one core,
    over the pages that have a time. Memory is the peak of the page that took most, in MB.

    Args:
        extractions: the columns ``extractor``, ``seconds`` and ``peak_mb`` of extractions.csv.
    """
    by_extractor = extractions.groupby("extractor", sort=False)
    measured = by_extractor.agg(seconds=("seconds", "mean"), peak_mb=("peak_mb", "max"))
    # A mean that was rounded to nothing is no speed.
    seconds = measured["seconds"].where(measured["seconds"] > 0)
    return measured.assign(pages_per_second=1 / seconds)[list(COST_COLUMNS)]

"""An earlier run in the same folder: what it has that a later one takes over, or takes away."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator

from boilerbench.errors import InputError
from boilerbench.records import Extraction
from boilerbench.results.failures import read_failures
from boilerbench.results.files import EXTRACTIONS_FILE
from boilerbench.results.packing import is_large
from boilerbench.results.run import Run
from boilerbench.results.tables import read_table

_NAMED = 5


def stored_extractions(run: Run, without: Collection[str] = ()) -> Iterator[Extraction]:
    """Yield the extractions of a run as they are stored, by document; their times count as earlier ones.

    Args:
        run: the run.
        without: extractors to leave out.

    Raises:
        InputError: texts or table are not there, damaged, or not of the same extractions.
    """
    rows = {
        (str(row["document"]), str(row["extractor"])): row
        for row in read_table(run.folder / EXTRACTIONS_FILE).to_dict("records")
    }
    tracebacks = {
        (failure.document, failure.extractor): failure.traceback for failure in read_failures(run.folder)
    }
    references = {*run.info.references, *without}
    for stored in run.texts():
        if stored.extractor in references:
            continue
        row = rows.get((stored.document, stored.extractor))
        if row is None:
            raise InputError(
                f"run {run.folder}: {EXTRACTIONS_FILE} has no row for {stored.extractor} on "
                f"{stored.document}; run the benchmark again"
            )
        yield Extraction(
            document=stored.document,
            extractor=stored.extractor,
            version=str(row["version"]),
            status=stored.status,
            text=stored.text,
            seconds=_number(row["seconds"]),
            peak_mb=_number(row["peak_mb"]),
            error=str(row["error"]),
            timed="earlier",
            traceback=tracebacks.get((stored.document, stored.extractor), ""),
            markup=stored.markup,
            format=stored.format,
        )


def taken_away(earlier: Run, later: Run) -> str:
    """Say what a run had that the one in its place has not: extractors and documents; empty if nothing."""
    rows = [name for name in earlier.info.rows if name not in later.info.rows]
    # Of a large run the documents that another has not are not looked for.
    large = is_large(earlier.info) or is_large(later.info)
    documents = set() if large else set(earlier.documents["document"]) - set(later.documents["document"])
    parts = []
    if rows:
        more = f" and {len(rows) - _NAMED} more" if len(rows) > _NAMED else ""
        parts.append(f"the rows of {', '.join(rows[:_NAMED])}{more}")
    if documents:
        parts.append(f"{len(documents):,} of {len(earlier.documents):,} documents")
    return " and ".join(parts)


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)

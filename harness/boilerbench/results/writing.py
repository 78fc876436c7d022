"""The tables and texts of a run, written."""

from __future__ import annotations

import contextlib
import csv
import dataclasses
import gzip
import io
import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from boilerbench.records import Extraction, Metadata, Score
from boilerbench.results.files import (
    DOCUMENT_COLUMNS,
    DOCUMENTS_FILE,
    EXTRACTION_COLUMNS,
    EXTRACTIONS_FILE,
    LABEL_COLUMNS,
    LABELS_FILE,
    LEADERBOARD_FILE,
    PROVENANCE_FILE,
    SCORE_COLUMNS,
    SCORES_FILE,
    TEXTS_FILE,
    TRAP_SEPARATOR,
)
from boilerbench.results.texts import StoredText

if TYPE_CHECKING:
    from _csv import Writer

    import pandas as pd


def write_extractions(folder: Path, extractions: Iterable[Extraction]) -> dict[str, dict[str, int]]:
    """Write extractions.csv and extractions.jsonl.gz; return the number of each status by extractor."""
    counts: dict[str, dict[str, int]] = {}
    with (
        (folder / EXTRACTIONS_FILE).open("w", encoding="utf-8", newline="") as table,
        (folder / TEXTS_FILE).open("wb") as packed,
        # No file name and no time: the same texts make the same bytes.
        gzip.GzipFile(filename="", mode="wb", fileobj=packed, compresslevel=1, mtime=0) as zipped,
        io.TextIOWrapper(zipped, encoding="utf-8", newline="\n") as texts,
    ):
        rows = csv.writer(table, lineterminator="\n")
        rows.writerow(EXTRACTION_COLUMNS)
        for each in extractions:
            seconds = "" if each.seconds is None else f"{each.seconds:.6f}"
            peak_mb = "" if each.peak_mb is None else f"{each.peak_mb:.1f}"
            facts = (each.document, each.extractor, each.version, each.status)
            rows.writerow((*facts, seconds, peak_mb, len(each.text), each.timed, each.error))
            texts.write(StoredText(each.document, each.extractor, each.status, each.text).line())
            by_status = counts.setdefault(each.extractor, {})
            by_status[each.status] = by_status.get(each.status, 0) + 1
    return counts


def write_scores(folder: Path, scores: Iterable[Score]) -> None:
    """Write scores.csv, and labels.csv where a measure looked at labels."""
    with contextlib.ExitStack() as stack:
        rows = _writer(stack, folder / SCORES_FILE, SCORE_COLUMNS)
        labels = None
        for score in scores:
            for each in score.labels:
                labels = labels or _writer(stack, folder / LABELS_FILE, LABEL_COLUMNS)
                labels.writerow([score.document, score.extractor, *dataclasses.astuple(each)])
            counts = score.counts
            figures = (
                *(counts.precision, counts.recall, counts.f1),
                *(counts.tp, counts.fp, counts.fn, counts.tn),
            )
            rows.writerow(
                [score.document, score.extractor, score.measure, *(f"{figure:.12g}" for figure in figures)]
            )


def write_documents(folder: Path, documents: Iterable[tuple[str, str, Metadata]]) -> None:
    """Write documents.csv from ids, content digests and metadata."""
    with (folder / DOCUMENTS_FILE).open("w", encoding="utf-8", newline="") as table:
        rows = csv.writer(table, lineterminator="\n")
        rows.writerow(DOCUMENT_COLUMNS)
        for document, content, metadata in documents:
            traps = TRAP_SEPARATOR.join(metadata.traps)
            rows.writerow([document, content, metadata.page_type or "", metadata.language or "", traps])


def write_leaderboard(folder: Path, leaderboard: pd.DataFrame) -> None:
    """Write leaderboard.csv."""
    leaderboard.to_csv(folder / LEADERBOARD_FILE, index=False, float_format="%.6f", lineterminator="\n")


def carry_over(source: Path, folder: Path) -> None:
    """Put a run's extractions and their provenance into another folder, by a hard link where the disk can."""
    for name in (EXTRACTIONS_FILE, TEXTS_FILE, PROVENANCE_FILE):
        if name == PROVENANCE_FILE and not (source / name).exists():
            continue
        try:
            os.link(source / name, folder / name)
        except OSError:
            shutil.copy2(source / name, folder / name)


def _writer(stack: contextlib.ExitStack, file: Path, columns: Sequence[str]) -> Writer:
    table = stack.enter_context(file.open("w", encoding="utf-8", newline=""))
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(columns)
    return rows
